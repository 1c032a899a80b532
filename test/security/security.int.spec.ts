import { Client } from 'pg';
import { createTestDatabase } from '../setup/database';
import type { Measure } from '../setup/measure';
import { barsIn } from './all';
import { catalogFaults } from './s6.catalog';

/** How much of each bar runs here; `npm run security -- all` runs them at full size. */
const small: Readonly<Record<string, number>> = {
  s1: 4,
  s2: 500,
  s3: 20,
  s4: 100,
  s5: 300,
  s6: 200,
  s8: 36,
  s11: 30,
  s12: 2,
  s14: 300,
  s15: 500,
  s16: 500,
  s17: 1,
  s18: 30,
};

/** Bars that run suites of `npm test`, and those that judge what `npm run check` judges. */
const elsewhere = new Set(['s7', 's9', 's10', 's22']);

/** What something costs is told on a calm machine alone. */
const costs = new Set(['ms', 'MB']);

test.each(barsIn(__dirname).filter((bar) => !elsewhere.has(bar)))(
  '%s holds at a small size',
  async (bar) => {
    const { run } = require(`./${bar}`) as { run: Measure };
    const count = small[bar];
    const rows = await run(count === undefined ? {} : { count });
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ pass, unit }) => pass === false && !costs.has(unit))).toEqual([]);
  },
  240_000,
);

test('a table of a facility without row-level security is found, and a right that is too wide', async () => {
  const database = await createTestDatabase();
  const owner = new Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query('CREATE TABLE planted (id text PRIMARY KEY, facility_id text NOT NULL REFERENCES facility)');
    await owner.query('CREATE TABLE planted_note (id text PRIMARY KEY, words text)');
    await owner.query('GRANT UPDATE ON audit_entry TO openvob_app; GRANT SELECT ON planted TO PUBLIC');
    expect((await catalogFaults(owner)).sort()).toEqual([
      'audit_entry: UPDATE for openvob_app',
      'planted: SELECT for PUBLIC',
      'planted: no policy',
      'planted: row-level security is not forced',
      'planted_note: has no facility_id and is not named as shared',
    ]);
  } finally {
    await owner.end();
    await database.drop();
  }
});
