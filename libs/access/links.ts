import { type Clock, errorFields, type Log, Problem } from '@openvob/platform';
import { passwordChangedMail, passwordResetMail } from './mail-texts';
import { refuseWeak } from './own-account';
import type { PasswordHasher } from './password-hash';
import { type Mail, normalisedEmail } from './people';
import { hashOfPresented, hashSecret, newSecret } from './secrets';
import { networkOf } from './throttle';

export type LinkKind = 'first_admin' | 'invitation' | 'password_reset';

const hourMs = 3_600_000;
/** How long a link of each kind works. */
export const linkLifetimeMs: Readonly<Record<LinkKind, number>> = {
  first_admin: 24 * hourMs,
  invitation: 7 * 24 * hourMs,
  password_reset: hourMs / 2,
};

/** A link to store. */
export interface NewLink {
  kind: LinkKind;
  tokenHash: Buffer;
  facilityId?: string;
  madeBy: string;
  madeAt: Date;
  expiresAt: Date;
}

/** A link as whoever has its secret may see it. */
export interface StoredLink {
  kind: LinkKind;
  personId: string;
  email: string;
  name: string;
  hasPassword: boolean;
  facilityName?: string;
  expiresAt: Date;
  usedAt?: Date;
}

/** What links need of the database. */
export interface LinkStore {
  byToken(tokenHash: Buffer): Promise<StoredLink | undefined>;
  makeReset(email: string, link: NewLink, mailFor: (to: { email: string; name: string }) => Mail): Promise<void>;
  use(
    use: { tokenHash: Buffer; passwordHash?: string; name?: string; notices: readonly Mail[] },
    now: Date,
  ): Promise<boolean>;
}

/** Allowances of callers, shared by all processes. */
export interface RateStore {
  take(
    request: { key: string; wanted: number; limit: number; windowMs: number },
    now: Date,
  ): Promise<{ given: number; endsAt: Date }>;
}

const resetsAnHour = { account: 3, address: 30 };

/** A secret with what is stored of it. */
export function newLink(
  kind: LinkKind,
  made: { by: string; at: Date; facilityId?: string },
): { secret: string; link: NewLink } {
  const secret = newSecret();
  const { by: madeBy, at: madeAt, facilityId } = made;
  const expiresAt = new Date(madeAt.getTime() + linkLifetimeMs[kind]);
  const link = { kind, tokenHash: hashSecret(secret), madeBy, madeAt, expiresAt };
  return { secret, link: facilityId ? { ...link, facilityId } : link };
}

/** The page that takes a link's secret; behind `#`, so that it is in no request line, log or referrer. */
export function linkUrl(publicOrigin: string, kind: LinkKind, secret: string): string {
  return `${publicOrigin}/${kind === 'password_reset' ? 'new-password' : 'welcome'}#${secret}`;
}

/** Following links that were sent by mail, and asking for one. */
export class Links {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly parts: {
      store: LinkStore;
      rates: RateStore;
      hasher: PasswordHasher;
      clock: Clock;
      log: Log;
      publicOrigin: string;
    },
  ) {}

  /** Goes on after the answer, so that neither its words nor its time tell whether there is an account. */
  askReset(email: string, address: string): void {
    const work = this.makeReset(normalisedEmail(email), address).catch((error: unknown) =>
      this.parts.log.error('password_reset.failed', errorFields(error)),
    );
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  /** @throws Problem `link_unusable` */
  async read(secret: string): Promise<StoredLink> {
    const hash = hashOfPresented(secret);
    const link = hash && (await this.parts.store.byToken(hash));
    if (!link || link.usedAt || link.expiresAt <= this.parts.clock.now()) throw new Problem('link_unusable');
    return link;
  }

  /**
   * Accepts an invitation or sets a new password. Somebody who has a password keeps it, and the name, when accepting.
   *
   * @throws Problem `link_unusable`, `validation_failed`
   */
  async use(secret: string, given: { password?: string; name?: string }): Promise<void> {
    const link = await this.read(secret);
    const { hasher, clock, store } = this.parts;
    const passwordHash = needsPassword(link) ? await hasher.hash(await usable(given, link)) : undefined;
    const now = clock.now();
    const notices = passwordHash && link.hasPassword ? [passwordChangedMail(link, now)] : [];
    const name = link.hasPassword ? undefined : given.name;
    const use = { tokenHash: hashSecret(secret), notices, ...(passwordHash ? { passwordHash } : {}) };
    if (!(await store.use(name ? { ...use, name } : use, now))) throw new Problem('link_unusable');
  }

  /** Waits for what goes on after its answer. */
  async settled(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async makeReset(email: string, address: string): Promise<void> {
    const { clock, store, publicOrigin } = this.parts;
    const now = clock.now();
    if (!(await this.mayAsk(email, address, now))) return;
    const { secret, link } = newLink('password_reset', { by: address, at: now });
    const url = linkUrl(publicOrigin, 'password_reset', secret);
    await store.makeReset(email, link, (to) => passwordResetMail(to, url, link.expiresAt));
  }

  private async mayAsk(email: string, address: string, now: Date): Promise<boolean> {
    const take = (key: string, limit: number) =>
      this.parts.rates.take({ key, wanted: 1, limit, windowMs: hourMs }, now);
    const byAddress = await take(`reset_address:${networkOf(address)}`, resetsAnHour.address);
    if (byAddress.given === 0) return false;
    return (await take(`reset:${hashSecret(email).toString('hex')}`, resetsAnHour.account)).given > 0;
  }
}

/** Whether whoever uses the link has to choose a password. */
export function needsPassword({ kind, hasPassword }: StoredLink): boolean {
  return kind !== 'invitation' || !hasPassword;
}

async function usable({ password }: { password?: string }, link: StoredLink): Promise<string> {
  if (password === undefined)
    throw new Problem('validation_failed', {
      fields: [{ pointer: '/password', code: 'required', detail: 'is missing' }],
    });
  const facilities = link.facilityName ? [{ name: link.facilityName }] : [];
  await refuseWeak(password, { ...link, facilities }, '/password');
  return password;
}
