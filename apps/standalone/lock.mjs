import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const pollMs = 50;

/**
 * Runs `work` while holding the lock file at `path`. Waits while another live process holds it;
 * a lock whose holder is dead is taken over.
 *
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  try {
    mkdirSync(dirname(path), { recursive: true });
    while (!take(path)) await pause(pollMs);
  } catch (cause) {
    throw new Error(`Cannot write to ${dirname(path)} (${cause.code}): is the folder another user's or read-only?`, {
      cause,
    });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    breakIfAbandoned(path);
    return false;
  }
}

function breakIfAbandoned(path) {
  const holder = readHolder(path);
  if (holder === undefined || isAlive(holder)) return;
  // Read again right before: another waiter may have taken the abandoned lock over in between.
  if (readHolder(path) === holder) rmSync(path, { force: true });
}

function readHolder(path) {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // released since, or its holder has not written its number yet
  }
}

/**
 * Whether a process with this number exists, whoever owns it.
 *
 * @param {number} pid
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
