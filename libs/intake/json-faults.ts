import type { Fault } from './request';

/** A place in a JSON value. */
export interface JsonPlace {
  pointer: string;
  key: string;
  value: unknown;
}

/** Every place below the root, found without recursion so that a hostile body cannot exhaust the stack. */
export function* placesIn(root: unknown): Generator<JsonPlace> {
  const open: { pointer: string; value: object }[] = isContainer(root) ? [{ pointer: '', value: root }] : [];
  for (let container = open.pop(); container; container = open.pop()) {
    for (const [key, value] of Object.entries(container.value)) {
      const pointer = `${container.pointer}/${escapeKey(key)}`;
      yield { pointer, key, value };
      if (isContainer(value)) open.push({ pointer, value });
    }
  }
}

/** True when objects and lists stand in each other more than `limit` deep; also found without recursion. */
export function isDeeperThan(root: unknown, limit: number): boolean {
  let level = [root].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= limit) return true;
    level = level.flatMap((value) => Object.values(value) as unknown[]).filter(isContainer);
  }
  return false;
}

/**
 * What can be neither stored nor sent on, wherever it stands: numbers beyond what JSON readers hold (`1e400`), halves of surrogate pairs, control
 * characters.
 *
 * @param blanks whether tabs and line breaks are let through, for text that may have several lines
 */
export function unkeepable(root: unknown, blanks: 'allowed' | 'refused'): Fault[] {
  const controls = blanks === 'allowed' ? controlsButBlanks : allControls;
  const faults: Fault[] = [];
  for (const { pointer, value } of placesIn(root)) {
    if (typeof value === 'number' && !Number.isFinite(value))
      faults.push({ pointer, code: 'out_of_range', detail: 'is a number too large to be kept' });
    if (typeof value !== 'string') continue;
    if (loneSurrogate.test(value))
      faults.push({ pointer, code: 'malformed', detail: 'holds half a character (a lone surrogate)' });
    else if (controls.test(value))
      faults.push({ pointer, code: 'character_not_allowed', detail: 'holds a control character' });
  }
  return faults;
}

/** A copy with empty text and 0 in the place of what `unkeepable` names, for readers that fail over it. Recurses: not for what may be deep. */
export function withoutUnkeepable(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : 0;
  if (typeof value === 'string') return loneSurrogate.test(value) || allControls.test(value) ? '' : value;
  if (Array.isArray(value)) return value.map(withoutUnkeepable);
  if (!isContainer(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutUnkeepable(item)]));
}

const loneSurrogate = /\p{Cs}/u;
const allControls = /\p{Cc}/u;
const controlsButBlanks = /(?![\t\n\r])\p{Cc}/u;

/**
 * Fields named like members that every object has (`toString`, `__proto__`, `constructor`): no request has such fields, and what reads objects by name
 * must not meet them.
 */
export function inheritedNames(root: unknown): Fault[] {
  const detail = 'is not a field of this request: check its spelling or leave it out';
  return [...placesIn(root)]
    .filter(({ key }) => key in Object.prototype)
    .map(({ pointer }) => ({ pointer, code: 'unknown_field', detail }));
}

/** A key as a part of a JSON Pointer (RFC 6901). */
export function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Whether a body has more fields and items than so many, wherever they stand. It is walked no further than that. */
export function hasMoreFieldsThan(body: unknown, most: number): boolean {
  const waiting: unknown[] = [body];
  let seen = 0;
  for (let value = waiting.pop(); seen <= most; value = waiting.pop()) {
    if (typeof value === 'object' && value !== null) {
      const inside = Object.values(value);
      seen += inside.length;
      if (seen <= most) waiting.push(...inside);
    }
    if (waiting.length === 0) break;
  }
  return seen > most;
}
