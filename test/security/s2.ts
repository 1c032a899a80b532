import { randomBytes } from 'node:crypto';
import { CipherError, FieldCipher, type OpenKeys, type Place } from '@openvob/platform';
import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { dataAtRest } from './s2.at-rest';

const columns = ['patient_first_name', 'patient_last_name', 'patient_birth_date'];

/**
 * S2: single bits flipped and ciphertexts moved to another row, column, table or facility, all refused; no IV twice; and nothing of people
 * who went the whole path in any table or file of the server.
 *
 * @param count bits flipped, and ciphertexts moved; a hundred times as many IVs are drawn, and a fiftieth as many people looked for
 */
export async function run({ count = 10_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return [...cipherRows(count), ...(await atRestRows(Math.ceil(count / 50)))];
}

async function atRestRows(people: number): Promise<Measurement[]> {
  const { tables, rows, files, megabytes, found } = await withServers(() => dataAtRest(people));
  for (const place of found) console.error(`  ${place}`);
  return [
    none(
      `fields of ${people} people in ${tables} tables, ${rows} rows`,
      found.filter((one) => !ofFile.test(one)).length,
      'places',
    ),
    none(
      `the same in ${files} data files and WAL, ${megabytes} MB`,
      found.filter((one) => ofFile.test(one)).length,
      'places',
    ),
  ];
}

const ofFile = /^(base|pg_wal)/;

function cipherRows(count: number): Measurement[] {
  const cipher = new FieldCipher({ current: '', keys: {}, index: Buffer.alloc(0) }, { of: (id) => keysOf(id) });
  const places = placesOf();
  const flipped = tries(count, (turn) => {
    const place = places[turn % places.length] ?? places[0];
    const bytes = cipher.encrypt(`canary ${turn}`, place);
    const bit = turn % (bytes.length * 8);
    bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return refuses(() => cipher.decrypt(bytes, place));
  });
  const moved = tries(count, (turn) => {
    const from = places[turn % places.length] ?? places[0];
    const to = places[(turn + 1 + (turn % (places.length - 1))) % places.length] ?? places[0];
    return refuses(() => cipher.decrypt(cipher.encrypt('canary', from), to));
  });
  return [
    all(`of ${count} flipped bits refused`, flipped, count, 'ciphertexts'),
    all(`of ${count} moves to another row, column, table or facility refused`, moved, count, 'ciphertexts'),
    none(
      `IVs drawn twice in ${count * 100} encryptions under one key`,
      repeatedIvs(cipher, places[0], count * 100),
      'IVs',
    ),
  ];
}

const kept = new Map<string, OpenKeys>();

function keysOf(facilityId: string): OpenKeys {
  const keys = kept.get(facilityId) ?? {
    current: 1,
    fields: new Map([[1, randomBytes(32)]]),
    index: [randomBytes(32)],
  };
  kept.set(facilityId, keys);
  return keys;
}

function placesOf(): [Place, ...Place[]] {
  const [first = placeOf('fac_a', 'admission_request', 'ver_1', ''), ...rest] = ['fac_a', 'fac_b'].flatMap((facility) =>
    ['admission_request', 'coverage'].flatMap((table) =>
      ['ver_1', 'ver_2'].flatMap((row) => columns.map((column) => placeOf(facility, table, row, column))),
    ),
  );
  return [first, ...rest];
}

function placeOf(facilityId: string, table: string, row: string, column: string): Place {
  return { facilityId, table, row, column };
}

function tries(count: number, one: (turn: number) => boolean): number {
  return Array.from({ length: count }, (_, turn) => one(turn)).filter(Boolean).length;
}

function refuses(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    return error instanceof CipherError;
  }
}

function repeatedIvs(cipher: FieldCipher, place: Place, count: number): number {
  const seen = new Set<string>();
  for (let turn = 0; turn < count; turn += 1) seen.add(cipher.encrypt('', place).subarray(5, 17).toString('latin1'));
  return count - seen.size;
}
