import { createHmac, randomBytes } from 'node:crypto';
import { FieldCipher, generateKeyRing, type OpenKeys, parseKeyRing } from '@openvob/platform';
import { SuiteClock } from '../setup/clock';
import type { Measurement } from '../setup/measure';
import { admissionOf, SealedFacility } from '../setup/sealed-facility';
import { all, atMost, none } from './bar.rows';
import { overDatabase } from './bar.servers';

const facility = 'fac_indexed';
const asked = 200;
/** Different first three letters. */
const starts = 400;

/**
 * S4, blind indexes: everybody is found by last name, first three letters, birth date and member id, and nobody else; without the key a
 * dump confirms no guess.
 *
 * @param count people
 */
export function run({ count = 100_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return overDatabase(async (home) => {
    const clock = new SuiteClock(new Date().toISOString());
    const one = await SealedFacility.open(
      { ...home, name: '', drop: async () => undefined },
      { ring: generateKeyRing(), clock },
    );
    try {
      await one.setUp(facility);
      const ids = await filled(one, count);
      const people = Array.from(
        { length: Math.min(asked, count) },
        (_, turn) => Math.floor((turn * count) / asked) % count,
      );
      let [missed, foreign] = [0, 0];
      const tookMs: number[] = [];
      for (const place of people)
        for (const q of [nameOf(place), memberOf(place)]) {
          const startedAt = performance.now();
          const found = await one.search(facility, q, 10);
          tookMs.push(performance.now() - startedAt);
          if (!found.includes(ids[place] ?? '')) missed += 1;
          foreign += found.filter((id) => id !== ids[place]).length;
        }
      const groups = await searchGroups(one, ids, people.slice(0, 20));
      return [
        none(`searches of ${people.length * 2} by name and member id among ${count} that missed`, missed, 'searches'),
        none('others found by them', foreign, 'people'),
        none(`people missed by ${groups.searches} searches by first letters and birth date`, groups.missed, 'people'),
        none('others found by them, by letters or date', groups.foreign, 'people'),
        ...(count >= 10_000 ? [atMost('one search by name or member id, 95th of 100', p95(tookMs), 50, 'ms')] : []),
        all('index key differs from every data key', differs(), 1, 'keys'),
        none('of 10000 guesses confirmed by a dump without the key', confirmed(10_000), 'guesses'),
      ];
    } finally {
      await one.database.close();
    }
  });
}

const startOf = (place: number): string => nameOf(place).slice(0, 3);

/** By the first letters and by birth date many are found: those, all of them, and nobody else. */
async function searchGroups(
  one: SealedFacility,
  ids: readonly string[],
  places: readonly number[],
): Promise<{ searches: number; missed: number; foreign: number }> {
  const letters = places.slice(0, 2).map((place) => ({ q: nameOf(place).slice(0, 3), of: startOf }));
  const keys = [...letters, ...places.map((place) => ({ q: birthOf(place), of: birthOf }))];
  let [missed, foreign] = [0, 0];
  for (const { q, of } of keys) {
    const wanted = new Set(ids.filter((_, place) => of(place) === q));
    const found = new Set(await one.search(facility, q, ids.length));
    missed += [...wanted].filter((id) => !found.has(id)).length;
    foreign += [...found].filter((id) => !wanted.has(id)).length;
  }
  return { searches: keys.length, missed, foreign };
}

function p95(times: number[]): number {
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
}

async function filled(one: SealedFacility, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < count; from += 500) {
    const places = Array.from({ length: Math.min(500, count - from) }, (_, turn) => from + turn);
    ids.push(
      ...(await one.take(
        facility,
        places.map((place) => ({ ...admissionOf(nameOf(place), birthOf(place), memberOf(place)) })),
      )),
    );
  }
  return ids;
}

/** A name of its own for each, in letters; its first three are shared as surnames share them: the commonest by near 2 of 100 people. */
function nameOf(place: number): string {
  const spread = ((place * 7_919) % 100_003) / 100_003;
  return `${lettersOf(Math.floor(starts * spread ** 1.5), 3)}${lettersOf(place, 5)}`;
}

function lettersOf(number: number, length: number): string {
  const digits = number.toString(26).padStart(length, '0');
  return [...digits].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join('');
}

const memberOf = (place: number): string => `NWH${String(place).padStart(8, '0')}`;
const birthOf = (place: number): string => new Date(Date.UTC(1940, 0, 1 + (place % 25_000))).toISOString().slice(0, 10);

function differs(): number {
  const ring = parseKeyRing(generateKeyRing());
  return Object.values(ring.keys).some((key) => key.equals(ring.index)) ? 0 : 1;
}

/** Whoever holds the hashes alone tries names under no key and under keys of their own. */
function confirmed(guesses: number): number {
  const keys: OpenKeys = { current: 1, fields: new Map([[1, randomBytes(32)]]), index: [randomBytes(32)] };
  const cipher = new FieldCipher({ current: '', keys: {}, index: Buffer.alloc(0) }, { of: () => keys });
  const dump = new Set(
    Array.from({ length: 100 }, (_, n) => cipher.blindIndex('last_name', facility, nameOf(n)).toString('hex')),
  );
  return Array.from({ length: guesses }, (_, n) =>
    createHmac('sha256', randomBytes(32))
      .update(`last_name\0${facility}\0${nameOf(n % 100)}`)
      .digest('hex'),
  ).filter((guess) => dump.has(guess)).length;
}
