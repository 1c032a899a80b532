import {
  type Arbitrary,
  anything,
  array,
  assert,
  constantFrom,
  integer,
  jsonValue,
  option,
  property,
  record,
  uniqueArray,
} from 'fast-check';
import { jsonFormatOf, snapshotsOfJson } from '../json/json-formats';
import type { Source } from '../snapshot';
import { dependentLevel, readLevels, subscriberLevel } from '../x12-271.fixture';
import { AVERY, benefit, COVERAGE, coded, item, RILEY, readFhir, response, usd } from './response.fixture';

/** One statement, said in a 271 and in FHIR. */
interface Said {
  readonly segments: readonly string[];
  readonly items: readonly object[];
}

const NETWORKS: Readonly<Record<string, object | undefined>> = {
  Y: coded('benefit-network', 'in'),
  N: coded('benefit-network', 'out'),
  '': undefined,
};
const UNITS = { IND: 'individual', FAM: 'family' } as const;
const TERMS: Readonly<Record<string, object | undefined>> = {
  21: coded('benefit-term', 'annual'),
  32: coded('benefit-term', 'lifetime'),
  '': undefined,
};

const serviceType = constantFrom('30', 'MH', 'CJ', 'A6', '98', '35');
const network = constantFrom('Y', 'N', '');
const dollars = integer({ min: 0, max: 90_000_00 }).map((cents) => cents / 100);

const counted: Arbitrary<Said> = record({
  type: serviceType,
  net: network,
  unit: constantFrom('IND', 'FAM'),
  term: constantFrom('21', '32', ''),
  kind: constantFrom('C', 'F'),
  allowed: dollars,
  used: option(dollars, { nil: undefined }),
}).map(({ type, net, unit, term, kind, allowed, used }) => {
  const row = (period: string, value: number) => `EB*${kind}*${unit}*${type}***${period}*${value}*****${net}`;
  const figures = { allowedMoney: usd(allowed), ...(used === undefined ? {} : { usedMoney: usd(used) }) };
  const parts = { network: NETWORKS[net], unit: coded('benefit-unit', UNITS[unit as 'IND']), term: TERMS[term] };
  return {
    segments: [row(term, allowed), ...(used === undefined ? [] : [row('24', used)])],
    items: [item(type, [benefit(kind === 'C' ? 'deductible' : 'benefit', figures)], parts)],
  };
});

const visits: Arbitrary<Said> = record({
  type: serviceType,
  net: network,
  allowed: integer({ min: 0, max: 99 }),
}).map(({ type, net, allowed }) => ({
  segments: [`EB*F**${type}***21***VS*${allowed}**${net}`],
  items: [
    item(type, [benefit('visit', { allowedUnsignedInt: allowed })], { network: NETWORKS[net], term: TERMS['21'] }),
  ],
}));

const share: Arbitrary<Said> = record({
  type: serviceType,
  net: network,
  kind: constantFrom('A', 'B'),
  value: integer({ min: 0, max: 100 }),
}).map(({ type, net, kind, value }) => ({
  segments: [kind === 'A' ? `EB*A**${type}*****${value / 100}****${net}` : `EB*B**${type}****${value}*****${net}`],
  items: [
    item(
      type,
      [
        kind === 'A'
          ? benefit('copay-percent', { allowedUnsignedInt: value })
          : benefit('copay', { allowedMoney: usd(value) }),
      ],
      { network: NETWORKS[net] },
    ),
  ],
}));

const rule: Arbitrary<Said> = record({
  type: serviceType,
  net: network,
  says: constantFrom('required', 'not required', 'excluded'),
  text: option(constantFrom('INPATIENT CARE', 'PRECERT REQUIRED'), { nil: undefined }),
}).map(({ type, net, says, text }) => {
  const network = NETWORKS[net];
  const description = { description: text };
  const message = text === undefined ? [] : [`MSG*${text}`];
  if (says === 'excluded') {
    return {
      segments: [`EB*E**${type}*********${net}`, ...message],
      items: [item(type, [], { network, excluded: true, ...description })],
    };
  }
  const authorizationRequired = says === 'required';
  return {
    segments: [`EB*D**${type}********${authorizationRequired ? 'Y' : 'N'}*${net}`, ...message],
    items: [item(type, [], { network, authorizationRequired, ...description })],
  };
});

const PERSON = ['NM1*IL*1*EXAMPLE*AVERY****MI*W100', 'REF*6P*GRP7', 'DMG*D8*19900101*F'];
const PLAN_DATES = ['DTP*346*D8*20260101', 'DTP*347*D8*20261231'];

/** The 271 that says the same as the invented response with these items. */
function said271(said: readonly Said[]): unknown {
  const head = ['HL*3*2*22*0', ...PERSON, ...PLAN_DATES, 'EB*1****EXAMPLE PPO'];
  return readLevels([...head, ...said.flatMap(({ segments }) => segments)]).snapshots[0];
}

function saidFhir(said: readonly Said[]): unknown {
  const insurance = [{ coverage: { reference: '#coverage' }, inforce: true, item: said.flatMap(({ items }) => items) }];
  const npi = { system: 'http://hl7.org/fhir/sid/us-npi', value: '1234567893' };
  const requestor = { identifier: npi, display: 'EXAMPLE RECOVERY CENTER' };
  return readFhir(response({ insurance, requestor })).snapshots[0];
}

/** Without what differs between the two: places, and the codes of the reader's own `basis`. */
function withoutPlaces(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPlaces);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'forOthers');
  return Object.fromEntries(kept.map(([key, each]) => [key, withoutPlaces(each)]));
}

describe('a FHIR response', () => {
  it('gives the snapshot of the 271 that says the same', () => {
    const statements = array(
      constantFrom(counted, visits, share, rule).chain((each) => each),
      { maxLength: 6 },
    );
    assert(
      property(statements, (said) => {
        expect(withoutPlaces(saidFhir(said))).toEqual(withoutPlaces(said271(said)));
      }),
      { numRuns: 300 },
    );
  });

  it('about a dependent gives the snapshot of the 271 about them', () => {
    const levels = [
      ...subscriberLevel().filter((segment) => !segment.startsWith('TRN')),
      'HL*4*3*23*0',
      ...dependentLevel('INS*N*19', 'REF*6P*GRP7', 'EB*1****EXAMPLE PPO').slice(2),
    ];
    const child = {
      ...COVERAGE,
      beneficiary: { reference: '#riley' },
      relationship: coded('subscriber-relationship', 'child'),
      period: undefined,
    };
    const avery = { ...AVERY, birthDate: undefined };
    const document = response({ contained: [avery, RILEY, child], patient: { reference: '#riley' } });
    const [ofFhir] = readFhir(document).snapshots;
    const [of271] = readLevels(levels).snapshots;
    expect(withoutPlaces({ ...ofFhir, provider: {} })).toEqual(withoutPlaces({ ...of271, provider: {} }));
  });
});

describe('whatever stands in a FHIR document', () => {
  const anyValue = jsonValue({ maxDepth: 4 });

  it('is read without a crash, every figure from a place that is there', () => {
    const parts = uniqueArray(constantFrom(...PLACES), { maxLength: 8 });
    assert(
      property(parts, array(anyValue, { minLength: 8, maxLength: 8 }), (places, values) => {
        const changed = copyOf(FULL) as object;
        places.forEach((place, index) => {
          putAt(changed, place, copyOf(values[index]));
        });
        // As text may hold it: behind the end of a list there are no gaps.
        const document = copyOf(changed) as object;
        const { snapshots, issues } = readAny(document);
        const paths = [...sourcesIn(snapshots), ...issues.map(({ at }) => at)];
        expect(paths.filter((path) => !leadsTo(document, path))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('is read without a crash where it is no document at all', () => {
    assert(
      property(anything(), (value) => {
        const insurance = [{ coverage: value, item: [value, { category: value, benefit: [value] }] }];
        readAny(response({ patient: value, insurer: value, insurance, contained: value }));
        expect(jsonFormatOf(value)).toBeUndefined();
      }),
    );
  });
});

function copyOf(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
}

/** A response with something in every place that is read. */
const FULL = {
  resourceType: 'Bundle',
  entry: [
    {
      fullUrl: 'urn:uuid:1',
      resource: response({
        disposition: 'In force',
        requestor: { reference: '#avery', display: 'X', identifier: { system: 'x', value: '1' } },
        error: [{ code: coded('adjudication-error', 'a001') }],
        insurance: [
          {
            coverage: { reference: '#coverage' },
            inforce: true,
            benefitPeriod: { start: '2026-01-01', end: '2026-12-31' },
            extension: [{ url: 'x', valueString: 'x' }],
            item: [
              item(
                'MH',
                [
                  benefit('deductible', { allowedMoney: usd(1500), usedMoney: usd(2) }),
                  benefit('copay-percent', { allowedUnsignedInt: 20 }),
                  benefit('copay-maximum', { allowedMoney: usd(100) }),
                  benefit('copay', { allowedString: '$25' }),
                  benefit('visit', { allowedUnsignedInt: 30, usedUnsignedInt: 3 }),
                ],
                {
                  unit: coded('benefit-unit', 'individual'),
                  term: coded('benefit-term', 'annual'),
                  name: 'Therapy',
                  description: 'A description',
                  authorizationRequired: true,
                  excluded: false,
                },
              ),
              item('98', [], { excluded: true, description: 'Inpatient' }),
            ],
          },
        ],
      }),
    },
  ],
};

/** Pointers of all places of the full document. */
const PLACES = placesOf(FULL, '');

function placesOf(value: unknown, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, each]) => placesOf(each, `${at}/${key}`))].filter(
    (place) => place !== '' && !place.endsWith('/resourceType') && place !== '/entry',
  );
}

function putAt(document: object, pointer: string, value: unknown): void {
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  let holder: unknown = document;
  for (const key of keys) {
    if (typeof holder !== 'object' || holder === null) return;
    holder = (holder as Record<string, unknown>)[key];
  }
  if (typeof holder === 'object' && holder !== null) (holder as Record<string, unknown>)[last] = value;
}

function readAny(document: unknown): ReturnType<typeof snapshotsOfJson> {
  return snapshotsOfJson(document, 'fhir-r4');
}

function sourcesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'source' ? [each as Source | Source[]].flat().map(({ path }) => path ?? 'no path') : sourcesIn(each),
  );
}

/** True when a pointer leads to a place of the document, whatever stands there. */
function leadsTo(document: object, path: string): boolean {
  let value: unknown = document;
  for (const key of path.split('/').slice(1)) {
    const name = key.replace(/~1/g, '/').replace(/~0/g, '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return false;
    value = (value as Record<string, unknown>)[name];
  }
  return true;
}

describe('every figure of a FHIR response', () => {
  it('has a source', () => {
    const { snapshots } = readFhir(FULL);
    const figures = snapshots.flatMap(({ accumulators, costShares, limits }) => [
      ...accumulators,
      ...costShares,
      ...limits,
    ]);
    expect(figures.length).toBeGreaterThanOrEqual(4);
    for (const { source } of figures) expect([source].flat().every(({ path }) => path?.startsWith('/'))).toBe(true);
  });
});
