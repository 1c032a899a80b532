import { personRoles, type Role, roles } from '@openvob/access';
import { accessMatrix, type MatrixRow } from '../../apps/api/access-matrix';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Spine, startSpine } from '../setup/spine';
import { type Asked, askRoute } from './access-asking';
import { Subjects } from './access-subjects';

type Caller = { name: string; headers: Record<string, string> };

/** What one caller found at one route, and what the table says. */
export interface AccessCell {
  who: string;
  found: string;
  expected: string;
}

const boardRow: MatrixRow = { what: 'the board', roles: ['ops'], routes: ['GET /ops/queues/api/queues'] };

/** Every guarded route with its row. */
export const guardedRoutes: readonly (readonly [route: string, row: MatrixRow])[] = [
  ...accessMatrix.filter((row) => !row.routes.includes('* /ops/queues')),
  boardRow,
].flatMap((row) => row.routes.map((route) => [route, row] as const));

/** Those whose id is a facility's own. */
export const separateRoutes = guardedRoutes.filter(
  ([, row]) => row.subject && row.subject !== 'payer' && row.subject !== 'connection',
);

/** A running API with a key and a person of every role, here and in another facility. */
export class AccessTrial {
  private port = 0;
  private readonly own = new Map<Role, Caller[]>();
  private readonly other = new Map<Role, Caller[]>();

  private constructor(
    readonly spine: Spine,
    readonly subjects: Subjects,
  ) {}

  static async start(): Promise<AccessTrial> {
    const spine = await startSpine({ redisUrl: undefined, withWorker: false });
    const trial = new AccessTrial(spine, new Subjects(spine));
    await trial.open();
    return trial;
  }

  async stop(): Promise<void> {
    await this.subjects.close();
    await this.spine.stop();
  }

  ask(route: string, ids: readonly string[], headers: Record<string, string>): Promise<Asked> {
    return askRoute(this.port, { route, ids, headers });
  }

  /** The headers of a key of the role in the own facility. */
  keyOf(role: Role): Record<string, string> {
    return this.own.get(role)?.[0]?.headers ?? {};
  }

  /** Nobody, and every role of the own facility. */
  async ownCells([route, row]: readonly [string, MatrixRow]): Promise<AccessCell[]> {
    const shared = row.subject ? await this.subjects.make(row.subject) : [];
    const cells: AccessCell[] = [];
    cells.push({ who: 'nobody', found: String((await this.ask(route, shared, {})).status), expected: '401' });
    for (const role of roles)
      for (const caller of this.own.get(role) ?? []) {
        const isOpen = row.roles.includes(role);
        const ids = isOpen && row.subject && !route.startsWith('GET') ? await this.subjects.make(row.subject) : shared;
        const { status } = await this.ask(route, ids, caller.headers);
        const isIn = isOpen && ![401, 403, 404, 405].includes(status) && status < 500;
        cells.push({ who: caller.name, found: isIn ? 'in' : String(status), expected: isOpen ? 'in' : '403' });
      }
    return cells;
  }

  /** Every role of another facility: 404, and not a word otherwise than for what is not there. */
  async otherCells([route, row]: readonly [string, MatrixRow]): Promise<AccessCell[]> {
    const ids = row.subject ? await this.subjects.make(row.subject) : [];
    const unknown = ids.map((id) => `${id.slice(0, -3)}zzz`);
    const cells: AccessCell[] = [];
    for (const role of roles)
      for (const { name, headers } of this.other.get(role) ?? []) {
        const [foreign, missing] = [await this.ask(route, ids, headers), await this.ask(route, unknown, headers)];
        const isAlike = JSON.stringify(foreign) === JSON.stringify(missing);
        const found = isAlike ? String(foreign.status) : `${foreign.status}, told apart from ${missing.status}`;
        cells.push({ who: `${name} elsewhere`, found, expected: row.roles.includes(role) ? '404' : '403' });
      }
    return cells;
  }

  private async open(): Promise<void> {
    await this.spine.api.listen(0, '127.0.0.1');
    this.port = Number(new URL(await this.spine.api.getUrl()).port);
    await requireSecondFactor(this.spine, false);
    await this.subjects.open();
    for (const role of roles) {
      this.own.set(role, await this.callersOf(role, undefined));
      this.other.set(role, await this.callersOf(role, 'fac_other'));
    }
  }

  /** A key of the role and, where people have it, somebody who is signed in. */
  private async callersOf(role: Role, facility: string | undefined): Promise<Caller[]> {
    const key = await this.spine.keyFor(role, facility);
    const byKey = { name: `key of ${role}`, headers: { authorization: `Bearer ${key}` } };
    const personRole = personRoles.find((one) => one === role);
    if (!personRole) return [byKey];
    const email = `${role}@${facility ?? 'own'}.example`.replace('_', '-');
    await putPerson(this.spine, { email, role: personRole, ...(facility ? { facility } : {}) });
    return [byKey, { name: `${role} signed in`, headers: cookieOf(await signedIn(this.spine, email)) }];
  }
}

function cookieOf({ cookies }: Browser): Record<string, string> {
  const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { cookie, 'x-openvob-csrf': '1' };
}
