import { readX12 } from '@openvob/x12';
import type { Rejection, RejectionClass } from '../snapshot';
import { dependentLevel, readLevels, readSubscriber, subscriberLevel, text271 } from '../x12-271.fixture';
import { snapshotsOf271 } from './snapshots-of-271';

/** What published answers lack: rejections, service types, kinds and parties that payers send all the same. */
describe('a rejection', () => {
  type Level = Rejection['level'];
  const levelsWith = (aaa: string): Readonly<Record<Level, string[]>> => ({
    payer: [],
    provider: [],
    subscriber: subscriberLevel(aaa),
    dependent: [...subscriberLevel(), ...dependentLevel(aaa)],
    benefit: subscriberLevel('EB*1**30', aaa),
  });

  it.each<[string, Level[], RejectionClass]>([
    ['56', ['subscriber', 'dependent', 'benefit'], 'date'],
    ['57', ['subscriber', 'dependent', 'benefit'], 'date'],
    ['61', ['subscriber', 'dependent', 'benefit'], 'date'],
    ['62', ['subscriber', 'dependent', 'benefit'], 'date'],
    ['63', ['subscriber', 'dependent', 'benefit'], 'date'],
    ['64', ['dependent'], 'member_data'],
    ['65', ['dependent'], 'member_data'],
    ['66', ['dependent'], 'member_data'],
    ['67', ['dependent'], 'member_data'],
    ['68', ['dependent'], 'member_data'],
    ['69', ['benefit'], 'member_data'],
    ['70', ['benefit'], 'member_data'],
    ['77', ['dependent'], 'member_data'],
    ['98', ['benefit'], 'business'],
    ['AG', ['benefit'], 'request'],
  ])('%s is known at its levels and named where it does not belong', (code, allowed, rejectionClass) => {
    for (const level of ['subscriber', 'dependent', 'benefit'] as const) {
      const { snapshots, issues } = readLevels(levelsWith(`AAA*N**${code}*C`)[level]);
      expect(snapshots.map(({ outcome }) => outcome)).toEqual([level === 'benefit' ? 'benefits' : 'rejected']);
      expect(snapshots[0]?.rejections).toMatchObject([{ level, code, followUp: 'C', class: rejectionClass }]);
      const misplaced = issues.filter((issue) => issue.code === 'code_not_allowed');
      expect([code, level, misplaced.length]).toEqual([code, level, allowed.includes(level) ? 0 : 1]);
    }
  });

  it('at every level at once is five, each with its own place', () => {
    const text = text271([
      ...subscriberLevel('AAA*N**75*C'),
      ...dependentLevel('AAA*N**67*C', 'EB*1**30', 'AAA*N**60*C'),
    ])
      .replace('NM1*PR*', 'AAA*Y**42*R~NM1*PR*')
      .replace('HL*3*2*22*0', 'AAA*N**43*C~HL*3*2*22*1');
    const { snapshots } = snapshotsOf271(readX12(text));
    expect(
      snapshots.map(({ patient, rejections }) => [
        patient.firstName,
        rejections.map(({ level, code }) => `${level} ${code}`),
      ]),
    ).toEqual([
      ['AVERY', ['payer 42', 'provider 43', 'subscriber 75']],
      ['RILEY', ['payer 42', 'provider 43', 'dependent 67', 'benefit 60']],
    ]);
  });
});

describe('behavioral service types', () => {
  it.each(['CE', 'CF', 'CG', 'CH', 'CI', 'CJ', 'AI', 'AJ', 'AK', 'MH', 'A4', 'A5', 'A6', 'A7', 'A8', 'BB', 'BC', 'RT'])(
    '%s stand in every list under their own code, and the guide allows them',
    (code) => {
      const rows = [
        `EB*1**${code}*********Y`,
        `EB*B*IND*${code}***27*40*****Y`,
        `EB*C*IND*${code}***23*500*****Y`,
        `EB*F*IND*${code}***23***VS*30**Y`,
        `EB*I**${code}*********N`,
      ];
      const { snapshots, issues } = readLevels(subscriberLevel(...rows));
      const [{ coverages, costShares, accumulators, limits, exclusions } = readSubscriber()] = snapshots;
      for (const list of [coverages, costShares, accumulators, limits, exclusions]) {
        expect(list).toMatchObject([{ serviceTypes: [code] }]);
      }
      expect(issues).toEqual([]);
    },
  );
});

describe('kinds of coverage', () => {
  it.each([
    ['1', 'active'],
    ['2', 'active'],
    ['3', 'active'],
    ['4', 'active'],
    ['5', 'pending'],
    ['6', 'inactive'],
    ['7', 'inactive'],
    ['8', 'inactive'],
  ])('%s is %s, on the plan and on mental health alone', (code, status) => {
    expect(readSubscriber(`EB*${code}**30`)).toMatchObject({ status, coverages: [{ status }] });
    expect(readSubscriber(`EB*${code}**MH`)).toMatchObject({ status, coverages: [{ status }] });
  });

  it('of several inactive kinds are inactive, however many there are', () => {
    const rows = ['EB*6**30', 'EB*7**30', 'EB*8**30', 'EB*6**MH^CJ^98'];
    const { status, coverages } = readSubscriber(...rows);
    expect([status, coverages.length]).toEqual(['inactive', 2]);
  });
});

describe('several groups in one interchange', () => {
  const answer = (name: string, date: string) =>
    text271(subscriberLevel('EB*1**30', 'DTP*291*RD8*20260101-20260131'), '')
      .replace('AVERY', name)
      .replace('*20260310*0900*7', `*${date}*0900*7`);
  const group = (text: string) => text.slice(text.indexOf('GS*'), text.indexOf('IEA*'));

  it('are read each by its own date, under segment numbers that run on', () => {
    const [january, march] = [answer('AVERY', '20260115'), answer('RILEY', '20260310')];
    const text = january.replace('IEA*1*', `${group(march)}IEA*2*`);
    const { snapshots, issues } = snapshotsOf271(readX12(text));
    expect(snapshots.map(({ patient, status }) => [patient.firstName, status])).toEqual([
      ['AVERY', 'active'],
      ['RILEY', 'inactive'],
    ]);
    const [first, second] = snapshots.map(({ coverages }) => coverages[0]?.source.segment ?? 0);
    expect((second ?? 0) - (first ?? 0)).toBe(group(january).split('~').length - 1);
    expect(issues.filter(({ message }) => !message.startsWith('BHT04'))).toEqual([]);
  });
});

describe('parties beside a benefit', () => {
  const ROLES = '13 1I 1P 2B 36 73 FA GP GW I3 IL LR OC P3 P4 P5 PR PRP SEP TTP VER VN VY X3 Y2'.split(' ');
  const OTHER_PAYERS: Readonly<Record<string, string>> = {
    PR: 'unknown',
    P4: 'unknown',
    PRP: 'primary',
    SEP: 'secondary',
    TTP: 'tertiary',
  };
  const party = (role: string) => [
    'LS*2120',
    `NM1*${role}*2*EXAMPLE ${role}*****MI*M1`,
    'PER*IC**TE*8005550100*UR*EXAMPLE.INVALID',
    'LE*2120',
  ];

  it.each(ROLES)('%s is kept with its id, phone and address', (role) => {
    const { snapshots, issues } = readLevels(subscriberLevel('EB*1**30^98', ...party(role)));
    expect(snapshots[0]?.entities).toMatchObject([
      {
        role,
        name: `EXAMPLE ${role}`,
        memberId: 'M1',
        phone: '8005550100',
        url: 'EXAMPLE.INVALID',
        serviceTypes: ['30', '98'],
      },
    ]);
    expect(snapshots[0]?.otherPayers).toEqual([]);
    expect(issues).toEqual([]);
  });

  it.each(ROLES)('%s on a row of another payer is one, or stays a party', (role) => {
    const { entities, otherPayers } = readSubscriber('EB*1**30', 'EB*R**30', ...party(role));
    const order = OTHER_PAYERS[role];
    if (order === undefined) expect([entities.length, otherPayers[0]?.order]).toEqual([1, 'unknown']);
    else expect([entities, otherPayers]).toMatchObject([[], [{ order, name: `EXAMPLE ${role}`, memberId: 'M1' }]]);
  });

  it.each(ROLES)(
    '%s that has to be contacted for mental health holds the benefit, unless it treats, employs or insures',
    (role) => {
      const { carveOut } = readSubscriber('EB*1**30', 'EB*U**MH', ...party(role));
      const administersNothing = ['1P', '36', '73', 'FA', 'GP', 'IL', 'LR', 'P3', 'P5'].includes(role);
      expect(carveOut?.entity).toBe(administersNothing ? undefined : `EXAMPLE ${role}`);
    },
  );
});
