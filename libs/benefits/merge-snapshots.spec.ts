import fc from 'fast-check';
import { marked, mergeSnapshots, type PartAnswer } from './merge-snapshots';
import type { Snapshot } from './snapshot';
import { readLevels, readSubscriber, subscriberLevel } from './x12-271.fixture';

const part = (answer: string, ...segments: string[]): PartAnswer => ({ answer, snapshot: readSubscriber(...segments) });
const merge = (...parts: [PartAnswer, ...PartAnswer[]]): Snapshot => mergeSnapshots(parts);

/** A snapshot as text without its sources, lists in any order. */
function unsourced(snapshot: Snapshot): string {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((each) => JSON.stringify(plain(each))).sort();
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => key !== 'source' && key !== 'forOthers');
    return Object.fromEntries(entries.map(([key, each]) => [key, plain(each)]).sort());
  };
  return JSON.stringify(plain(snapshot));
}

const plan = 'EB*1**30**EXAMPLE PPO';
const base = 'EB*C*IND*30***23*1500*****Y';
const remaining = 'EB*C*IND*30***29*600*****Y';
const behavioral = 'EB*1**MH';

describe('several answers of one payer', () => {
  it('give back the one that stands alone as it is', () => {
    const only = part('inq_1', plan, base);
    expect(merge(only)).toBe(only.snapshot);
  });

  it('say each thing once, and from which answers it is', () => {
    const merged = merge(part('inq_1', plan, base), part('inq_2', plan, base, behavioral));
    expect(merged.accumulators).toMatchObject([{ limitCents: 150_000 }]);
    expect(merged.accumulators[0]?.source.map(({ answer }) => answer)).toEqual(['inq_1', 'inq_2']);
    expect(merged.coverages.map(({ serviceTypes, source }) => [serviceTypes, source.answer])).toEqual([
      [['30'], 'inq_1'],
      [['MH'], 'inq_2'],
    ]);
  });

  it('keep the figure that is told more fully, whichever answer tells it', () => {
    for (const parts of [
      [part('inq_1', plan, base), part('inq_2', plan, base, remaining)],
      [part('inq_1', plan, base, remaining), part('inq_2', plan, base)],
    ] as const) {
      expect(merge(...parts).accumulators).toMatchObject([{ limitCents: 150_000, remainingCents: 60_000 }]);
    }
  });

  it('keep both figures where they disagree', () => {
    const other = 'EB*C*IND*30***29*450*****Y';
    const merged = merge(part('inq_1', plan, base, remaining), part('inq_2', plan, base, other));
    expect(merged.accumulators.map(({ remainingCents }) => remainingCents)).toEqual([60_000, 45_000]);
  });

  it('are not spoiled by one that is rejected', () => {
    const good = part('inq_1', plan, base, behavioral);
    const rejected = part('inq_2', 'AAA*N**56*C');
    expect(rejected.snapshot.outcome).toBe('rejected');
    expect(merge(rejected, good)).toBe(good.snapshot);
  });

  it('are the first rejection when there is nothing else', () => {
    const first = part('inq_1', 'AAA*N**75*C');
    expect(merge(part('inq_2', 'AAA*N**71*C'), first)).toBe(first.snapshot);
  });

  it('keep the share of another member of the family apart from the patient’s own', () => {
    const merged = merge(part('inq_1', plan, 'EB*B*CHD*MH***27*30'), part('inq_2', plan, 'EB*B*IND*MH***27*30'));
    expect(merged.costShares).toHaveLength(2);
    const others = merged.basis?.forOthers.map(({ answer }) => answer);
    expect(others).toEqual(['inq_1']);
  });

  it('are active when one of them says so of the plan, and the other is about something else', () => {
    const merged = merge(part('inq_1', plan), part('inq_2', 'EB*6**35'));
    expect(merged.status).toBe('active');
  });

  it('name the administrator with whatever was said of how to reach it', () => {
    const bare = ['EB*U**MH', 'LS*2120', 'NM1*Y2*2*LANTERN BEHAVIORAL', 'LE*2120'];
    const full = ['EB*U**MH', 'LS*2120', 'NM1*Y2*2*LANTERN BEHAVIORAL*****MI*L77', 'PER*IC**TE*5550107007', 'LE*2120'];
    const merged = merge(part('inq_1', plan, ...bare), part('inq_2', plan, ...full));
    expect(merged.carveOut).toMatchObject({
      entity: 'LANTERN BEHAVIORAL',
      memberId: 'L77',
      source: { answer: 'inq_2' },
    });
  });

  it('fill in of the person what the first leaves out', () => {
    const [bare] = readLevels(subscriberLevel(plan)).snapshots;
    const [born] = readLevels(subscriberLevel('DMG*D8*19900412', plan)).snapshots;
    if (!bare || !born) throw new Error('no snapshot');
    const merged = merge({ answer: 'inq_1', snapshot: bare }, { answer: 'inq_2', snapshot: born });
    expect(merged.patient).toMatchObject({ lastName: 'EXAMPLE', birthDate: '1990-04-12' });
  });
});

const rows = [
  plan,
  behavioral,
  base,
  remaining,
  'EB*C*FAM*30***23*3000*****Y',
  'EB*G*IND*30***23*5000*****Y',
  'EB*G*IND*30***29*3900*****Y',
  'EB*A**MH*****.2****Y',
  'EB*B**CJ***7*40*****Y',
  'EB*B*CHD*MH***27*30*****Y',
  'EB*F*IND*MH***23***VS*30',
  'EB*F*IND*MH***29***VS*12',
  'EB*I**MH*******N',
  'EB*6**30',
  'EB*D**MH*****\nMSG*PRIOR AUTHORIZATION REQUIRED',
];
const answers = fc
  .subarray(rows, { minLength: 1 })
  .map((chosen) => readSubscriber(...chosen.flatMap((row) => row.split('\n'))));

describe('any answers', () => {
  it('merged with themselves are the same up to their sources', () => {
    fc.assert(
      fc.property(answers, (snapshot) => {
        const merged = merge({ answer: 'inq_1', snapshot }, { answer: 'inq_2', snapshot });
        expect(unsourced(merged)).toBe(unsourced(snapshot));
      }),
    );
  });

  it('merge to the same in any order, and however they are grouped', () => {
    fc.assert(
      fc.property(answers, answers, (one, two) => {
        const parts = [
          { answer: 'inq_1', snapshot: one },
          { answer: 'inq_2', snapshot: two },
        ] as const;
        expect(merge(parts[1], parts[0])).toEqual(merge(...parts));
      }),
    );
  });

  it('lose no source: each names its answer', () => {
    fc.assert(
      fc.property(answers, (snapshot) => {
        const sources = JSON.stringify(marked({ answer: 'inq_9', snapshot })).match(/"raw":/g) ?? [];
        const named = JSON.stringify(marked({ answer: 'inq_9', snapshot })).match(/"answer":"inq_9"/g) ?? [];
        expect(named).toHaveLength(sources.length);
      }),
    );
  });
});
