import { type NamedPayer, payerNamed } from '@openvob/payers/directory';
import { FieldCipher, generateKeyRing, parseKeyRing } from '@openvob/platform';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { Database } from '../database';
import { PayerNameRow, PayerRow } from '../entities';
import { prefixQuery, referenceQuery, type SeededPayer, StoredPayerDirectory } from './payer-directory';
import { alikeQuery, byIndexQuery, foldNames, holdingQuery, PayerNameIndex, shortlistQuery } from './payer-name-index';

const now = new Date('2026-11-20T15:00:00Z');
const cipher = new FieldCipher(parseKeyRing(generateKeyRing()));

const payer = (id: string, name: string, more: Partial<SeededPayer> = {}): SeededPayer => ({
  id,
  name,
  aliases: [],
  memberIdPrefixes: [],
  ...more,
});

/** Invented payers whose names get in each other's way as those of real ones do. */
const payers: SeededPayer[] = [
  payer('pay_northwind', 'Northwind Health Plan', { aliases: ['Northwind', 'NWHP'], memberIdPrefixes: ['NWH'] }),
  payer('pay_northwind_ohio', 'Northwind Community Plan of Ohio', { states: ['OH'], memberIdPrefixes: ['NWHO'] }),
  payer('pay_blue_tx', 'Blue Cross and Blue Shield of Texas', { aliases: ['BCBSTX'], states: ['TX'] }),
  payer('pay_blue_ok', 'Blue Cross and Blue Shield of Oklahoma', { aliases: ['BCBSOK'], states: ['OK'] }),
  payer('pay_blue_ca', 'Blue Shield of California', { states: ['CA'] }),
  payer('pay_heron_in', 'Heron Blue Cross and Blue Shield of Indiana', { states: ['IN'], memberIdPrefixes: ['HRN'] }),
  payer('pay_heron_oh', 'Heron Blue Cross and Blue Shield of Ohio', { states: ['OH'] }),
  payer('pay_heron_ca', 'Heron Blue Cross', { states: ['CA'] }),
  payer('pay_lantern', 'Lantern Behavioral Network', { aliases: ['Lantern BH'], phone: '555-0107' }),
  payer('pay_first', 'Health First Plans'),
];

describe('the payer directory', () => {
  let home: TestDatabase;
  let database: Database;
  let directory: StoredPayerDirectory;

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 4 });
    directory = new StoredPayerDirectory(database, cipher);
    for (const one of payers) await directory.put(one, [connectionFor(one.id)], now);
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });

  const found = async (text: string): Promise<string[]> => (await directory.search(text, 50)).map(({ id }) => id);

  test.each([
    ['BCBS of Texas', 'pay_blue_tx'],
    ['bcbs tx', 'pay_blue_tx'],
    ['BCBS OK', 'pay_blue_ok'],
    ['Texas Blue Cross Blue Shield', 'pay_blue_tx'],
    ['Blue Cross Blue Sheild of Texas', 'pay_blue_tx'],
    ['Heron of Ohio', 'pay_heron_oh'],
    ['Heron Blue Cross', 'pay_heron_ca'],
    ['Northwind Ohio', 'pay_northwind_ohio'],
    ['Northwind', 'pay_northwind'],
    ['pay_lantern', 'pay_lantern'],
    ['EXT-PAY_LANTERN', 'pay_lantern'],
    ['Health First', 'pay_first'],
  ])('takes "%s" for %s without asking back', async (name, id) => {
    expect((await directory.byName(name)).exact?.id).toBe(id);
  });

  test.each([
    'Blue Cross Blue Shield',
    'BCBS',
    'Blue Cross of California',
    'BCBS of Ohio',
    'Heron',
    'Heron of California',
    'Heron of Illinois',
    'Northwind of Texas',
    'First Health',
    'Texas',
  ])('asks back about "%s"', async (name) => {
    expect((await directory.byName(name)).exact).toBeUndefined();
  });

  test('means by a name what a look at all payers would', async () => {
    const all: NamedPayer[] = payers;
    const names = [
      ...payers.flatMap(({ name, aliases }) => [name, ...aliases]),
      ...payers.map(({ name }) => name.slice(0, -1)),
      ...payers.map(({ name }) => name.replace('n', '')),
      ...payers.flatMap(({ name }) => name.split(' ')),
    ];
    const index = new PayerNameIndex(database.directory);
    const told = await Promise.all(names.map(async (name) => [name, (await index.meant(name))?.id]));
    expect(told).toEqual(names.map((name) => [name, payerNamed(all, name)?.id]));
  });

  test('offers the likest payers when it asks back', async () => {
    const { candidates } = await directory.byName('Heron');
    expect(candidates.map(({ id }) => id).sort()).toEqual(['pay_heron_ca', 'pay_heron_in', 'pay_heron_oh']);
    expect((await directory.byName('zzzz')).candidates).toEqual([]);
  });

  test('finds the payer of a member id, the longest prefix first', async () => {
    expect(await found('NWH0010001')).toEqual(['pay_northwind']);
    expect((await found('nwho 0010001')).slice(0, 2)).toEqual(['pay_northwind_ohio', 'pay_northwind']);
    expect(await found('HRN123A4567')).toEqual(['pay_heron_in']);
    expect(await found('HRN')).toContain('pay_heron_in');
    expect(await found('QQQ0010001')).toEqual([]);
  });

  test('finds by state, abbreviation and with typing errors', async () => {
    expect((await found('heron oh'))[0]).toBe('pay_heron_oh');
    expect((await found('bcbs ok'))[0]).toBe('pay_blue_ok');
    expect((await found('blue sheild califrnia'))[0]).toBe('pay_blue_ca');
    expect((await found('latnern'))[0]).toBe('pay_lantern');
    expect((await found('northw'))[0]).toBe('pay_northwind');
  });

  test.each([
    ['Northwind Open Access Managed', 'pay_northwind'],
    ['Lantern BH Choice Plus POS II', 'pay_lantern'],
    ['bcbs tx blue advantage gold', 'pay_blue_tx'],
  ])('finds a payer beside its plan: "%s"', async (text, id) => {
    expect((await found(text))[0]).toBe(id);
    expect((await directory.byName(text)).exact).toBeUndefined();
  });

  test('lists all by name, page by page', async () => {
    const seen: string[] = [];
    let after: { name: string; id: string } | undefined;
    do {
      const page = await directory.search('', 3, after);
      seen.push(...page.map(({ name }) => name));
      after = page.length === 3 ? page.at(-1) : undefined;
    } while (after);
    expect(new Set(seen).size).toBe(payers.length);
    expect(seen).toHaveLength(payers.length);
  });

  test('gives the number to call with a payer', async () => {
    expect(await directory.byId('pay_lantern')).toEqual({
      id: 'pay_lantern',
      name: 'Lantern Behavioral Network',
      phone: '555-0107',
    });
  });

  test('finds neither names nor ids of a payer that was withdrawn', async () => {
    await database.directory.update(PayerRow, { id: 'pay_first' }, { withdrawnAt: now });
    expect(await directory.byId('pay_first')).toBeUndefined();
    expect((await directory.byName('Health First Plans')).exact).toBeUndefined();
    expect((await directory.byName('ext-pay_first')).exact).toBeUndefined();
    expect(await found('health first')).not.toContain('pay_first');
    expect(await found('')).not.toContain('pay_first');
    await database.directory.update(PayerRow, { id: 'pay_first' }, { withdrawnAt: null });
  });

  test('folds names anew that an earlier edition folded', async () => {
    await database.directory.update(PayerNameRow, { payerId: 'pay_lantern' }, { foldedBy: 0, letters: 'stale' });
    expect((await directory.byName('Lantern Behavioral Network')).exact?.id).toBe('pay_lantern');
    expect(await foldNames(database.directory)).toBe(1);
    expect(await foldNames(database.directory)).toBe(0);
    expect(await database.directory.existsBy(PayerNameRow, { letters: 'lanternbehavioralnetwork' })).toBe(true);
  });

  describe('with 5,000 payers', () => {
    beforeAll(async () => {
      await database.directory.query(
        `INSERT INTO payer (id, name, member_id_prefixes, created_at)
         SELECT 'pay_many_' || n, word || ' ' || kind || ' ' || n, ARRAY['X' || n], now()
         FROM generate_series(1, 5000) n, LATERAL (SELECT (ARRAY['Aspen','Birch','Cedar','Dogwood','Elm','Fir'])[1 + n % 6] AS word,
           (ARRAY['Blue Cross','Health Plan','Mutual','Medicaid of Ohio'])[1 + n % 4] AS kind) made`,
      );
      await foldNames(database.directory);
      const owner = await Database.open({ url: home.ownerUrl, poolSize: 1 });
      await owner.directory.query('ANALYZE');
      await owner.close();
    }, 120_000);

    /** Kinds of node that read a table, with the table. */
    async function scansOf(query: string, parameters: unknown[], isByIndex: boolean): Promise<string[]> {
      const plan = await database.directory.transaction(async (manager) => {
        if (isByIndex) await manager.query(byIndexQuery, ['0.3']);
        return manager.query<{ 'QUERY PLAN': unknown }[]>(`EXPLAIN (FORMAT JSON) ${query}`, parameters);
      });
      return scansIn(plan);
    }

    test.each([
      ['a name', alikeQuery, ['northwind', 'northwind', ['n', 'nh']], false],
      ['words', holdingQuery, [['heron', 'ohio'], 'pay_heron_oh'], true],
      ['an id', referenceQuery, ['60054'], false],
      ['the beginning of a member id', prefixQuery, [['X', 'X1', 'X12', 'X123']], false],
      ['what was typed', shortlistQuery([3, 1, 1]), ['latnern', 'behav', 'latnernbehav', 200], true],
    ])('looks up %s by an index and never reads all', async (_what, query, parameters, isByIndex) => {
      const scans = await scansOf(query, parameters, isByIndex);
      expect(scans.length).toBeGreaterThan(0);
      expect(scans.filter((scan) => /^Seq Scan on (payer_name|payer)$/.test(scan))).toEqual([]);
    });

    test('still means and finds the same', async () => {
      expect((await directory.byName('BCBS of Texas')).exact?.id).toBe('pay_blue_tx');
      expect((await directory.byName('Aspen')).exact).toBeUndefined();
      expect((await found('latnern'))[0]).toBe('pay_lantern');
      expect((await found('Northwind Blue Cross Mutual Choice'))[0]).toBe('pay_northwind');
      expect(await found('X12345678')).toEqual(['pay_many_1234', 'pay_many_123', 'pay_many_12', 'pay_many_1']);
    });
  });

  test('a payer with a prefix, a phone or a name in none of the queries is no way around the others', async () => {
    expect(await found("'; DROP TABLE payer; --")).toEqual([]);
    expect(await found('%')).toEqual([]);
    expect(await found('_')).toEqual([]);
  });
});

function connectionFor(id: string): Parameters<StoredPayerDirectory['put']>[1][number] {
  return {
    id: id.replace('pay_', 'con_'),
    adapter: 'x12',
    payerReference: `ext-${id}`,
    endpointUrl: 'http://127.0.0.1:9/x12',
    settings: { senderId: 'TESTS', receiverId: 'PAYERS' },
    credentials: {},
    timeoutMs: 5000,
  };
}

function scansIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(scansIn);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Record<string, unknown>;
  const own = typeof node['Relation Name'] === 'string' ? [`${node['Node Type']} on ${node['Relation Name']}`] : [];
  return [...own, ...Object.values(node).flatMap(scansIn)];
}
