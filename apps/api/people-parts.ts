import {
  type ApiKeys,
  createMailer,
  EmergencyAccesses,
  hashOfPresented,
  IdentityProviders,
  Links,
  MachineKeys,
  MailDelivery,
  Members,
  OidcClient,
  OidcSignIn,
  OwnAccount,
  PasswordHasher,
  RateLimits,
  Sessions,
  SignIn,
} from '@openvob/access';
import {
  type Clock,
  type Config,
  createHttp,
  type FieldCipher,
  type HttpClient,
  isLoopback,
  type Log,
  publicAddressesAnd,
} from '@openvob/platform';
import {
  type Database,
  Memberships,
  OutgoingMail,
  RateWindows,
  StoredAccounts,
  StoredEmergencyAccesses,
  StoredIdentityProviders,
  StoredLinks,
  StoredMachineKeys,
  StoredSessions,
  StoredSignIns,
} from '@openvob/store';
import { Entry } from './entry';
import { PendingSignIns } from './pending-sign-ins';

export interface PeopleNeeds {
  database: Database;
  cipher: FieldCipher;
  config: Config;
  clock: Clock;
  log: Log;
  keys: ApiKeys;
}

/** Where providers send browsers back to. */
const callbackPath = '/v1/session/providers/callback';
const mailEveryMs = 500;
const upkeepEveryMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;

/** Everything about people and their sessions, put together by hand. */
export class PeopleParts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly account: OwnAccount;
  readonly links: Links;
  readonly members: Members;
  readonly providers: IdentityProviders;
  readonly oidc: OidcSignIn;
  readonly pending: PendingSignIns;
  private readonly http: HttpClient;
  readonly emergencies: EmergencyAccesses;
  readonly machineKeys: MachineKeys;
  readonly mail: MailDelivery;
  readonly limits: RateLimits;
  readonly entry: Entry;
  private readonly outgoing: OutgoingMail;
  private readonly signIns: StoredSignIns;
  private readonly rates: RateWindows;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly needs: PeopleNeeds) {
    const { database, cipher, config, clock, log, keys } = needs;
    const { publicOrigin, mail: route } = config.access;
    const hasher = new PasswordHasher();
    this.signIns = new StoredSignIns(database, cipher);
    this.rates = new RateWindows(database);
    this.outgoing = new OutgoingMail(database, cipher);
    this.sessions = new Sessions(new StoredSessions(database), clock);
    this.signIn = new SignIn(this.signIns, hasher, clock);
    this.account = new OwnAccount(new StoredAccounts(database, cipher), this.signIns, hasher, clock);
    const links = { store: new StoredLinks(database, cipher), rates: this.rates };
    this.links = new Links({ ...links, hasher, clock, log, publicOrigin });
    this.members = new Members(new Memberships(database, cipher), clock, publicOrigin);
    this.machineKeys = new MachineKeys(new StoredMachineKeys(database), clock);
    this.emergencies = new EmergencyAccesses(new StoredEmergencyAccesses(database, cipher), this.sessions, clock);
    this.http = createHttp({ admits: publicAddressesAnd(config.access.providerNetworks) });
    const redirectUri = `${publicOrigin}${callbackPath}`;
    const isLocal = (issuer: URL): boolean => isLoopback(issuer.hostname);
    const client = new OidcClient({ http: this.http, redirectUri, isLocal, now: () => clock.now().getTime() });
    const identities = new StoredIdentityProviders(database, cipher, this.signIns);
    this.providers = new IdentityProviders(identities, client, clock);
    this.pending = new PendingSignIns(cipher);
    this.oidc = new OidcSignIn({ store: identities, client, clock, log, hashOf: hashOfPresented });
    const mailer = route && createMailer(route);
    this.mail = new MailDelivery({ store: this.outgoing, mailer, clock, log, everyMs: mailEveryMs });
    this.limits = new RateLimits(this.rates, clock, config.access.requestsPerMinute);
    this.entry = new Entry({ keys, sessions: this.sessions, publicOrigin, limits: this.limits });
  }

  start(): void {
    this.mail.start();
    this.timer = setInterval(() => void this.tidy(), upkeepEveryMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.links.settled();
    await this.mail.stop();
    this.http.close();
  }

  /** Removes what was only needed for a while. */
  private async tidy(): Promise<void> {
    const now = this.needs.clock.now();
    const ago = (days: number): Date => new Date(now.getTime() - days * dayMs);
    const work = [this.outgoing.forget(ago(30)), this.signIns.throttle.forget(now), this.rates.forget(ago(1))];
    const failed = (await Promise.allSettled(work)).filter(({ status }) => status === 'rejected');
    if (failed.length > 0) this.needs.log.warn('people.not_tidied', { failed: failed.length });
  }
}
