import { isIP } from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a number may be, and what it is when nobody says. */
interface Range {
  fallback: number;
  least: number;
  most: number;
}

/** Beyond 2147483647 milliseconds timers go off at once; no wait of ours is longer than this, a week. */
export const longestWaitSeconds = 604_800;
const shortestWaitSeconds = 0.1;
const day = 86_400_000;

/** The range of how often something is done, milliseconds. Below a tenth of a second it would do nothing else. */
export function everyMs(fallback: number): Range {
  return { fallback, least: 100, most: day };
}

/** A whole number; without one, or with nothing in it, the fallback. */
export function whole(env: Environment, name: string, { fallback, least, most }: Range, faults: string[]): number {
  const text = env[name];
  if (!text) return fallback;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  faults.push(`${name} must be a whole number from ${least} to ${most}, not "${text}"; leave it out for ${fallback}`);
  return fallback;
}

/** Others must know the port, so that 0 ("any free one") is none. */
export function port(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  faults.push(`${name} must be a port number from 1 to 65535, not "${text}"`);
  return fallback;
}

/** Waits between tries, in milliseconds. One of no length would try without pause. */
export function waits(env: Environment, name: string, fallback: readonly number[], faults: string[]): number[] {
  const text = env[name];
  const given = text ? text.split(',').map((part) => secondsOf(part.trim())) : [...fallback];
  const usable = given.every((value) => value >= shortestWaitSeconds && value <= longestWaitSeconds);
  if (!usable)
    faults.push(
      `${name} must be seconds from ${shortestWaitSeconds} to ${longestWaitSeconds} separated by commas, e.g. "15,60,300"; leave it out for ${fallback.join(',')}`,
    );
  return (usable ? given : [...fallback]).map((value) => value * 1000);
}

function secondsOf(text: string): number {
  return /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
}

/** What a process listens on: this machine alone when nobody says, never all addresses by an oversight. */
export function listenHost(env: Environment, faults: string[]): string {
  const text = env.HOST;
  if (!text) return '127.0.0.1';
  if (isIP(text) !== 0 || /^[\w.-]+$/.test(text)) return text;
  faults.push(
    'HOST must be an address or a name of this machine, e.g. 127.0.0.1, or 0.0.0.0 for all; PORT is the port',
  );
  return text;
}
