import { type Clock, Problem } from '@openvob/platform';
import { passwordChangedMail, secondFactorMail } from './mail-texts';
import type { PasswordHasher } from './password-hash';
import { passwordFault } from './password-rules';
import type { Account, AccountChange, StoredSession } from './people';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes';
import { newTotpSecret, totpStepOf, totpUri } from './second-factor';
import { hashSecret, newSecret } from './secrets';
import type { SignInStore } from './sign-in';
import { throttleKeys } from './throttle';

/** What people's own changes need of the database. */
export interface AccountStore {
  setPassword(change: AccountChange, passwordHash: string, now: Date): Promise<boolean>;
  offerTotp(change: AccountChange, secret: string, now: Date): Promise<boolean>;
  offeredTotp(personId: string): Promise<string | undefined>;
  confirmTotp(change: AccountChange, step: number, codes: readonly Buffer[], now: Date): Promise<boolean>;
  removeTotp(change: AccountChange, now: Date): Promise<boolean>;
  putRecoveryCodes(change: AccountChange, codes: readonly Buffer[], now: Date): Promise<boolean>;
}

/** Finds the account of a session and counts wrong passwords. */
export interface AccountFinder extends Pick<SignInStore, 'throttle' | 'refused'> {
  accountById(personId: string, deviceHash: Buffer | undefined): Promise<Account | undefined>;
}

/** A change of one's own account, from an address. */
export interface OwnRequest {
  session: StoredSession;
  address: string;
}

/** What people change about their own accounts. Each change asks for the password anew: a session left open is not enough. */
export class OwnAccount {
  constructor(
    private readonly accounts: AccountStore,
    private readonly finder: AccountFinder,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends all other sessions.
   *
   * @returns the token that this session goes on under
   * @throws Problem `validation_failed`, `too_many_requests`
   */
  async changePassword(request: OwnRequest, passwords: { current: string; next: string }): Promise<string> {
    const account = await this.proven(request, passwords.current, '/currentPassword');
    await refuseWeak(passwords.next, account, '/newPassword');
    const passwordHash = await this.hasher.hash(passwords.next);
    const now = this.clock.now();
    return this.rotated(request.session, (change) => this.accounts.setPassword(change, passwordHash, now), [
      passwordChangedMail(account, now),
    ]);
  }

  /** @returns a secret for the authenticator app; it counts once a code of it was shown. @throws Problem `wrong_state` when there is one */
  async offerSecondFactor(request: OwnRequest, password: string): Promise<{ secret: string; uri: string }> {
    const account = await this.proven(request, password, '/password');
    const secret = newTotpSecret();
    const offered = await this.accounts.offerTotp(changeOf(request.session, []), secret, this.clock.now());
    if (!offered) throw new Problem('wrong_state', { detail: 'There is a second factor already: remove it first.' });
    return { secret, uri: totpUri(secret, account.email) };
  }

  /** Other sessions end. @throws Problem `validation_failed` for a wrong code, `wrong_state` when none was offered */
  async confirmSecondFactor(
    { session }: OwnRequest,
    code: string,
  ): Promise<{ token: string; recoveryCodes: string[] }> {
    const secret = await this.accounts.offeredTotp(session.personId);
    if (secret === undefined) throw new Problem('wrong_state', { detail: 'No second factor waits to be confirmed.' });
    const now = this.clock.now();
    const step = totpStepOf(secret, code, now);
    if (step === undefined) throw wrong('/code');
    const recoveryCodes = newRecoveryCodes();
    const hashes = recoveryCodes.map((one) => hashRecoveryCode(session.personId, one));
    const confirm = (change: AccountChange): Promise<boolean> => this.accounts.confirmTotp(change, step, hashes, now);
    const token = await this.rotated(session, confirm, [secondFactorMail(session, 'set up', now)]);
    return { token, recoveryCodes };
  }

  /** @throws Problem `wrong_state` when there is none */
  async removeSecondFactor(request: OwnRequest, password: string): Promise<string> {
    await this.proven(request, password, '/password');
    const now = this.clock.now();
    return this.rotated(request.session, (change) => this.accounts.removeTotp(change, now), [
      secondFactorMail(request.session, 'removed', now),
    ]);
  }

  /** The former ones hold no more. @throws Problem `wrong_state` without a second factor */
  async renewRecoveryCodes(request: OwnRequest, password: string): Promise<string[]> {
    const account = await this.proven(request, password, '/password');
    if (!account.totp) throw new Problem('wrong_state', { detail: 'Set up a second factor first.' });
    const now = this.clock.now();
    const codes = newRecoveryCodes();
    const change = changeOf(request.session, [secondFactorMail(account, 'given new recovery codes', now)]);
    const hashes = codes.map((code) => hashRecoveryCode(account.personId, code));
    await this.accounts.putRecoveryCodes(change, hashes, now);
    return codes;
  }

  /** The account of a session whose owner has just shown the password; wrong ones are counted as at sign-in. */
  private async proven({ session, address }: OwnRequest, password: string, pointer: string): Promise<Account> {
    const account = await this.finder.accountById(session.personId, undefined);
    if (!account) throw new Problem('unauthenticated');
    const keys = throttleKeys({ email: account.email, address });
    const now = this.clock.now();
    const blockedUntil = await this.finder.throttle.reserve(keys, now);
    if (blockedUntil) {
      const retryAfterSeconds = Math.max(1, Math.ceil((blockedUntil.getTime() - now.getTime()) / 1000));
      throw new Problem('too_many_requests', { retryAfterSeconds });
    }
    if (await this.hasher.verify(account.passwordHash, password)) {
      await this.finder.throttle.release(keys);
      return account;
    }
    await this.finder.refused({ email: account.email, account, why: 'password', address }, now);
    throw wrong(pointer);
  }

  private async rotated(
    session: StoredSession,
    work: (change: AccountChange) => Promise<boolean>,
    notices: AccountChange['notices'],
  ): Promise<string> {
    const token = newSecret();
    const done = await work({ ...changeOf(session, notices), tokenHash: hashSecret(token) });
    if (!done) throw new Problem('wrong_state');
    return token;
  }
}

/** @throws Problem `validation_failed` with why the password will not do */
export async function refuseWeak(
  password: string,
  owner: { email: string; name: string; facilities?: readonly { name: string }[] },
  pointer: string,
): Promise<void> {
  const fault = await passwordFault(password, [
    owner.email,
    owner.name,
    ...(owner.facilities ?? []).map(({ name }) => name),
  ]);
  if (fault) throw new Problem('validation_failed', { fields: [{ pointer, ...fault }] });
}

function changeOf({ personId, id }: StoredSession, notices: AccountChange['notices']): AccountChange {
  return { personId, sessionId: id, notices };
}

function wrong(pointer: string): Problem {
  return new Problem('validation_failed', { fields: [{ pointer, code: 'wrong', detail: 'is wrong' }] });
}
