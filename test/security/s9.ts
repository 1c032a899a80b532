import { randomUUID } from 'node:crypto';
import { freePort } from '../../apps/standalone/ports';
import { Fleet } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import { all, atMost, none } from './bar.rows';
import { overDatabase } from './bar.servers';

const limit = 100;
const settings = { KEY_REQUESTS_PER_MINUTE: String(limit), SIGN_INS_PER_MINUTE: String(limit) };
const windowMs = 60_000;

/**
 * S9: so many requests at once over two API processes, with a key and without one, every one with another forged address; and no client of a
 * proxy that is not ours is believed.
 *
 * @param count requests at once
 */
export function run({ count = 1000 }: { count?: number } = {}): Promise<Measurement[]> {
  return overDatabase(async (where) => {
    const fleet = await Fleet.start({ ...where, settings });
    try {
      const port = await freePort();
      await fleet.launch('api', { PORT: String(port) });
      const urls = [fleet.apiUrl, `http://127.0.0.1:${port}`];
      const byKey = await together(count, urls, (url, turn) => read(url, fleet.apiKey, turn));
      const signIns = await together(count, urls, signIn);
      return [
        atMost(
          `of ${count} requests at once over 2 processes with one key: let through`,
          given(byKey),
          limit,
          'requests',
        ),
        all('of these, the whole allowance was given', given(byKey), limit, 'requests'),
        atMost(
          `of ${count} sign-ins at once from one address that claims others: looked at`,
          given(signIns),
          limit,
          'sign-ins',
        ),
        none('answers but 429 with Retry-After to the rest', rest([...byKey, ...signIns]), 'answers'),
      ];
    } finally {
      await fleet.stop();
    }
  });
}

interface Got {
  status: number;
  retryAfter: string | null;
}

/** Within one minute of the clock, which allowances go by. */
async function together(
  count: number,
  urls: readonly string[],
  send: (url: string, turn: number) => Promise<Response>,
): Promise<Got[]> {
  const left = windowMs - (Date.now() % windowMs);
  if (left < 30_000) await new Promise((resolve) => setTimeout(resolve, left + 500));
  return Promise.all(
    Array.from({ length: count }, async (_, turn) => {
      const response = await send(urls[turn % urls.length] ?? '', turn);
      await response.arrayBuffer();
      return { status: response.status, retryAfter: response.headers.get('retry-after') };
    }),
  );
}

const forged = (turn: number): Record<string, string> => {
  const address = `203.0.${Math.floor(turn / 250)}.${turn % 250}`;
  return { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}`, 'cf-connecting-ip': address };
};

function read(url: string, key: string, turn: number): Promise<Response> {
  return fetch(`${url}/v1/programs`, { headers: { authorization: `Bearer ${key}`, ...forged(turn) } });
}

function signIn(url: string, turn: number): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-openvob-csrf': '1', ...forged(turn) };
  const body = JSON.stringify({ email: `${randomUUID()}@testwood.example`, password: 'none of ours at all' });
  return fetch(`${url}/v1/session`, { method: 'POST', headers, body });
}

function given(answers: readonly Got[]): number {
  return answers.filter(({ status }) => status !== 429).length;
}

function rest(answers: readonly Got[]): number {
  const known = answers.filter(({ status, retryAfter }) =>
    status === 429 ? retryAfter !== null : status === 200 || status === 401,
  );
  return answers.length - known.length;
}
