import { PasswordHasher, type PersonRole } from '@openvob/access';
import { FieldCipher } from '@openvob/platform';
import { Database, FacilitySetup, PeopleSetup } from '@openvob/store';
import request from 'supertest';
import { facilityId } from './seed';
import type { Spine } from './spine';

const hasher = new PasswordHasher();
export const password = 'quartz lantern meadow 41';

/** A person who works for the facility, with `password`. @returns the person's id */
export async function putPerson(
  spine: Spine,
  person: { email: string; name?: string; role: PersonRole; facility?: string },
): Promise<string> {
  const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
  try {
    const { email, role, name = 'Dana Reyes', facility = facilityId } = person;
    if (facility !== facilityId) await putFacility(database, spine, facility);
    return await new PeopleSetup(database).put(
      facility,
      { email, name, role, passwordHash: await hasher.hash(password) },
      new Date(),
    );
  } finally {
    await database.close();
  }
}

/** Whether people need a second factor in the facility. */
export async function requireSecondFactor(spine: Spine, isRequired: boolean, facility = facilityId): Promise<void> {
  const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
  await new PeopleSetup(database).requireSecondFactor(facility, isRequired);
  await database.close();
}

async function putFacility(database: Database, spine: Spine, id: string): Promise<void> {
  const setup = new FacilitySetup(database, new FieldCipher(spine.config.keyRing));
  await setup.put({ id, name: `Facility ${id}`, timeZone: 'America/Denver', npi: '1999999984' }, new Date());
  await new PeopleSetup(database).requireSecondFactor(id, false);
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** A person's browser: keeps cookies, and sends what our own pages send. */
export class Browser {
  readonly cookies = new Map<string, string>();
  userAgent = 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0';

  constructor(private readonly spine: Spine) {}

  /** A request as our page makes it. @param headers undefined takes one away */
  async send(
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string | undefined> = {},
  ): Promise<request.Response> {
    const sent = request(this.spine.api.getHttpServer())[method](path);
    const all = { 'x-openvob-csrf': '1', 'user-agent': this.userAgent, cookie: this.cookieHeader, ...headers };
    for (const [name, value] of Object.entries(all)) if (value !== undefined) sent.set(name, value);
    const response = await (body === undefined ? sent : sent.send(body));
    this.keep(response);
    return response;
  }

  get(path: string): Promise<request.Response> {
    return this.send('get', path);
  }

  signIn(email: string, more: object = {}): Promise<request.Response> {
    return this.send('post', '/v1/session', { email, password, ...more });
  }

  private get cookieHeader(): string | undefined {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`);
    return pairs.length === 0 ? undefined : pairs.join('; ');
  }

  private keep(response: request.Response): void {
    const set = response.headers['set-cookie'] as string[] | string | undefined;
    for (const cookie of set === undefined ? [] : [set].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** A signed-in person of a role. */
export async function signedIn(spine: Spine, email: string): Promise<Browser> {
  const browser = new Browser(spine);
  const response = await browser.signIn(email);
  if (response.status !== 200) throw new Error(`not signed in: ${response.status} ${response.text}`);
  return browser;
}
