import { aCase, aCoverage, aPeriod, copay } from './case.fixture';
import { combine, MOST_COMBINATIONS } from './hypotheses';
import { unknownsOf } from './unknowns';

const conflict = {
  structure: 'individual',
  individual: { limitCents: 100, usedCents: 30, remainingCents: 60 },
} as const;
const oneOf = [
  { order: 'copay', copayCents: 1 },
  { order: 'copay', copayCents: 2 },
] as const;
const open = { appliesTo: 'any', oneOf } as const;
const single = { appliesTo: 'any', oneOf: [oneOf[0]] } as const;
const nobody = { appliesTo: 'any', unknown: true } as const;
const approved = { required: 'yes', approvedDays: 5 } as const;

function ids(coverages: Parameters<typeof aCoverage>[0][], more = {}): string[] {
  return unknownsOf(aCase({ coverages: coverages.map(aCoverage), ...more })).map(({ id }) => id);
}

describe('unknowns', () => {
  it('stand in the order of their kinds, coverages, sides and rules', () => {
    const outOfNetwork = { periods: [aPeriod()], costShares: [copay(), open], authorization: approved };
    const both = {
      network: 'unknown',
      costShares: [nobody, single, open],
      authorization: approved,
      outOfNetwork,
    } as const;
    const periods = [aPeriod({ outOfPocket: conflict })];
    expect(ids([both, { ...both, periods }], { pendingClaims: {} })).toEqual([
      'network:0',
      'network:1',
      'cost_share:0:0',
      'cost_share:0:2',
      'cost_share:0:o1',
      'cost_share:1:0',
      'cost_share:1:2',
      'cost_share:1:o1',
      'accumulator_conflict',
      'pending_claims',
      'authorization:0',
      'authorization:0:o',
      'authorization:1',
      'authorization:1:o',
    ]);
  });

  it('are looked for on the sides that the network can make', () => {
    const outOfNetwork = { periods: [aPeriod({ deductible: conflict })], costShares: [open], authorization: approved };
    const own = { costShares: [nobody], authorization: approved };
    expect(ids([{ ...own, outOfNetwork, network: 'in' }])).toEqual(['cost_share:0:0', 'authorization:0']);
    expect(ids([{ ...own, outOfNetwork, network: 'out' }])).toEqual([
      'cost_share:0:o0',
      'accumulator_conflict',
      'authorization:0:o',
    ]);
    expect(ids([{ ...own, network: 'out' }])).toEqual(['cost_share:0:0', 'authorization:0']);
  });

  it.each([
    [{ required: 'yes' }, []],
    [{ required: 'no', approvedDays: 3 }, []],
    [{ required: 'yes', noAuthorizationPenaltyPercent: 25 }, []],
    [{ required: 'unknown' }, []],
    [{ required: 'yes', approvedDays: 0 }, ['authorization:0']],
    [{ required: 'unknown', approvedDays: 9 }, ['authorization:0']],
    [{ required: 'unknown', noAuthorizationPenaltyPercent: 0 }, ['authorization:0']],
  ] as const)('of the authorization %j are %j', (authorization, expected) => {
    expect(ids([{ authorization }])).toEqual(expected);
  });

  it('are none of pending claims without coverage', () => {
    expect(ids([], { pendingClaims: { deductibleCents: 5 } })).toEqual([]);
  });
});

describe('combinations', () => {
  const unknown = (id: string, answers: number) => ({
    id,
    answers,
    code: 'pending_claims' as const,
    pendingClaims: {},
  });

  it('hold every answer once', () => {
    const { others, leftOut } = combine([unknown('a', 2), unknown('b', 3)]);
    expect(others.map((hypothesis) => [...hypothesis.values()])).toEqual([
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
    expect(leftOut).toEqual([]);
  });

  it('leave out an unknown that would make too many, and try the next', () => {
    const unknowns = [unknown('a', 40), unknown('b', 2), unknown('c', 1), unknown('d', 65)];
    const { others, leftOut } = combine(unknowns);
    expect(others).toHaveLength(39);
    expect(leftOut.map(({ id }) => id)).toEqual(['b', 'd']);
  });

  it('are at most 64', () => {
    const { others, leftOut } = combine(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((id) => unknown(id, 2)));
    expect(others).toHaveLength(MOST_COMBINATIONS - 1);
    expect(leftOut.map(({ id }) => id)).toEqual(['g']);
  });
});
