import type { PersonRole } from '@openvob/access';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import type { Browser as Chromium } from 'playwright-core';
import { type MailServer, startMailServer } from '../setup/mail';
import { clientSecret, type RealProvider, startProvider } from '../setup/oidc';
import { password, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { putProgram } from '../setup/seed';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { openChromium } from './browser';
import { type Gate, openGate } from './gate';

const roles = ['coordinator', 'supervisor', 'biller', 'auditor', 'ops', 'admin'] as const;
/** A facility in which nothing has happened yet. */
const quietFacility = 'fac_quiet';

export const emailOf = (name: string): string => `${name}@testwood.example`;

export interface ApprovingFacility {
  /** E-mail addresses. */
  readonly coordinator: string;
  readonly supervisor: string;
  verify(memberId: string): Promise<Body>;
}

/** The whole path with people, mail, a log-in provider and one Chromium: what journeys go through, many at a time. */
export class World {
  private serial = 0;
  private provider: Promise<RealProvider> | undefined;

  private constructor(
    readonly spine: Spine,
    readonly caller: TestCaller,
    readonly payers: SimulatorDriver,
    readonly mail: MailServer,
    readonly chromium: Chromium,
    private readonly gate: Gate,
  ) {}

  static async start(): Promise<World> {
    const [gate, mail, chromium] = await Promise.all([openGate(), startMailServer(), openChromium()]);
    const settings = {
      PUBLIC_URL: gate.origin,
      SMTP_URL: mail.url,
      MAIL_FROM: 'openvob@testwood.example',
      PROVIDER_NETWORKS: '127.0.0.1',
    };
    const spine = await startSpine({ redisUrl: undefined, settings });
    await spine.api.listen(0, '127.0.0.1');
    gate.leadTo(Number(new URL(await spine.api.getUrl()).port));
    await requireSecondFactor(spine, false);
    await Promise.all(
      roles.map((role) => putPerson(spine, { email: emailOf(role), role, name: `${titled(role)} Reyes` })),
    );
    await putPerson(spine, { email: emailOf('quiet'), role: 'coordinator', facility: quietFacility });
    const world = new World(
      spine,
      new TestCaller(spine),
      new SimulatorDriver(spine.simulator.url),
      mail,
      chromium,
      gate,
    );
    await world.putLetterhead();
    return world;
  }

  get origin(): string {
    return this.gate.origin;
  }

  /** Another number each time. */
  next(): number {
    this.serial += 1;
    return this.serial;
  }

  /** A member id that nobody asked about yet. @param scenario e.g. `NWH001` */
  member(scenario: string): string {
    return `${scenario}${String(6000 + this.next())}`;
  }

  /** Asks for a verification as another system does, and waits until it rests. */
  verify(memberId: string, change: object = {}): Promise<Body> {
    return this.caller.verify(requestFor(memberId, change));
  }

  /** Somebody new. @returns the e-mail address */
  async person(role: PersonRole): Promise<string> {
    const email = emailOf(`${role}.${this.next()}`);
    await putPerson(this.spine, { email, role });
    return email;
  }

  /** Somebody new at a facility of their own, which asks for a second factor. @returns the e-mail address */
  async strictPerson(): Promise<string> {
    const serial = this.next();
    const [email, facility] = [emailOf(`strict.${serial}`), `fac_strict_${serial}`];
    await putPerson(this.spine, { email, role: 'coordinator', facility });
    await requireSecondFactor(this.spine, true, facility);
    return email;
  }

  /** A facility of its own that has calls approved, with somebody of each kind who takes part. */
  async approvingFacility(): Promise<ApprovingFacility> {
    const serial = this.next();
    const [facility, programId] = [`fac_approving_${serial}`, `prg_approving_${serial}`];
    const [coordinator, supervisor, admin] = ['coordinator', 'supervisor', 'admin'].map((role) =>
      emailOf(`${role}.${serial}`),
    ) as [string, string, string];
    await putPerson(this.spine, { email: admin, role: 'admin', facility });
    await putPerson(this.spine, { email: coordinator, role: 'coordinator', facility, name: 'Cora Reyes' });
    await putPerson(this.spine, { email: supervisor, role: 'supervisor', facility, name: 'Sam Reyes' });
    await putProgram(this.spine.config, facility, programId);
    const boss = await signedIn(this.spine, admin);
    const { status, text } = await boss.send('patch', '/v1/facility/calls', { approval: true });
    if (status !== 200) throw new Error(`calls are not approved: ${status} ${text}`);
    const caller = new TestCaller(this.spine, await this.spine.keyFor('coordinator', facility));
    return {
      coordinator,
      supervisor,
      verify: (memberId) => caller.verify(requestFor(memberId, { program: { id: programId } })),
    };
  }

  /** The facility's own log-in is there from now on. */
  async putProvider(): Promise<void> {
    this.provider ??= this.addProvider();
    await this.provider;
  }

  async stop(): Promise<void> {
    await this.chromium.close();
    await this.gate.close();
    await this.spine.stop();
    await this.mail.close();
    (await this.provider)?.stop();
  }

  private async addProvider(): Promise<RealProvider> {
    await putPerson(this.spine, { email: emailOf('dana.reyes'), role: 'coordinator', name: 'Dana Reyes' });
    const provider = await startProvider(`${this.origin}/v1/session/providers/callback`);
    await this.send('post', '/v1/identity-providers', {
      name: 'Testwood log-in',
      issuer: provider.issuer,
      clientId: 'openvob',
      clientSecret,
      emailDomains: ['testwood.example'],
    });
    return provider;
  }

  private putLetterhead(): Promise<void> {
    return this.send('put', '/v1/facility/letterhead', {
      address: { street: '12 Elm Street', city: 'Albany', state: 'NY', postalCode: '12207' },
      phone: '555-0123',
      tin: '12-3456789',
    });
  }

  private async send(method: 'post' | 'put', path: string, body: object): Promise<void> {
    const admin = await signedIn(this.spine, emailOf('admin'));
    const { status, text } = await admin.send(method, path, body);
    if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
  }
}

export { password };

const titled = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
