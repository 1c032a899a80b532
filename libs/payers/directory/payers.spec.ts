import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { blankPayer, changedPayer, type PayerRecord, payerNamed, rankPayers, readPayerFile } from './index';

/** The payers that come with the product, as an import would keep them. */
async function shippedPayers(): Promise<PayerRecord[]> {
  const payers = new Map<string, PayerRecord>();
  for await (const row of readPayerFile(createReadStream(join(__dirname, 'payers.csv')), [])) {
    if (!('change' in row)) throw new Error(JSON.stringify(row));
    const { payer, facts, identifier } = row.change;
    const before = payers.get(payer) ?? blankPayer(payer);
    const named = facts ? changedPayer(before, facts) : before;
    payers.set(payer, { ...named, identifiers: [...named.identifiers, ...(identifier ? [identifier] : [])] });
  }
  return [...payers.values()];
}

describe('the payers that come with the product', () => {
  let payers: PayerRecord[];
  beforeAll(async () => {
    payers = await shippedPayers();
  });

  test('are many, each with a name, and every id of them with its source and day', () => {
    expect(payers.length).toBeGreaterThan(80);
    expect(payers.filter(({ name }) => name === '')).toEqual([]);
    const ids = payers.flatMap(({ identifiers }) => identifiers);
    expect(ids.length).toBeGreaterThan(50);
    for (const { source, asOf } of ids)
      expect([source, asOf]).toEqual([expect.stringMatching(/^https:/), expect.stringMatching(/^20\d\d-/)]);
  });

  test.each([
    ['aetna', 'aetna'],
    ['atena', 'aetna'],
    ['aetan', 'aetna'],
    ['cig', 'cigna'],
    ['cigna', 'cigna'],
    ['sigma', undefined],
    ['uhc', 'unitedhealthcare'],
    ['united healthcare', 'unitedhealthcare'],
    ['unitedhealth', 'unitedhealthcare'],
    ['untied health care', 'unitedhealthcare'],
    ['humana', 'humana'],
    ['humanna', 'humana'],
    ['bcbs tx', 'bcbs_texas'],
    ['bcbstx', 'bcbs_texas'],
    ['blue cross texas', 'bcbs_texas'],
    ['blue sheild of texas', 'bcbs_texas'],
    ['bcbs nm', 'bcbs_new_mexico'],
    ['bcbs michigan', 'bcbs_michigan'],
    ['bcbs mi', 'bcbs_michigan'],
    ['bcbsm', 'bcbs_michigan'],
    ['bcbs ma', 'bcbs_massachusetts'],
    ['blue cross massachusets', 'bcbs_massachusetts'],
    ['bcbs illinois', 'bcbs_illinois'],
    ['bcbsil', 'bcbs_illinois'],
    ['bcbs nj', 'horizon'],
    ['horizon', 'horizon'],
    ['horizon blue cross', 'horizon'],
    ['florida blue', 'florida_blue'],
    ['bcbs florida', 'florida_blue'],
    ['blue shield california', 'blue_shield_california'],
    ['bsc', 'blue_shield_california'],
    ['anthem ohio', 'anthem_ohio'],
    ['anthem oh', 'anthem_ohio'],
    ['antem indiana', 'anthem_indiana'],
    ['anthem blue cross', 'anthem_california'],
    ['anthem virginia', 'anthem_virginia'],
    ['highmark delaware', 'highmark_delaware'],
    ['highmark wv', 'highmark_west_virginia'],
    ['carefirst', 'carefirst'],
    ['care first', 'carefirst'],
    ['premera', 'premera'],
    ['excelus', 'excellus'],
    ['kaiser washington', 'kaiser_washington'],
    ['kaiser hawaii', 'kaiser_hawaii'],
    ['kaiser northern california', 'kaiser_northern_california'],
    ['optum behavioral', 'optum_behavioral'],
    ['ubh', 'optum_behavioral'],
    ['carelon', 'carelon'],
    ['beacon', 'carelon'],
    ['beacon health options', 'carelon'],
    ['value options', 'carelon'],
    ['magellan', 'magellan'],
    ['magelan', 'magellan'],
    ['evernorth', 'evernorth_behavioral'],
    ['cigna behavioral', 'evernorth_behavioral'],
    ['new directions', 'lucet'],
    ['lucet', 'lucet'],
    ['mhn', 'mhn'],
    ['health net', 'health_net'],
    ['compsych', 'compsych'],
    ['tricare east', 'tricare_east'],
    ['tricare west', 'tricare_west'],
    ['tricare for life', 'tricare_for_life'],
    ['tfl', 'tricare_for_life'],
    ['medicare', 'medicare'],
    ['medi-cal', 'medi_cal'],
    ['california medicaid', 'medi_cal'],
    ['medicaid ny', 'medicaid_new_york'],
    ['texas medicaid', 'medicaid_texas'],
    ['umr', 'umr'],
    ['geha', 'geha'],
    ['meritain', 'meritain'],
    ['surest', 'surest'],
    ['allsavers', 'all_savers'],
    ['oscar', 'oscar'],
    ['oscr', 'oscar'],
    ['fep', 'fep'],
    ['sunshine health', 'sunshine'],
    ['ambetter florida', 'ambetter_florida'],
    ['qqqqqq', undefined],
    ['UHC Open Access Plus', 'unitedhealthcare'],
    ['UnitedHealthcare Choice Plus', 'unitedhealthcare'],
    ['uhc medicare', 'unitedhealthcare'],
    ['Aetna Choice POS II', 'aetna'],
    ['Aetan Open Access Managed Choice', 'aetna'],
    ['Aetna Medicare Advantage Premier', 'aetna'],
    ['Cigna Open Access Plus', 'cigna'],
    ['Humana Gold Plus', 'humana'],
    ['Medicare Part A', 'medicare'],
    ['Medicare Part B', 'medicare'],
    ['GEHA Standard Option', 'geha'],
    ['Medi-Cal Managed Care', 'medi_cal'],
    ['Oscar Classic Bronze Simple Off Exchange', 'oscar'],
    ['BCBS of Texas Blue Advantage Silver', 'bcbs_texas'],
    ['Horizon Omnia Silver', 'horizon'],
    ['gold open access', undefined],
  ])('are found as people type them: "%s"', (typed, id) => {
    expect(rankPayers(payers, typed)[0]?.payer.id).toBe(id && `pay_${id}`);
  });

  test('are found beside a plan that several of them have', () => {
    const found = rankPayers(payers, 'Tricare Prime').map(({ payer }) => payer.id);
    expect(found.slice(0, 3).sort()).toEqual(['pay_tricare_east', 'pay_tricare_for_life', 'pay_tricare_west']);
  });

  test.each([
    ['UHC', 'unitedhealthcare'],
    ['United Healthcare Insurance Company', 'unitedhealthcare'],
    ['Cigna Healthcare', 'cigna'],
    ['Aetna PPO', 'aetna'],
    ['Aetna Health Plan', 'aetna'],
    ['Humana Health Plan', 'humana'],
    ['Aetna Life Insurance', 'aetna'],
    ['Magelan Health', 'magellan'],
    ['Oscar Health Plan', 'oscar'],
    ['Carelon', 'carelon'],
    ['Carelon Behavioral', 'carelon'],
    ['Beacon Health Options', 'carelon'],
    ['Capital BlueCross', 'capital'],
    ['Capital Blue', 'capital'],
    ['CareFirst Blue Cross', 'carefirst'],
    ['BCBS of Texas', 'bcbs_texas'],
    ['Blue Shield of California', 'blue_shield_california'],
    ['Blue Cross of California', 'anthem_california'],
    ['Anthem of Ohio', 'anthem_ohio'],
    ['Aetna', 'aetna'],
    ['Horizon', 'horizon'],
    ['Tricare West', 'tricare_west'],
  ])('are taken by "%s" without asking back', (name, id) => {
    expect(payerNamed(payers, name)?.id).toBe(`pay_${id}`);
  });

  test.each([
    'BCBS',
    'Blue Cross Blue Shield',
    'Blue Cross',
    'Anthem',
    'Kaiser',
    'Kaiser Permanente',
    'Highmark',
    'Medicaid',
    'TRICARE',
    'Molina',
    'Ambetter',
    'BCBS of Kansas',
    'Blue Cross of Ohio',
    'Anthem of Kansas',
    'United',
    'Capital',
    'Capital Health Plan',
    'Capital Health',
    'Horizon NJ Health',
    'Horizon Health',
    'Horizon Healthcare',
    'Carelon Health',
    'Beacon Health',
    'Beacon Helth',
    'Beacon Health Plan',
    'Independence',
    'Independence Health Plan',
    'Surest Health Plan',
    'California',
    'Regence',
  ])('are never taken by "%s" alone', (name) => {
    expect(payerNamed(payers, name)).toBeUndefined();
  });
});
