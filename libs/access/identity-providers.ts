import { type Clock, Problem } from '@openvob/platform';
import { actingFor } from './members';
import type { Principal } from './principal';

/** A facility's own log-in: an OpenID provider that its people sign in by. */
export interface IdentityProvider {
  id: string;
  facilityId: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret?: string;
  /** Whom it may vouch for: addresses of these domains. */
  emailDomains: readonly string[];
}

type Acting = ReturnType<typeof actingFor>;

/** What administering providers needs of the database. */
export interface ProviderStore {
  list(facilityId: string): Promise<IdentityProvider[]>;
  /** @returns undefined when another facility's provider vouches for one of the domains */
  put(provider: Omit<IdentityProvider, 'id'>, actor: Acting, now: Date): Promise<IdentityProvider | undefined>;
  withdraw(ref: { id: string; facilityId: string; actor: Acting }, now: Date): Promise<boolean>;
  byDomain(domain: string): Promise<{ id: string; name: string }[]>;
}

/** Asks a provider for what it publishes about itself. @throws ProviderFault */
export interface ProviderProbe {
  probe(provider: Pick<IdentityProvider, 'issuer' | 'clientId' | 'clientSecret'>): Promise<void>;
}

/** Why a provider cannot be used, or what it said is not believed. The code goes to log and trail. */
export class ProviderFault extends Error {
  constructor(
    readonly kind: 'unreachable' | 'not_believed' | 'refused',
    readonly code: string,
    options?: { cause?: unknown },
  ) {
    super(`identity provider ${kind}: ${code}`, options);
    this.name = 'ProviderFault';
  }
}

/** The providers of a facility, set up by its administrators. */
export class IdentityProviders {
  constructor(
    private readonly store: ProviderStore,
    private readonly probe: ProviderProbe,
    private readonly clock: Clock,
  ) {}

  list(caller: Principal): Promise<IdentityProvider[]> {
    return this.store.list(caller.facilityId);
  }

  /** @throws Problem `validation_failed` for a provider that does not answer as one, `wrong_state` for a taken domain */
  async add(caller: Principal, given: Omit<IdentityProvider, 'id' | 'facilityId'>): Promise<IdentityProvider> {
    await this.refuseUnusable(given);
    const provider = { ...given, facilityId: caller.facilityId };
    const added = await this.store.put(provider, actingFor(caller), this.clock.now());
    if (!added)
      throw new Problem('wrong_state', { detail: 'Another facility’s provider vouches for one of these domains.' });
    return added;
  }

  /** Nobody signs in by it from now on; sessions that it began end. @throws Problem `not_found` */
  async withdraw(caller: Principal, id: string): Promise<void> {
    const ref = { id, facilityId: caller.facilityId, actor: actingFor(caller) };
    if (!(await this.store.withdraw(ref, this.clock.now()))) throw new Problem('not_found');
  }

  /** The providers that vouch for an address; that there are some does not tell that the address has an account. */
  forEmail(email: string): Promise<{ id: string; name: string }[]> {
    return this.store.byDomain(domainOf(email));
  }

  private async refuseUnusable(given: Omit<IdentityProvider, 'id' | 'facilityId'>): Promise<void> {
    try {
      await this.probe.probe(given);
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      const detail = 'does not answer as an OpenID provider with this issuer';
      throw new Problem('validation_failed', { fields: [{ pointer: '/issuer', code: 'unusable', detail }] });
    }
  }
}

/** What stands behind the `@`, in lower case. */
export function domainOf(email: string): string {
  return email
    .slice(email.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
}
