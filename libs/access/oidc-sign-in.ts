import type { Clock, Log } from '@openvob/platform';
import { domainOf, type IdentityProvider, ProviderFault } from './identity-providers';
import { identityLinkedMail } from './mail-texts';
import type { OidcClaims, OidcClient, OidcRequest } from './oidc-client';
import { type Account, type Mail, type NewSession, normalisedEmail, type Origin } from './people';
import { type BegunSession, newSession } from './sign-in';

/** What the browser keeps, encrypted, while the person is at the provider. */
export interface PendingSignIn extends OidcRequest {
  providerId: string;
  /** A path of ours to go to afterwards. */
  returnTo: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** What a provider's person is here; `linked` when the two were brought together by this sign-in. */
export interface KnownIdentity {
  account: Account;
  linked: boolean;
}

/** What signing in by a provider needs of the database. */
export interface OidcStore {
  provider(id: string): Promise<IdentityProvider | undefined>;
  /**
   * The account that a subject is linked to, else that of the address among the people of the provider's facility, which is linked.
   * Nobody is made: whoever was not invited stays outside.
   */
  accountFor(
    who: { provider: IdentityProvider; subject: string; email?: string; deviceHash?: Buffer },
    mailFor: (to: { email: string; name: string }) => Mail,
    now: Date,
  ): Promise<KnownIdentity | undefined>;
  refused(provider: IdentityProvider, refusal: { why: string; address: string }, now: Date): Promise<void>;
  begin(session: NewSession, keys: readonly never[], now: Date): Promise<string | undefined>;
}

export type OidcOutcome =
  | ({ kind: 'signed_in'; returnTo: string } & BegunSession)
  | { kind: 'no_request' }
  | { kind: 'provider_down' }
  | { kind: 'not_believed' }
  | { kind: 'cancelled' }
  | { kind: 'not_invited' };

const patienceMs = 10 * 60_000;

/** Signing in by a facility's provider. Such a session stays in that facility: a provider vouches for its own people alone. */
export class OidcSignIn {
  constructor(
    private readonly parts: {
      store: OidcStore;
      client: OidcClient;
      clock: Clock;
      log: Log;
      hashOf(deviceSecret: string | undefined): Buffer | undefined;
    },
  ) {}

  /** @returns where the browser goes; undefined without such a provider, or while it does not answer */
  async begin(providerId: string, returnTo: string): Promise<{ url: string; pending: PendingSignIn } | undefined> {
    const { store, client, clock, log } = this.parts;
    const provider = await store.provider(providerId);
    if (!provider) return undefined;
    try {
      const { url, request } = await client.begin(provider);
      const expiresAt = clock.now().getTime() + patienceMs;
      return { url, pending: { ...request, providerId, returnTo: ownPath(returnTo), expiresAt } };
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      log.warn('identity_provider.fault', { providerId, kind: error.kind, why: error.code });
      return undefined;
    }
  }

  /** @param query what the provider sent the browser back with */
  async finish(pending: PendingSignIn | undefined, query: string, origin: Origin): Promise<OidcOutcome> {
    const { store, clock } = this.parts;
    if (!pending || pending.expiresAt <= clock.now().getTime()) return { kind: 'no_request' };
    const provider = await store.provider(pending.providerId);
    if (!provider) return { kind: 'no_request' };
    const said = await this.ask(provider, pending, query, origin);
    return 'kind' in said ? said : this.enter(provider, said, pending.returnTo, origin);
  }

  private async ask(
    provider: IdentityProvider,
    pending: PendingSignIn,
    query: string,
    origin: Origin,
  ): Promise<OidcClaims | OidcOutcome> {
    const { store, client, clock, log } = this.parts;
    try {
      return await client.finish(provider, pending, query);
    } catch (error) {
      if (!(error instanceof ProviderFault)) throw error;
      log.warn('identity_provider.fault', { providerId: provider.id, kind: error.kind, why: error.code });
      await store.refused(provider, { why: `${error.kind}: ${error.code}`, address: origin.address }, clock.now());
      const kinds = { unreachable: 'provider_down', refused: 'cancelled', not_believed: 'not_believed' } as const;
      return { kind: kinds[error.kind] };
    }
  }

  private async enter(
    provider: IdentityProvider,
    { subject, email }: OidcClaims,
    returnTo: string,
    origin: Origin,
  ): Promise<OidcOutcome> {
    const { store, clock, hashOf } = this.parts;
    const now = clock.now();
    const deviceHash = hashOf(origin.deviceSecret);
    const who = { provider, subject, ...usableEmail(provider, email), ...(deviceHash ? { deviceHash } : {}) };
    const mailFor = (to: { email: string; name: string }): Mail => identityLinkedMail(to, provider.name, now);
    const known = await store.accountFor(who, mailFor, now);
    if (!known) {
      await store.refused(provider, { why: 'not_invited', address: origin.address }, now);
      return { kind: 'not_invited' };
    }
    const { session, begun } = newSession(known.account, origin, now);
    await store.begin({ ...session, facilityId: provider.facilityId, providerId: provider.id }, [], now);
    return { kind: 'signed_in', returnTo, ...begun };
  }
}

/** An address counts only within the domains that the provider may vouch for. */
function usableEmail(provider: IdentityProvider, email: string | undefined): { email?: string } {
  if (email === undefined) return {};
  const plain = normalisedEmail(email);
  return provider.emailDomains.includes(domainOf(plain)) ? { email: plain } : {};
}

/** A path on our own pages; anything else, such as `//evil.example`, becomes the first page. */
function ownPath(path: string): string {
  return /^\/(?![/\\])[\w\-./?=&%~]{0,200}$/.test(path) ? path : '/';
}
