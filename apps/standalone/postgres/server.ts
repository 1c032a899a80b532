import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, DatabaseError } from 'pg';
import { freePort } from '../ports';
import { runAs } from './account';
import type { Binaries } from './binaries';
import { dataOf, superuser } from './cluster';
import type { Place } from './place';
import { findPostmaster } from './postmaster';
import { serverSettings } from './settings';

/** How to reach the cluster: all that has to be remembered between two starts. */
export interface Login {
  readonly port: number;
  readonly password: string;
}

const portTries = 5;
/** SQLSTATE, PostgreSQL manual, appendix A. */
const invalidPassword = '28P01';
const patienceMs = 15_000;
const longestLogBytes = 5_000_000;

/**
 * Makes sure that a server runs on the place's cluster: one that survived its starter is adopted, or stopped when it does
 * not answer; else a new one is started, on another port when the remembered one is taken.
 *
 * @returns the port on which it listens
 * @throws Error with the server's own last words
 */
export async function ensureServer(
  place: Place,
  binaries: Binaries,
  options: { login: Login; durable: boolean },
): Promise<number> {
  const adopted = await adopt(place, binaries, options.login);
  if (adopted !== undefined) return adopted;
  for (let tries = 1; ; tries++) {
    const port = await freePort(tries === 1 ? options.login.port : undefined);
    const complaint = await start(place, binaries, { port, durable: options.durable });
    if (complaint === undefined) return port;
    if (tries === portTries || !/could not bind/i.test(complaint)) {
      throw new Error(`PostgreSQL did not start (log: ${logOf(place)}):\n${complaint}`);
    }
  }
}

/** Stops the server: open sessions are ended, what is committed is written out. */
export async function stopServer(place: Place, binaries: Binaries): Promise<void> {
  if (!findPostmaster(dataOf(place))) return;
  for (const mode of ['fast', 'immediate']) {
    const { code } = await runAs(place.account, binaries.pgCtl, [
      'stop',
      '-D',
      dataOf(place),
      '-m',
      mode,
      '-w',
      '-t',
      '20',
    ]);
    if (code === 0 || !findPostmaster(dataOf(place))) return;
  }
  throw new Error(`PostgreSQL does not stop (log: ${logOf(place)})`);
}

async function adopt(place: Place, binaries: Binaries, { password }: Login): Promise<number | undefined> {
  const running = findPostmaster(dataOf(place));
  if (!running) return undefined;
  const url = loginUrl({ port: running.port, password }, 'postgres');
  if ((await knockPatiently(url)) === 'open') return running.port;
  await stopServer(place, binaries);
  return undefined;
}

async function start(
  place: Place,
  binaries: Binaries,
  options: { port: number; durable: boolean },
): Promise<string | undefined> {
  const log = logOf(place);
  if (sizeOf(log) > longestLogBytes) truncateSync(log);
  const before = sizeOf(log);
  const command = ['start', '-D', dataOf(place), '-l', log, '-w', '-t', '60', '-o', serverSettings(options)];
  const { code, output } = await runAs(place.account, binaries.pgCtl, command);
  if (code === 0) return undefined;
  const words = existsSync(log) ? readFileSync(log).subarray(before).toString('utf8') : output;
  return words.trim().split('\n').slice(-10).join('\n');
}

/** The superuser's URL of a database of this server. */
export function loginUrl({ port, password }: Login, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`;
}

type Reply = 'open' | 'refused' | 'silent';

/** It may still be starting or recovering. */
async function knockPatiently(url: string): Promise<Reply> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const reply = await knock(url);
    if (reply !== 'silent' || performance.now() > deadline) return reply;
    await pause(50);
  }
}

/** Whether a server there lets us in, turns us away, or says nothing that we understand. */
async function knock(connectionString: string): Promise<Reply> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // told by the promise below
  try {
    await client.connect();
    await client.end();
    return 'open';
  } catch (error) {
    return error instanceof DatabaseError && error.code === invalidPassword ? 'refused' : 'silent';
  }
}

function logOf(place: Place): string {
  return join(place.folder, 'server.log');
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
