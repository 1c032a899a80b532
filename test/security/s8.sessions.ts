import { randomBytes } from 'node:crypto';
import { Browser, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Spine, startSpine } from '../setup/spine';

const minuteMs = 60_000;
const email = 'dana.reyes@testwood.example';

class AheadClock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** What sessions did. */
export interface SessionFigures {
  cookies: number;
  /** `__Host-`, HttpOnly, Secure, SameSite=Strict, no Domain. */
  strictCookies: number;
  openBeforeIdle: number;
  openAfterIdle: number;
  idleTries: number;
  /** Minutes after which a session that is always in use ended. */
  endedAfterMinutes: number;
  forged: number;
  forgedSucceeded: number;
  replayed: number;
  replaysOpened: number;
}

/** The life of sessions by a clock of our own: cookies, 15 minutes, 12 hours, changes from other sites, copied and guessed cookies. */
export async function sessionFigures(tries: number): Promise<SessionFigures> {
  const clock = new AheadClock();
  const spine = await startSpine({ redisUrl: undefined, withWorker: false, clock, settings: loose });
  try {
    await putPerson(spine, { email, role: 'coordinator' });
    await requireSecondFactor(spine, false);
    return {
      ...(await cookiesOf(spine)),
      ...(await idleness(spine, clock, Math.max(1, Math.ceil(tries / 20)))),
      endedAfterMinutes: await longestUse(spine, clock),
      ...(await forgeries(spine, tries)),
      ...(await replays(spine, tries)),
    };
  } finally {
    await spine.stop();
  }
}

/** What is tried is not refused for coming often. */
const loose = { SIGN_INS_PER_MINUTE: '100000', PERSON_REQUESTS_PER_MINUTE: '100000' };

async function cookiesOf(spine: Spine): Promise<Pick<SessionFigures, 'cookies' | 'strictCookies'>> {
  const response = await new Browser(spine).signIn(email);
  const set = [response.headers['set-cookie'] as unknown as string[] | undefined].flat();
  const strict = set.filter(
    (cookie) =>
      cookie?.startsWith('__Host-') &&
      ['HttpOnly', 'Secure', 'Path=/'].every((word) => cookie.includes(`; ${word}`)) &&
      /; SameSite=(Strict|Lax)/.test(cookie) &&
      !/domain=/i.test(cookie),
  );
  return { cookies: set.length, strictCookies: strict.length };
}

async function idleness(
  spine: Spine,
  clock: AheadClock,
  idleTries: number,
): Promise<Pick<SessionFigures, 'openBeforeIdle' | 'openAfterIdle' | 'idleTries'>> {
  let [openBeforeIdle, openAfterIdle] = [0, 0];
  for (let turn = 0; turn < idleTries; turn += 1) {
    clock.aheadMs = 0;
    const browser = await signedIn(spine, email);
    clock.aheadMs = 15 * minuteMs - 5_000;
    if (await isOpen(browser)) openBeforeIdle += 1;
    clock.aheadMs += 15 * minuteMs + 1_000;
    if (await isOpen(browser)) openAfterIdle += 1;
  }
  clock.aheadMs = 0;
  return { openBeforeIdle, openAfterIdle, idleTries };
}

async function longestUse(spine: Spine, clock: AheadClock): Promise<number> {
  const browser = await signedIn(spine, email);
  for (let minutes = 10; ; minutes += 10) {
    clock.aheadMs = minutes * minuteMs;
    if (!(await isOpen(browser)) || minutes > 24 * 60) {
      clock.aheadMs = 0;
      return minutes;
    }
  }
}

/** As browsers send changes for other sites' pages. */
const foreign: readonly Record<string, string | undefined>[] = [
  { 'x-openvob-csrf': undefined },
  { origin: 'https://evil.example' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { origin: 'null', 'sec-fetch-site': 'none' },
  { 'x-openvob-csrf': 'undefined', origin: 'https://app.example.evil' },
];
const changes = [
  ['post', '/v1/verifications'],
  ['post', '/v1/session/facility'],
  ['post', '/v1/views'],
  ['put', '/v1/drafts/request'],
  ['delete', '/v1/session'],
  ['delete', '/v1/sessions'],
] as const;

async function forgeries(spine: Spine, tries: number): Promise<Pick<SessionFigures, 'forged' | 'forgedSucceeded'>> {
  const browser = await signedIn(spine, email);
  let [forged, forgedSucceeded] = [0, 0];
  while (forged < tries)
    for (const headers of foreign)
      for (const [method, path] of changes) {
        const body = method === 'delete' ? undefined : {};
        const { status } = await browser.send(method, path, body, headers);
        forged += 1;
        if (status < 400 || status === 422) forgedSucceeded += 1;
      }
  if (!(await isOpen(browser))) forgedSucceeded += 1;
  return { forged, forgedSucceeded };
}

/** Cookies of sessions that were ended, cut, changed and guessed. */
async function replays(spine: Spine, tries: number): Promise<Pick<SessionFigures, 'replayed' | 'replaysOpened'>> {
  const ended = await signedIn(spine, email);
  const [[name = '', value = ''] = []] = [...ended.cookies];
  await ended.send('delete', '/v1/session');
  let replaysOpened = 0;
  for (let turn = 0; turn < tries; turn += 1) {
    const guess = [value, value.slice(0, -1), `${value.slice(0, -1)}A`, randomBytes(32).toString('base64url')][
      turn % 4
    ];
    const { status } = await ended.send('get', '/v1/session', undefined, { cookie: `${name}=${guess}` });
    if (status !== 401) replaysOpened += 1;
  }
  return { replayed: tries, replaysOpened };
}

async function isOpen(browser: Browser): Promise<boolean> {
  return (await browser.get('/v1/session')).status === 200;
}
