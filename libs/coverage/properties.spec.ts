import { type Snapshot, tells } from '@openvob/benefits';
import { readSubscriber } from '@openvob/benefits/x12-271.fixture';
import {
  type Arbitrary,
  array,
  assert,
  constantFrom,
  integer,
  option,
  property,
  record,
  shuffledSubarray,
  tuple,
  uniqueArray,
} from 'fast-check';
import { chooseIop } from './choose-iop';
import type { Chosen, IopBenefit } from './iop-benefit';

const PLAN = 'EB*1**30**GOLD*******Y';

type Rows = readonly string[];

const amount = integer({ min: 0, max: 5000 }).map(String);
const serviceType = constantFrom('30', '', 'MH', 'CJ', 'CH', 'AI', 'A8', 'A6', 'CF', '98', 'A7', 'PT');
const network = constantFrom('Y', 'W', '', 'N');

const costShare: Arbitrary<Rows> = record({
  kind: constantFrom('A', 'B'),
  type: serviceType,
  net: network,
  value: integer({ min: 0, max: 100 }),
  place: option(constantFrom('11', '22', '02', '21'), { nil: undefined }),
  message: option(constantFrom('TIER 1', 'INPATIENT', 'OFFICE VISIT', 'NOTE'), { nil: undefined }),
}).map(({ kind, type, net, value, place, message }) => [
  kind === 'A' ? `EB*A*IND*${type}*****${value / 100}****${net}` : `EB*B*IND*${type}***27*${value}*****${net}`,
  ...(message === undefined ? [] : [`MSG*${message}`]),
  ...(place === undefined ? [] : [`III*ZZ*${place}`]),
]);

/** Base, used and remaining of one accumulator; one key is generated once at most. */
const accumulators: Arbitrary<Rows[]> = uniqueArray(
  record({
    kind: constantFrom('C', 'G'),
    level: constantFrom('IND', 'FAM'),
    type: constantFrom('30', 'MH', 'CJ'),
    net: network,
    base: amount,
    used: option(amount, { nil: undefined }),
    remaining: option(amount, { nil: undefined }),
  }),
  { selector: ({ kind, level, type, net }) => `${kind}${level}${type}${net}`, maxLength: 6 },
).map((found) =>
  found.flatMap(({ kind, level, type, net, base, used, remaining }) => {
    const row = (period: string, value: string): Rows => [
      `EB*${kind}*${level}*${type}***${period}*${value}*****${net}`,
    ];
    return [
      row('23', base),
      ...(used === undefined ? [] : [row('24', used)]),
      ...(remaining === undefined ? [] : [row('29', remaining)]),
    ];
  }),
);

const other: Arbitrary<Rows> = tuple(
  constantFrom(
    'EB*F*IND*MH***29***VS*12',
    'EB*F*IND*30***32*9000',
    'EB*I**MH',
    'EB*I**CJ',
    'EB*1**MH',
    'EB*1**CJ',
    'EB*6**CF',
    'EB*D**MH********Y',
  ),
  network,
).map(([row, net]) => [withNetwork(row, net)]);

const answer: Arbitrary<Rows[]> = tuple(
  array(costShare, { maxLength: 6 }),
  accumulators,
  array(other, { maxLength: 4 }),
).map((parts) => parts.flat());

const iopOf = (rows: readonly Rows[]): IopBenefit =>
  chooseIop(snapshotOf(rows), { track: 'sud', network: 'in', setting: 'in_person' }).iop;
const snapshotOf = (rows: readonly Rows[]): Snapshot => readSubscriber(PLAN, ...rows.flat());

describe('properties of the choice', () => {
  it('the order of rows does not matter', () => {
    assert(
      property(
        answer.chain((rows) => tuple(constantFrom(rows), shuffledSubarray(rows, { minLength: rows.length }))),
        ([rows, shuffled]) => {
          expect(withoutSources(iopOf(shuffled))).toEqual(withoutSources(iopOf(rows)));
        },
      ),
    );
  });

  it('rows out of network change nothing in network', () => {
    assert(
      property(answer, answer, (rows, more) => {
        const outOfNetwork = more.map(([row = '', ...rest]) => [withNetwork(row, 'N'), ...rest]);
        expect(iopOf([...rows, ...outOfNetwork])).toEqual(iopOf(rows));
      }),
    );
  });

  it('service types in one row or in a row each are the same', () => {
    const types = uniqueArray(constantFrom('30', 'MH', 'CJ', 'AI', 'A7', 'PT'), { minLength: 1, maxLength: 4 });
    const row = constantFrom(
      'EB*1**#*********Y',
      'EB*A*IND*#*****.2****Y',
      'EB*B*IND*#***27*30*****Y',
      'EB*C*IND*#***23*500*****Y',
      'EB*I**#*********Y',
    );
    assert(
      property(array(tuple(row, types), { maxLength: 4 }), (rows) => {
        const joined = rows.map(([text, codes]) => [text.replace('#', codes.join('^'))]);
        const split = rows.flatMap(([text, codes]) => codes.map((code) => [text.replace('#', code)]));
        expect(gist(iopOf(split))).toEqual(gist(iopOf(joined)));
      }),
    );
  });

  it('every figure has a source that says it', () => {
    assert(
      property(answer, (rows) => {
        const snapshot = snapshotOf(rows);
        for (const chosen of chosenOf(iopOf(rows))) {
          expect(chosen.source.length).toBeGreaterThan(0);
          expect(chosen.rule).toMatch(/^1\.10\.\d+$/);
          for (const { segment, raw } of chosen.source)
            expect([segment, raw]).toEqual([expect.any(Number), expect.stringMatching(/^EB\*/)]);
          for (const { why, source } of chosen.alternatives)
            expect([why, source.length > 0]).toEqual([expect.stringMatching(/^1\.10\.\d+: /), true]);
        }
        for (const { amountCents, percent, source } of snapshot.costShares)
          expect([amountCents ?? percent, source.raw]).not.toContain(undefined);
      }),
    );
  });

  it('an office visit or inpatient care never supplies the share', () => {
    assert(
      property(answer, (rows) => {
        const { copay, coinsurance } = iopOf(rows);
        const snapshot = snapshotOf(rows);
        for (const chosen of [copay, coinsurance]) {
          const row = snapshot.costShares.find(({ source }) => source.segment === chosen?.source[0]?.segment);
          expect(row?.serviceTypes.some((code) => code === '98' || code === 'A7') ?? false).toBe(false);
          expect(tells(row?.messages, 'office') || tells(row?.messages, 'other_care')).toBe(false);
          expect(row?.network).not.toBe('out');
        }
      }),
    );
  });
});

describe('properties of the snapshot', () => {
  it('the order of segments in a loop does not matter where it has no meaning', () => {
    const person = [
      'REF*6P*G100',
      'REF*18*P1',
      'DMG*D8*19900101*F',
      'INS*Y*18',
      'DTP*346*D8*20260101',
      'N3*1 EXAMPLE STREET',
    ];
    const row = ['HSD*VS*30***21*1', 'REF*9F*X', 'DTP*292*RD8*20260101-20261231', 'MSG*NOTE'];
    assert(
      property(
        shuffledSubarray(person, { minLength: person.length }),
        shuffledSubarray(row, { minLength: row.length }),
        (first, second) => {
          const read = (one: Rows, two: Rows) => withoutSources(readSubscriber(...one, PLAN, 'EB*F*IND*MH', ...two));
          expect(read(first, second)).toEqual(read(person, row));
        },
      ),
    );
  });
});

function chosenOf(iop: IopBenefit): Chosen[] {
  const { copay, coinsurance, deductibleIndividual, deductibleFamily, outOfPocketIndividual, outOfPocketFamily } = iop;
  return [copay, coinsurance, deductibleIndividual, deductibleFamily, outOfPocketIndividual, outOfPocketFamily].flatMap(
    (each) => each ?? [],
  );
}

/** What an estimate takes from a decision. */
function gist(iop: IopBenefit): unknown {
  const { decision, conditions, authorization, unknowns } = iop;
  return { decision, conditions, authorization, unknowns, values: chosenOf(iop).map(({ value }) => value) };
}

/** EB12 set to a network. */
function withNetwork(row: string, net: string): string {
  const elements = row.split('*');
  while (elements.length < 13) elements.push('');
  elements[12] = net;
  return elements.join('*');
}

/** A deep copy without sources, lists of what has no order sorted. */
function withoutSources(value: unknown): unknown {
  if (Array.isArray(value))
    return value.map(withoutSources).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) =>
      key === 'source' || key === 'forOthers' ? [] : [[key, withoutSources(each)]],
    ),
  );
}
