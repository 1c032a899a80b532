import { readX12 } from '@openvob/x12';
import type { Snapshot } from '../snapshot';
import {
  dependentLevel,
  issueCodes,
  readLevels,
  readSubscriber,
  subscriberLevel,
  text271,
  unsourced,
} from '../x12-271.fixture';
import { snapshotsOf271 } from './snapshots-of-271';

const names = (snapshots: readonly Snapshot[]) => snapshots.map(({ patient }) => patient.firstName ?? '-');

describe('who gets an answer', () => {
  it.each([
    ['a subscriber with benefits', subscriberLevel('EB*1**30'), ['AVERY']],
    ['a subscriber of whom nothing is said, with nobody below', subscriberLevel(), ['AVERY']],
    [
      'a dependent with benefits, not the subscriber above',
      [...subscriberLevel(), ...dependentLevel('EB*1**30')],
      ['RILEY'],
    ],
    [
      'both when both have benefits',
      [...subscriberLevel('EB*1**30'), ...dependentLevel('EB*1**30')],
      ['AVERY', 'RILEY'],
    ],
    [
      'a rejected subscriber, not the dependent of whom nothing is said',
      [...subscriberLevel('AAA*Y**72*C'), ...dependentLevel()],
      ['AVERY'],
    ],
    ['a rejected dependent', [...subscriberLevel(), ...dependentLevel('AAA*Y**67*C')], ['RILEY']],
    [
      'a dependent of whom nothing is said, when nobody else is answered',
      [...subscriberLevel(), ...dependentLevel()],
      ['RILEY'],
    ],
    ['nobody, when the provider was rejected first', ['AAA*Y**50*N'], ['-']],
    ['nobody, when there is neither person nor rejection', [], []],
  ])('%s', (_, levels, expected) => {
    expect(names(readLevels(levels).snapshots)).toEqual(expected);
  });

  it('leaves persons empty in a transaction that was rejected before anybody was named', () => {
    const [snapshot] = readLevels(['AAA*Y**50*N']).snapshots;
    expect(snapshot).toMatchObject({ outcome: 'rejected', subscriber: {}, patient: {}, status: 'unknown' });
    expect(snapshot?.rejections).toMatchObject([{ level: 'provider', code: '50', followUp: 'N' }]);
  });

  it('repeats rejections of payer and provider in every answer below, those of the subscriber not', () => {
    const levels = ['AAA*Y**43*C', ...subscriberLevel('AAA*Y**72*C'), ...dependentLevel('EB*1**30')];
    const { snapshots } = readLevels(levels);
    expect(snapshots.map(({ rejections }) => rejections.map(({ level, code }) => `${level} ${code}`))).toEqual([
      ['provider 43', 'subscriber 72'],
      ['provider 43'],
    ]);
    expect(snapshots.map(({ outcome }) => outcome)).toEqual(['rejected', 'benefits']);
  });

  it('answers every transaction of a file with two interchanges in file order', () => {
    const file = readX12(text271(subscriberLevel('EB*1**30')) + text271(subscriberLevel('EB*6**30')));
    expect(snapshotsOf271(file).snapshots.map(({ status }) => status)).toEqual(['active', 'inactive']);
  });
});

describe('persons', () => {
  it('are never copied from one to the other', () => {
    const levels = [
      ...subscriberLevel('REF*6P*G100', 'DMG*D8*19800229*F'),
      ...dependentLevel('DMG*D8*20100101*M', 'EB*1**30'),
    ];
    const [snapshot] = readLevels(levels).snapshots;
    expect(snapshot?.subscriber).toEqual({
      firstName: 'AVERY',
      lastName: 'EXAMPLE',
      memberId: 'W100',
      birthDate: '1980-02-29',
      groupNumber: 'G100',
    });
    expect(snapshot?.patient).toEqual({
      firstName: 'RILEY',
      lastName: 'EXAMPLE',
      birthDate: '2010-01-01',
      isSubscriber: false,
    });
  });

  it('take a member id from REF 1W when the name has none, and never a social security number', () => {
    const levels = ['HL*3*2*22*0', 'NM1*IL*1*EXAMPLE*AVERY****34*999001111', 'REF*1W*W200', 'EB*1**30'];
    expect(readLevels(levels).snapshots[0]?.subscriber.memberId).toBe('W200');
  });

  it('may be said not to be the insured although they stand in the subscriber loop', () => {
    expect(readSubscriber('INS*N*19', 'EB*1**30').patient.isSubscriber).toBe(false);
    expect(readSubscriber('INS*Y*18', 'EB*1**30').patient.isSubscriber).toBe(true);
  });

  it('lose a date of birth that is none, with an issue', () => {
    expect(readSubscriber('DMG*D8*19800230*F', 'EB*1**30').subscriber).not.toHaveProperty('birthDate');
    expect(issueCodes('DMG*D8*19800230*F', 'EB*1**30')).toEqual(['date_unreadable']);
  });

  it("carry the trace numbers of their loops, the subscriber's included, each once", () => {
    const levels = [...subscriberLevel(), ...dependentLevel('TRN*1*T1*9OTHER00001', 'EB*1**30')];
    expect(readLevels(levels).snapshots[0]?.trace).toEqual(['T1', 'T2']);
  });
});

describe('status', () => {
  it.each([
    [['EB*1**30'], 'active'],
    [['EB*1'], 'active'],
    [['EB*2**30'], 'active'],
    [['EB*5**30'], 'pending'],
    [['EB*6**30'], 'inactive'],
    [['EB*7**30'], 'inactive'],
    [['EB*8**30'], 'inactive'],
    [['EB*1**MH'], 'active'],
    [['EB*1**98^35'], 'active'],
    [['EB*1**35'], 'unknown'],
    [['EB*1**AL'], 'unknown'],
    [['EB*1**88'], 'unknown'],
    [['EB*1**88^35^AL'], 'unknown'],
    [['EB*6**30', 'EB*1**MH'], 'inactive'],
    [['EB*1**30', 'EB*6**35'], 'active'],
    [['EB*1**30', 'EB*6**30'], 'active'],
    [['EB*5**30', 'EB*6**30'], 'pending'],
    [['EB*C*IND*30***23*500'], 'unknown'],
    [['EB*V**30'], 'unknown'],
    [[], 'unknown'],
  ])('of %j is %s', (segments, status) => {
    expect(readSubscriber(...segments).status).toBe(status);
  });

  it.each([
    ['the row ended before', ['EB*1**30', 'DTP*349*D8*20260309'], 'inactive', []],
    ['the row ends on the day', ['EB*1**30', 'DTP*349*D8*20260310'], 'active', []],
    ['the row begins later', ['EB*1**30', 'DTP*348*D8*20260401'], 'inactive', ['not_yet_effective']],
    ['the plan ended before', ['DTP*291*RD8*20250101-20251231', 'EB*1**30'], 'inactive', []],
    ['the plan begins later', ['DTP*346*D8*20260401', 'EB*1**30'], 'inactive', ['not_yet_effective']],
    [
      'one of two plan spans holds',
      ['DTP*291*RD8*20250101-20251231', 'DTP*291*RD8*20260101-20261231', 'EB*1**30'],
      'active',
      [],
    ],
    ['begin and end of the plan hold', ['DTP*346*D8*20260101', 'DTP*347*D8*20261231', 'EB*1**30'], 'active', []],
    ['only an eligibility window ended', ['DTP*307*RD8*20250101-20251231', 'EB*1**30'], 'active', []],
    [
      'an ended row leaves another',
      ['EB*1**30', 'DTP*349*D8*20251231', 'EB*1**30', 'DTP*348*D8*20260101'],
      'active',
      [],
    ],
    ['an ended row on the plan leaves a medical one', ['EB*1**30', 'DTP*349*D8*20251231', 'EB*1**MH'], 'active', []],
    ['the last update is no end', ['EB*1**30', 'DTP*636*D8*20240731'], 'active', []],
    ['active and inactive stand on the plan', ['EB*1**30', 'EB*6**30'], 'active', ['conflict']],
    ['the inactive one is out of date', ['EB*1**30', 'EB*6**30', 'DTP*349*D8*20251231'], 'active', []],
    ['different services differ', ['EB*1**MH', 'EB*6**PT'], 'active', []],
  ])('when %s', (_, segments, status, codes) => {
    expect(readSubscriber(...segments).status).toBe(status);
    expect(issueCodes(...segments)).toEqual(codes);
  });

  it("of a dependent is bound by the dependent's own plan dates, else by the subscriber's", () => {
    const ended = 'DTP*291*RD8*20250101-20251231';
    const current = 'DTP*291*RD8*20260101-20261231';
    const statusOf = (levels: string[]) => readLevels(levels).snapshots[0]?.status;
    expect(statusOf([...subscriberLevel(ended), ...dependentLevel('EB*1**30')])).toBe('inactive');
    expect(statusOf([...subscriberLevel(ended), ...dependentLevel(current, 'EB*1**30')])).toBe('active');
    expect(statusOf([...subscriberLevel(current), ...dependentLevel(ended, 'EB*1**30')])).toBe('inactive');
  });
});

describe('the service date', () => {
  const ended = ['DTP*291*RD8*20260101-20260131', 'EB*1**30'];

  it('is the one asked for, else DTP 472, else BHT04, else GS04', () => {
    const statusOf = (text: string, on?: string) =>
      snapshotsOf271(readX12(text), on === undefined ? {} : { on }).snapshots[0]?.status;
    expect(statusOf(text271(subscriberLevel(...ended)))).toBe('inactive');
    expect(statusOf(text271(subscriberLevel(...ended), '20260115'))).toBe('active');
    expect(statusOf(text271(subscriberLevel('DTP*472*D8*20260120', ...ended)))).toBe('active');
    expect(statusOf(text271(subscriberLevel('DTP*472*RD8*20260131-20260301', ...ended)))).toBe('active');
    expect(statusOf(text271(subscriberLevel('DTP*472*D8*20260120', ...ended)), '2026-02-01')).toBe('inactive');
    expect(statusOf(text271(subscriberLevel(...ended), ''))).toBe('inactive');
    const ofGroup = '*20260105*0900*7';
    for (const unreadable of ['', '20261399', 'TODAY']) {
      expect(statusOf(text271(subscriberLevel(...ended), unreadable).replace('*20260310*0900*7', ofGroup))).toBe(
        'active',
      );
    }
  });

  it("of a dependent without one of their own is the subscriber's", () => {
    const levels = [...subscriberLevel('DTP*472*D8*20260120'), ...dependentLevel(...ended)];
    expect(readLevels(levels).snapshots[0]?.status).toBe('active');
  });

  it('may be missing: then no date is tested and an issue says so', () => {
    const text = text271(subscriberLevel(...ended), '').replace('*20260310*0900*7', '**0900*7');
    const { snapshots, issues } = snapshotsOf271(readX12(text));
    expect(snapshots[0]?.status).toBe('active');
    expect(issues).toContainEqual(expect.objectContaining({ severity: 'info', code: 'no_date' }));
  });
});

describe('spans', () => {
  it.each([
    ['DTP*291*RD8*20260101-20261231', [{ from: '2026-01-01', to: '2026-12-31', what: 'plan' }]],
    ['DTP*307*RD8*20260101-99991231', [{ from: '2026-01-01', what: 'eligibility' }]],
    ['DTP*346*D8*20260101', [{ from: '2026-01-01', what: 'plan' }]],
    ['DTP*347*D8*20261231', [{ to: '2026-12-31', what: 'plan' }]],
    ['DTP*347*D8*99991231', []],
    ['DTP*356*D8*20260101', [{ from: '2026-01-01', what: 'eligibility' }]],
    ['DTP*357*D8*20261231', [{ to: '2026-12-31', what: 'eligibility' }]],
    ['DTP*539*D8*20260101', [{ from: '2026-01-01', what: 'policy' }]],
    ['DTP*540*D8*20261231', [{ to: '2026-12-31', what: 'policy' }]],
    ['DTP*442*D8*20251202', [{ from: '2025-12-02', what: 'other' }]],
    ['DTP*636*D8*20240731', [{ from: '2024-07-31', what: 'other' }]],
    ['DTP*472*D8*20260120', []],
    ['DTP*291*D8*20260310', []],
    ['DTP*307*D8*20260301', [{ from: '2026-03-01', what: 'eligibility' }]],
    ['DTP*291*D8*20260231', []],
  ])('%s gives %j', (dtp, spans) => {
    expect(unsourced(readSubscriber(dtp, 'EB*1**30').spans)).toEqual(spans);
  });

  it("join a begin with the end after it, from the begin's segment", () => {
    const { spans } = readSubscriber('DTP*346*D8*20260101', 'DTP*347*D8*20261231', 'DTP*356*D8*20260201', 'EB*1**30');
    expect(spans.map(({ source, ...span }) => [span, source.raw])).toEqual([
      [{ from: '2026-01-01', to: '2026-12-31', what: 'plan' }, 'DTP*346*D8*20260101'],
      [{ from: '2026-02-01', what: 'eligibility' }, 'DTP*356*D8*20260201'],
    ]);
  });

  it('drop a single date that repeats the service date asked for', () => {
    expect(readSubscriber('DTP*472*D8*20260120', 'DTP*291*D8*20260120', 'EB*1**30').spans).toEqual([]);
  });

  it('come from the person and from coverage rows; dates of other rows stay on their row', () => {
    const snapshot = readSubscriber(
      'EB*1**30',
      'DTP*292*RD8*20260101-20261231',
      'EB*C*IND*30***23*500',
      'DTP*292*RD8*20250701-20260630',
    );
    expect(unsourced(snapshot.spans)).toEqual([{ from: '2026-01-01', to: '2026-12-31', what: 'benefit' }]);
    expect(snapshot.accumulators[0]).toMatchObject({ from: '2025-07-01', to: '2026-06-30' });
  });
});

describe('plans', () => {
  it('are one for each name and product of coverage on the plan as a whole', () => {
    const { plans } = readSubscriber(
      'REF*6P*G100',
      'EB*1**30*PR*GOLD',
      'EB*1**30*PR*GOLD',
      'EB*6**30*HM*SILVER',
      'EB*1***PR*BLANK',
      'EB*1**MH*PR*BEHAVIORAL',
      'EB*C*IND*30*PR*OTHER*23*500',
    );
    expect(unsourced(plans)).toEqual([
      { name: 'GOLD', group: 'G100', product: 'PR', status: 'active' },
      { name: 'SILVER', group: 'G100', product: 'HM', status: 'inactive' },
      { name: 'BLANK', group: 'G100', product: 'PR', status: 'active' },
    ]);
  });

  it('take the group of the person, else of the subscriber, else the policy number', () => {
    const groupOf = (levels: string[]) => readLevels(levels).snapshots[0]?.plans[0]?.group;
    const row = 'EB*1**30**GOLD';
    expect(groupOf([...subscriberLevel('REF*6P*G1'), ...dependentLevel('REF*6P*G2', row)])).toBe('G2');
    expect(groupOf([...subscriberLevel('REF*6P*G1'), ...dependentLevel('REF*1L*P2', row)])).toBe('G1');
    expect(groupOf([...subscriberLevel('REF*1L*P1'), ...dependentLevel(row)])).toBe('P1');
    expect(groupOf(subscriberLevel(row))).toBeUndefined();
  });

  it('are none when nothing is said of them but that there is coverage', () => {
    expect(readSubscriber('EB*1**30').plans).toEqual([]);
  });
});

describe('coverages', () => {
  it('are listed with service types and network, the same statement once', () => {
    const { coverages } = readSubscriber('EB*1**30^MH', 'EB*1**MH*********Y', 'EB*1**MH*********Y', 'EB*5**98', 'EB*8');
    expect(unsourced(coverages)).toEqual([
      { serviceTypes: ['30', 'MH'], network: 'unknown', status: 'active' },
      { serviceTypes: ['MH'], network: 'in', status: 'active' },
      { serviceTypes: ['98'], network: 'unknown', status: 'pending' },
      { serviceTypes: [], network: 'unknown', status: 'inactive' },
    ]);
  });
});

describe('messages', () => {
  it('are all kept in file order, repeats too, with line breaks as one space', () => {
    const { messages } = readSubscriber(
      'EB*1**30',
      'MSG*TWO\r\n  LINES',
      'MSG*AGAIN',
      'EB*1**MH',
      'MSG*AGAIN',
      'MSG* ',
    );
    expect(messages.map(({ text }) => text)).toEqual(['TWO LINES', 'AGAIN', 'AGAIN']);
  });
});

describe('rejections', () => {
  it('have the level of their loop', () => {
    const levels = [...subscriberLevel('AAA*N**72*C', 'EB*1**30', 'AAA*N**70*C'), ...dependentLevel('AAA*N**58*C')];
    const text = text271(['AAA*N**43*C', ...levels]).replace('NM1*PR*', 'AAA*Y**42*R~NM1*PR*');
    const { snapshots } = snapshotsOf271(readX12(text));
    expect(snapshots.map(({ rejections }) => rejections.map(({ level }) => level))).toEqual([
      ['payer', 'provider', 'subscriber', 'benefit'],
      ['payer', 'provider', 'dependent'],
    ]);
  });

  it('that are the same stand once', () => {
    const { rejections } = readSubscriber('AAA*Y**72*C', 'AAA*N**72*C', 'AAA*N**72*N', 'AAA*N**73*C');
    expect(rejections.map(({ code, followUp }) => `${code} ${followUp}`)).toEqual(['72 C', '72 N', '73 C']);
  });

  it('make the outcome only where there is no benefit', () => {
    expect(readSubscriber('AAA*N**72*C').outcome).toBe('rejected');
    expect(readSubscriber('AAA*N**72*C', 'EB*1**30').outcome).toBe('benefits');
    expect(readSubscriber().outcome).toBe('benefits');
  });
});
