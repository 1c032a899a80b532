import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { estimate } from './estimate';
import { parseCaseText } from './parse-case';

/** A case worked out by hand; what `expected` leaves out is not compared, `null` means that the key is left out. */
interface WorkedCase {
  readonly name: string;
  readonly case: unknown;
  readonly expected: Json;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Extract<Json, { readonly [key: string]: Json }>;

const contract = resolve(__dirname, '../../../shared/contract/cases');
/** Compared whole and in order; in every other list an entry is looked up by the first of these keys that it has. */
const WHOLE_LISTS = ['perWeek', 'perPeriod'];
const LOOKED_UP_BY = ['id', 'date', 'code'];

describe('cases worked out by hand', () => {
  it.each(casesIn(join(__dirname, 'fixtures')))('$name', keepsToTheCent);
});

(existsSync(contract) ? describe : describe.skip)('cases of the contract', () => {
  it.each(existsSync(contract) ? casesIn(contract) : [])('$name', keepsToTheCent);
});

function casesIn(folder: string): WorkedCase[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

function keepsToTheCent({ case: given, expected }: WorkedCase): void {
  const parsed = parseCaseText(JSON.stringify(given));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const found: Json = JSON.parse(JSON.stringify(estimate(parsed.case)));
  expect(likeExpected(found, expected)).toEqual(expected);
}

/** What was found, cut down to what is expected, so that a difference shows in its place. */
function likeExpected(found: Json | undefined, expected: Json, key = ''): Json {
  if (expected === null || found === undefined) return found ?? null;
  if (isList(expected)) return isList(found) ? likeList(found, expected, key) : found;
  if (!isObject(expected) || !isObject(found)) return found;
  return Object.fromEntries(
    Object.keys(expected).map((name) => [name, likeExpected(found[name], expected[name] ?? null, name)]),
  );
}

function likeList(found: readonly Json[], expected: readonly Json[], key: string): Json {
  if (WHOLE_LISTS.includes(key)) return found;
  return expected.map((entry) => {
    const by = isObject(entry) ? LOOKED_UP_BY.find((name) => name in entry) : undefined;
    const match = found.find((one) => by !== undefined && isObject(one) && isObject(entry) && one[by] === entry[by]);
    return likeExpected(match, entry);
  });
}

function isList(json: Json): json is readonly Json[] {
  return Array.isArray(json);
}

function isObject(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !isList(json);
}
