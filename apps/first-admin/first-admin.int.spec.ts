import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { generateKeyRing } from '@openvob/platform';
import { Browser, password, signedIn } from '../../test/setup/people';
import { facilityId, type Spine, startSpine } from '../../test/setup/spine';

const program = join(__dirname, '..', '..', 'dist', 'apps', 'first-admin', 'main.js');

describe('the command for the first administrator', () => {
  let spine: Spine;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
  });
  afterAll(() => spine.stop());

  function run(...args: string[]): { status: number | null; said: string; token: string } {
    const env = {
      DATABASE_URL: spine.config.databaseUrl,
      OPENVOB_KEYS: generateKeyRing(),
      PUBLIC_URL: 'https://vob.testwood.example',
    };
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8' });
    const said = stdout + stderr;
    return { status, said, token: /https:\/\/vob\.testwood\.example\/welcome#([\w-]{43})/.exec(said)?.[1] ?? '' };
  }

  const use = (token: string, body: object) => new Browser(spine).send('post', '/v1/links/use', { token, ...body });
  const ada = ['--email', 'Ada@testwood.example', '--name', 'Ada Admin'];

  test('prints a link that works once and makes an administrator, who can invite everybody else', async () => {
    const { status, token } = run(...ada, '--facility', facilityId);
    expect(status).toBe(0);
    expect((await use(token, { password })).status).toBe(204);
    expect((await use(token, { password })).status).toBe(410);
    const browser = await signedIn(spine, 'ada@testwood.example');
    const begun = (await browser.get('/v1/session')).body;
    expect(begun).toMatchObject({ facility: { id: facilityId, role: 'admin' }, need: 'second_factor' });
  });

  test('is refused once there is one, but for somebody who says that nobody gets in', async () => {
    const refused = run('--email', 'eve@testwood.example', '--name', 'Eve', '--facility', facilityId);
    expect([refused.status, refused.token]).toEqual([1, '']);
    expect(refused.said).toContain('administers this facility already');
    const former = await signedIn(spine, 'ada@testwood.example');
    const { token } = run(...ada, '--facility', facilityId, '--another', '--without-second-factor');
    expect((await use(token, { password: 'velvet orbit candle 77' })).status).toBe(204);
    expect((await former.get('/v1/session')).status).toBe(401);
    expect((await new Browser(spine).signIn('ada@testwood.example')).status).toBe(401);
  });

  test('makes the facility too', async () => {
    const place = ['--new-facility', 'Riverbend Recovery', '--npi', '1999999984', '--time-zone', 'America/Chicago'];
    const { status, said, token } = run('--email', 'rio@riverbend.example', '--name', 'Rio', ...place);
    expect([status, said]).toEqual([0, expect.stringMatching(/Riverbend Recovery \(fac_\w+\)/)]);
    expect((await use(token, { password })).status).toBe(204);
    const browser = await signedIn(spine, 'rio@riverbend.example');
    expect((await browser.get('/v1/session')).body.facility).toMatchObject({
      timeZone: 'America/Chicago',
      role: 'admin',
    });
  });

  test.each([
    [[], /--email must be.*--name is missing.*one of --facility and --new-facility/s],
    [
      [...ada, '--new-facility', 'X', '--npi', '12', '--time-zone', 'Mars/Base'],
      /--npi must have.*--time-zone must be/s,
    ],
    [[...ada, '--facility', 'fac_nowhere'], /There is no facility fac_nowhere/],
    [[...ada, '--facility', facilityId, '--quietly'], /Unknown option '--quietly'/],
  ])('%j is refused with what is wrong', (args, said) => {
    const refused = run(...args);
    expect(refused.status).toBe(1);
    expect(refused.said).toMatch(said);
  });
});
