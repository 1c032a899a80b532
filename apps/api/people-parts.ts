import {
  type ApiKeys,
  createMailer,
  EmergencyAccesses,
  Links,
  MachineKeys,
  MailDelivery,
  Members,
  OwnAccount,
  PasswordHasher,
  RateLimits,
  Sessions,
  SignIn,
} from '@openvob/access';
import type { Clock, Config, FieldCipher, Log } from '@openvob/platform';
import {
  type Database,
  Memberships,
  OutgoingMail,
  RateWindows,
  StoredAccounts,
  StoredEmergencyAccesses,
  StoredLinks,
  StoredMachineKeys,
  StoredSessions,
  StoredSignIns,
} from '@openvob/store';
import { Entry } from './entry';

export interface PeopleNeeds {
  database: Database;
  cipher: FieldCipher;
  config: Config;
  clock: Clock;
  log: Log;
  keys: ApiKeys;
}

const mailEveryMs = 2_000;
const upkeepEveryMs = 10 * 60_000;
const dayMs = 24 * 3_600_000;

/** Everything about people and their sessions, put together by hand. */
export class PeopleParts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly account: OwnAccount;
  readonly links: Links;
  readonly members: Members;
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
