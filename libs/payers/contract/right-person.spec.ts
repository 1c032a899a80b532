import type { Person, Rejection, Snapshot } from '@openvob/benefits';
import type { Inquiry } from './adapter';
import { isSameMemberId, mismatchOf } from './right-person';
import { isSameFirstName, isSameLastName } from './same-name';

const imogen = { firstName: 'Imogen', lastName: 'Marlowe', birthDate: '1988-04-12' };
const tobias = { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05' };

function inquiry(changes: Partial<Inquiry> = {}): Inquiry {
  return {
    id: 'inq_1',
    trace: 'TRACE1',
    payer: { name: 'Northwind', id: 'NW001' },
    provider: { name: 'Harbor House', npi: '1999999984' },
    subscriber: { ...imogen, memberId: 'NWH0010001' },
    serviceTypes: ['30'],
    serviceDate: '2026-03-02',
    ...changes,
  };
}

const ofDependent = inquiry({ dependent: { ...tobias, relationship: 'child' } });

function answer(patient: Snapshot['patient'], more: Partial<Snapshot> = {}): Snapshot {
  return {
    outcome: 'benefits',
    rejections: [],
    trace: ['TRACE1'],
    payer: {},
    provider: {},
    subscriber: patient.isSubscriber === false ? { memberId: 'NWH0010001' } : patient,
    patient: { isSubscriber: true, ...patient },
    status: 'active',
    spans: [],
    plans: [],
    coverages: [],
    accumulators: [],
    costShares: [],
    limits: [],
    authorizations: [],
    exclusions: [],
    entities: [],
    otherPayers: [],
    messages: [],
    ...more,
  };
}

function rejected(patient: Snapshot['patient'], code: string, more: Partial<Snapshot> = {}): Snapshot {
  const rejection: Rejection = { level: 'subscriber', code, class: 'member_data', advice: '', source: {} };
  return answer(patient, { outcome: 'rejected', rejections: [rejection], ...more });
}

const imogensOwn: Person = {
  firstName: 'IMOGEN',
  lastName: 'MARLOWE',
  birthDate: '1988-04-12',
  memberId: 'NWH0010001',
};
const tobiass = { firstName: 'TOBIAS', lastName: 'MARLOWE', birthDate: '2010-07-05', isSubscriber: false };

describe('mismatchOf', () => {
  it('does not look for our trace where the protocol does not carry it: the reference alone ties', () => {
    const theirs = answer(imogensOwn, { trace: ['THEIRS1'] });
    expect(mismatchOf(inquiry(), theirs, { reference: true })).toBe('trace');
    expect(mismatchOf(inquiry(), theirs, { reference: true, tracesComeBack: false })).toBeUndefined();
    expect(mismatchOf(inquiry(), theirs, { reference: false, tracesComeBack: false })).toBe('trace');
    expect(mismatchOf(inquiry(), answer(tobiass), { reference: true, tracesComeBack: false })).toBe('name');
  });

  it.each<[string, Inquiry, Snapshot]>([
    ['the subscriber asked about', inquiry(), answer(imogensOwn)],
    ['the dependent asked about', ofDependent, answer(tobiass)],
    [
      'a dependent whom the payer keeps as a subscriber',
      ofDependent,
      answer({ ...tobiass, isSubscriber: true, memberId: 'NWH0010001' }),
    ],
    ['a subscriber whom the payer keeps as a dependent', inquiry(), answer({ ...imogensOwn, isSubscriber: false })],
    [
      'a corrected member id beside the same name and birth date',
      inquiry(),
      answer({ ...imogensOwn, memberId: 'ZZZ777' }),
    ],
    ['a dependent under a corrected member id', ofDependent, answer(tobiass, { subscriber: { memberId: 'ZZZ777' } })],
    [
      'no member id beside the same name and birth date',
      inquiry(),
      answer({ firstName: 'IMOGEN', lastName: 'MARLOWE', birthDate: '1988-04-12' }),
    ],
    [
      'no birth date beside the same name and member id',
      inquiry(),
      answer({ firstName: 'IMOGEN', lastName: 'MARLOWE', memberId: 'NWH0010001' }),
    ],
    ['a subscriber without a name under the same member id', inquiry(), answer({ memberId: 'NWH0010001' })],
    [
      'a nickname beside the same birth date',
      inquiry({ subscriber: { ...imogen, firstName: 'Bob', memberId: 'M1' } }),
      answer({ ...imogensOwn, firstName: 'ROBERT', memberId: 'M1' }),
    ],
    ['several traces, ours among them', inquiry(), answer(imogensOwn, { trace: ['PAYERS', ' trace1 '] })],
    [
      'an inquiry by member id and birth date alone',
      inquiry({ subscriber: { memberId: 'NWH0010001', birthDate: '1988-04-12' } }),
      answer(imogensOwn),
    ],
  ])('takes %s', (_name, asked, given) => {
    expect(mismatchOf(asked, given)).toBeUndefined();
  });

  it.each<[string, Inquiry, Snapshot, string]>([
    ['another trace', inquiry(), answer(imogensOwn, { trace: ['OTHER'] }), 'trace'],
    ['no trace', inquiry(), answer(imogensOwn, { trace: [] }), 'trace'],
    ['another first name', inquiry(), answer({ ...imogensOwn, firstName: 'QUINTESSA' }), 'name'],
    ['another last name', inquiry(), answer({ ...imogensOwn, lastName: 'ELSEWHERE' }), 'last_name'],
    ['another birth date', inquiry(), answer({ ...imogensOwn, birthDate: '1988-12-04' }), 'birth_date'],
    [
      'another member id without a birth date',
      inquiry(),
      answer({ firstName: 'IMOGEN', lastName: 'MARLOWE', memberId: 'ZZZ777' }),
      'member_id',
    ],
    [
      'another member id without a name',
      inquiry(),
      answer({ birthDate: '1988-04-12', memberId: 'ZZZ777' }),
      'member_id',
    ],
    ['the twin', inquiry(), answer({ ...imogensOwn, firstName: 'IRENE' }), 'name'],
    [
      'an initial alone, without the birth date',
      inquiry(),
      answer({ firstName: 'I', lastName: 'MARLOWE', memberId: 'NWH0010001' }),
      'name',
    ],
    ['the subscriber instead of the dependent', ofDependent, answer(imogensOwn), 'name'],
    [
      'a brother of the dependent',
      ofDependent,
      answer({ ...tobiass, firstName: 'JASPER', birthDate: '2013-01-01' }),
      'name',
    ],
    ['a dependent without name and birth date', ofDependent, answer({ isSubscriber: false }), 'unidentified'],
    ['nobody', inquiry(), answer({}), 'unidentified'],
    ['a last name alone', ofDependent, answer({ lastName: 'MARLOWE', isSubscriber: false }), 'unidentified'],
  ])('refuses %s', (_name, asked, given, mismatch) => {
    expect(mismatchOf(asked, given)).toBe(mismatch);
  });

  it('takes an answer without any trace when its message gives back our reference', () => {
    expect(mismatchOf(inquiry(), answer(imogensOwn, { trace: [] }), { reference: true })).toBeUndefined();
    expect(mismatchOf(inquiry(), answer(imogensOwn, { trace: ['OTHER'] }), { reference: true })).toBe('trace');
  });

  describe('in a rejection', () => {
    it.each<[string, Inquiry, Snapshot]>([
      ['of nobody, before anyone is named', inquiry(), rejected({}, '42')],
      ['that gives back what was asked', inquiry(), rejected(imogensOwn, '75')],
      ['of the subscriber, asked about a dependent', ofDependent, rejected(imogensOwn, '75')],
      ['of the dependent', ofDependent, rejected(tobiass, '67')],
      ['of the birth date, with another one', inquiry(), rejected({ ...imogensOwn, birthDate: '1988-12-04' }, '71')],
      ['of the name, with another one', inquiry(), rejected({ ...imogensOwn, lastName: 'ELSEWHERE' }, '73')],
      ['of the member id, with another one', inquiry(), rejected({ memberId: 'ZZZ777' }, '72')],
    ])('takes one %s', (_name, asked, given) => {
      expect(mismatchOf(asked, given)).toBeUndefined();
    });

    it.each<[string, Inquiry, Snapshot, string]>([
      ['with another trace', inquiry(), rejected(imogensOwn, '75', { trace: ['OTHER'] }), 'trace'],
      [
        'of somebody else',
        inquiry(),
        rejected({ ...imogensOwn, firstName: 'QUINTESSA', lastName: 'ELSEWHERE' }, '75'),
        'name',
      ],
      [
        'of another birth date, for another reason',
        inquiry(),
        rejected({ ...imogensOwn, birthDate: '1931-01-07' }, '75'),
        'birth_date',
      ],
      ['of another member id alone', inquiry(), rejected({ memberId: 'ZZZ777' }, '75'), 'member_id'],
    ])('refuses one %s', (_name, asked, given, mismatch) => {
      expect(mismatchOf(asked, given)).toBe(mismatch);
    });
  });
});

describe('last names', () => {
  it.each([
    ["O'Brien", 'OBRIEN'],
    ['O’Brien', "O'BRIEN"],
    ['García-López', 'GARCIA LOPEZ'],
    ['García López', 'GARCIA'],
    ['de la Cruz', 'DELACRUZ'],
    ['Müller', 'MULLER'],
    ['Strauß', 'STRAUSS'],
    ['Sørensen', 'SORENSEN'],
    ['Smith Jr.', 'SMITH'],
    ['SMITH III', 'Smith'],
    ['Featherstonehaugh', 'FEATHERSTON'],
    ['St. John', 'ST JOHN'],
  ])('%s is %s', (one, other) => {
    expect(isSameLastName(one, other)).toBe(true);
    expect(isSameLastName(other, one)).toBe(true);
  });

  it.each([
    ['Smith', 'Smythe'],
    ['Smith', 'Smithson'],
    ['Marlowe', 'Elsewhere'],
    ['Garcia', 'Lopez'],
  ])('%s is not %s', (one, other) => {
    expect(isSameLastName(one, other)).toBe(false);
  });

  it('say nothing when one is missing or holds no letter', () => {
    expect(isSameLastName(undefined, 'SMITH')).toBeUndefined();
    expect(isSameLastName('--', 'SMITH')).toBeUndefined();
  });
});

describe('first names', () => {
  it.each([
    ['Mary Ann', 'MARY', false],
    ['MARYANN', 'Mary-Ann', false],
    ['José', 'JOSE', false],
    ['Mr. Robert', 'ROBERT', false],
    ['Marie', 'ANN MARIE', true],
    ['R', 'ROBERT', true],
    ['Alex', 'ALEXANDRIA', true],
    ['Bill', 'WILLIAM', true],
    ['Peggy', 'MARGARET', true],
  ])('%s is %s (birth date needed: %s)', (one, other, needsBirthDate) => {
    expect(isSameFirstName(one, other, { birthDateAgrees: true })).toBe(true);
    expect(isSameFirstName(other, one, { birthDateAgrees: true })).toBe(true);
    expect(isSameFirstName(one, other, { birthDateAgrees: false })).toBe(!needsBirthDate);
  });

  it.each([
    ['Robert', 'Roberta'],
    ['Jane', 'Jean'],
    ['Al', 'Alma'],
    ['Bill', 'Robert'],
  ])('%s is not %s without the birth date', (one, other) => {
    expect(isSameFirstName(one, other, { birthDateAgrees: false })).toBe(false);
  });

  it.each([
    ['Jane', 'Jean'],
    ['Imogen', 'Irene'],
    ['Bill', 'Robert'],
  ])('%s is not %s even with the birth date', (one, other) => {
    expect(isSameFirstName(one, other, { birthDateAgrees: true })).toBe(false);
  });
});

describe('member ids', () => {
  it.each([
    ['W12 345-678', 'w12345678'],
    ['00012345', '12345'],
    ['ABC123456789', '123456789'],
    ['W12345678', 'W1234567801'],
  ])('%s is %s', (one, other) => {
    expect(isSameMemberId(one, other)).toBe(true);
    expect(isSameMemberId(other, one)).toBe(true);
  });

  it.each([
    ['W12345678', 'W12345679'],
    ['12345', '1234501'],
    ['W123456', 'W123456789A'],
    ['', 'W123456'],
    ['--', '--'],
  ])('%s is not %s', (one, other) => {
    expect(isSameMemberId(one, other)).toBe(false);
  });
});
