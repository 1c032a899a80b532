import type { Clock } from '@openvob/platform';
import { deviceName } from './device-name';
import { newDeviceMail } from './mail-texts';
import type { PasswordHasher } from './password-hash';
import {
  type Account,
  type Mail,
  type NewSession,
  normalisedEmail,
  type Origin,
  type RefusalReason,
  type SecondFactorProof,
} from './people';
import { hashRecoveryCode } from './recovery-codes';
import { totpStepOf } from './second-factor';
import { hashOfPresented, hashSecret, newSecret } from './secrets';
import { type ThrottleKey, throttleKeys } from './throttle';

/** What a person types. */
export interface Credentials {
  email: string;
  password: string;
  /** Of the authenticator app. */
  code?: string;
  recoveryCode?: string;
  facilityId?: string;
}

/** Secrets for the browser, given out once. */
export interface BegunSession {
  token: string;
  /** For a browser that had none yet. */
  deviceSecret?: string;
}

export type SignInOutcome =
  | ({ kind: 'signed_in' } & BegunSession)
  | { kind: 'refused' }
  | { kind: 'second_factor_required' }
  | { kind: 'throttled'; retryAfterSeconds: number };

/** What signing in needs of the database. */
export interface SignInStore {
  account(email: string, deviceHash: Buffer | undefined): Promise<Account | undefined>;
  refused(refusal: { email: string; account?: Account; why: RefusalReason; address: string }, now: Date): Promise<void>;
  /** @returns undefined when the proof of the second factor was used before */
  begin(session: NewSession, keys: readonly ThrottleKey[], now: Date): Promise<string | undefined>;
  readonly throttle: {
    /** Counts the attempt as failed beforehand. @returns until when nobody is let in */
    reserve(keys: readonly ThrottleKey[], now: Date): Promise<Date | undefined>;
    release(keys: readonly ThrottleKey[]): Promise<void>;
  };
}

/** Signing in with a password and, where the account has one, a second factor. Whether there is an account is told by nothing. */
export class SignIn {
  constructor(
    private readonly store: SignInStore,
    private readonly hasher: PasswordHasher,
    private readonly clock: Clock,
  ) {}

  async byPassword(credentials: Credentials, origin: Origin): Promise<SignInOutcome> {
    const email = normalisedEmail(credentials.email);
    const account = await this.store.account(email, hashOfPresented(origin.deviceSecret));
    const device = account?.device ? { deviceId: account.device.id } : {};
    const keys = throttleKeys({ email, ...device, address: origin.address });
    const blockedUntil = await this.store.throttle.reserve(keys, this.clock.now());
    if (blockedUntil) return this.throttled(blockedUntil);
    const why = await this.fault(account, credentials.password);
    if (why || !account) return this.refuse(email, account, why ?? 'unknown_account', origin);
    return this.secondStep(account, credentials, origin, keys);
  }

  private throttled(blockedUntil: Date): SignInOutcome {
    const ms = blockedUntil.getTime() - this.clock.now().getTime();
    return { kind: 'throttled', retryAfterSeconds: Math.max(1, Math.ceil(ms / 1000)) };
  }

  private async fault(account: Account | undefined, password: string): Promise<RefusalReason | undefined> {
    const matches = await this.hasher.verify(account?.passwordHash, password);
    if (!account) return 'unknown_account';
    if (!account.passwordHash) return 'no_password';
    if (!matches) return 'password';
    return account.facilities.length === 0 ? 'no_facility' : undefined;
  }

  private async secondStep(
    account: Account,
    credentials: Credentials,
    origin: Origin,
    keys: readonly ThrottleKey[],
  ): Promise<SignInOutcome> {
    const { code, recoveryCode } = credentials;
    if (account.totp && code === undefined && recoveryCode === undefined) {
      await this.store.throttle.release(keys);
      return { kind: 'second_factor_required' };
    }
    const proof = account.totp && proofOf(account, credentials, this.clock.now());
    const begun =
      account.totp && !proof
        ? undefined
        : await this.begin({ account, credentials, origin, keys, ...(proof ? { proof } : {}) });
    return begun ? { kind: 'signed_in', ...begun } : this.refuse(account.email, account, 'second_factor', origin);
  }

  private async begin(entry: {
    account: Account;
    credentials: Credentials;
    origin: Origin;
    keys: readonly ThrottleKey[];
    proof?: SecondFactorProof;
  }): Promise<BegunSession | undefined> {
    const { account, credentials, origin, keys, proof } = entry;
    const facilityId = facilityFor(account, credentials.facilityId);
    const isOutdated = account.passwordHash !== undefined && this.hasher.isOutdated(account.passwordHash);
    const { session, begun } = newSession(account, origin, this.clock.now());
    const complete = {
      ...session,
      ...(facilityId ? { facilityId } : {}),
      ...(proof ? { proof } : {}),
      ...(isOutdated ? { passwordHash: await this.hasher.hash(credentials.password) } : {}),
    };
    return (await this.store.begin(complete, keys, this.clock.now())) === undefined ? undefined : begun;
  }

  private async refuse(
    email: string,
    account: Account | undefined,
    why: RefusalReason,
    { address }: Origin,
  ): Promise<SignInOutcome> {
    await this.store.refused({ email, ...(account ? { account } : {}), why, address }, this.clock.now());
    return { kind: 'refused' };
  }
}

/** A session to store, with the secrets that the browser gets. A browser that the person never used is announced. */
export function newSession(
  account: Account,
  origin: Origin,
  now: Date,
): {
  session: Pick<NewSession, 'account' | 'tokenHash' | 'newDeviceHash' | 'deviceName' | 'address' | 'notices'>;
  begun: BegunSession;
} {
  const token = newSecret();
  const device = deviceName(origin.userAgent);
  const deviceSecret = account.device ? undefined : newSecret();
  const isStrange = !account.device && !account.isNew;
  const notices: Mail[] = isStrange ? [newDeviceMail(account, { device, address: origin.address, at: now })] : [];
  const session = { account, tokenHash: hashSecret(token), deviceName: device, address: origin.address, notices };
  if (deviceSecret === undefined) return { session, begun: { token } };
  return { session: { ...session, newDeviceHash: hashSecret(deviceSecret) }, begun: { token, deviceSecret } };
}

/** The facility that was asked for, the only one, or that of the last session; undefined leaves the person to choose. */
export function facilityFor({ facilities, lastFacilityId }: Account, wanted: string | undefined): string | undefined {
  const [first, second] = facilities;
  const usual = first && !second ? first.id : lastFacilityId;
  return facilities.find(({ id }) => id === (wanted ?? usual))?.id;
}

function proofOf(account: Account, credentials: Credentials, now: Date): SecondFactorProof | undefined {
  const { code, recoveryCode } = credentials;
  if (recoveryCode !== undefined)
    return { kind: 'recovery_code', hash: hashRecoveryCode(account.personId, recoveryCode) };
  const step = account.totp && totpStepOf(account.totp.secret, code ?? '', now);
  return step === undefined ? undefined : { kind: 'totp', step };
}
