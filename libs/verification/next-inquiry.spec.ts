import { classifyRejection, type Snapshot } from '@openvob/benefits';
import { type AnsweredInquiry, answerOf, type InquiryOptions, nextInquiry } from './next-inquiry';
import { outcomeOfRejections } from './rejection-outcome';
import { asGiven, type Variation, variationKey } from './variation';

const options: InquiryOptions = {
  serviceTypes: ['30', 'AI', 'CJ'],
  persons: () => ['without_middle_name', 'dependent_as_subscriber', 'id_and_birth_date'],
  hasSecondNpi: true,
  isAhead: true,
  isEnough: () => false,
};

function snapshot(outcome: Snapshot['outcome'], codes: readonly string[] = [], followUp = 'C'): Snapshot {
  return {
    outcome,
    rejections: codes.map((code) => ({
      level: 'subscriber',
      code,
      followUp,
      ...classifyRejection(code, followUp, codes),
      source: {},
    })),
    trace: [],
    payer: {},
    provider: {},
    subscriber: {},
    patient: {},
    status: outcome === 'benefits' ? 'active' : 'unknown',
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
  };
}

let serial = 0;
const answered = (
  said: readonly string[] | 'benefits',
  variation: Partial<Variation> = {},
  { serviceType = '30', followUp = 'C' } = {},
): AnsweredInquiry => {
  serial += 1;
  return {
    id: `inq_${String(serial).padStart(6, '0')}`,
    serviceType,
    variation: { ...asGiven, ...variation },
    snapshot: said === 'benefits' ? snapshot('benefits') : snapshot('rejected', said, followUp),
  };
};
const next = (history: readonly AnsweredInquiry[], change: Partial<InquiryOptions> = {}): string => {
  const found = nextInquiry(history, { ...options, ...change });
  return found ? `${found.serviceType} ${variationKey(found.variation)}` : 'nothing';
};

describe('what a payer is asked next', () => {
  test('is first the plan as a whole, as the request gives the person', () => {
    expect(next([])).toBe('30 as_given');
  });

  test.each<[string, string[], string, string]>([
    ['member not found', ['75'], 'C', '30 without_middle_name'],
    ['dependent not found', ['67'], 'C', '30 without_middle_name'],
    ['name', ['73'], 'C', '30 without_middle_name'],
    ['member id', ['72'], 'C', '30 without_middle_name'],
    ['birth date', ['71'], 'C', '30 dependent_as_subscriber'],
    ['birth date missing', ['58'], 'C', '30 dependent_as_subscriber'],
    ['sex', ['74'], 'C', 'nothing'],
    ['age', ['69'], 'C', 'nothing'],
    ['not found, resubmission not allowed', ['75'], 'N', 'nothing'],
    ['not found, wait 30 days', ['75'], 'W', 'nothing'],
    ['not found, wait 10 days', ['75'], 'X', 'nothing'],
    ['not found, the payer will answer', ['75'], 'Y', 'nothing'],
    ['date in the future', ['63'], 'C', '30 today'],
    ['date outside', ['62'], 'N', '30 today'],
    ['date of birth after the service', ['60'], 'C', 'nothing'],
    ['provider not on file', ['51'], 'C', '30 second_npi'],
    ['provider not eligible', ['50'], 'N', '30 second_npi'],
    ['provider id', ['43'], 'C', '30 second_npi'],
    ['provider name', ['44'], 'C', 'nothing'],
    ['not authorized', ['41'], 'C', 'nothing'],
    ['payer id', ['79'], 'C', '30 second_npi'],
    ['cannot answer now', ['42'], 'R', 'nothing'],
    ['payer id while it cannot answer', ['79', '42'], 'C', 'nothing'],
    ['benefit and provider type, of the whole plan', ['53'], 'C', 'nothing'],
    ['out of network', ['35'], 'C', 'nothing'],
    ['required data missing', ['15'], 'C', 'nothing'],
  ])('after a rejection of %s (%j, follow-up %s): %s %s', (_, codes, followUp, expected) => {
    expect(next([answered(codes, {}, { followUp })])).toBe(expected);
  });

  test.each(['53', '54', '55', 'AG'])('after %s of one service type: the plan as a whole', (code) => {
    const supported: InquiryOptions['serviceTypes'] = ['MH'];
    expect(next([], { serviceTypes: supported })).toBe('MH as_given');
    expect(next([answered([code], {}, { serviceType: 'MH' })], { serviceTypes: supported })).toBe('30 as_given');
  });

  test('is each variation of a person once, in the order of the ladder, four inquiries at most', () => {
    const history: AnsweredInquiry[] = [];
    const asked: string[] = [];
    for (let step = nextInquiry(history, options); step; step = nextInquiry(history, options)) {
      asked.push(variationKey(step.variation));
      history.push(answered(['75'], step.variation));
    }
    expect(asked).toEqual(['as_given', 'without_middle_name', 'dependent_as_subscriber', 'id_and_birth_date']);
  });

  test('is no variation that the payer does not take', () => {
    expect(next([answered(['75'])], { persons: () => [] })).toBe('nothing');
    expect(next([answered(['75'])], { persons: () => ['id_and_birth_date'] })).toBe('30 id_and_birth_date');
  });

  test('stops at the first variation that is accepted, and goes on with it', () => {
    const history = [answered(['75']), answered('benefits', { person: 'without_middle_name' })];
    expect(next(history)).toBe('AI without_middle_name');
    expect(next(history, { isEnough: () => true })).toBe('nothing');
  });

  test('keeps what one rejection taught when the next one is of another class', () => {
    const refusedDate = [answered(['63']), answered(['51'], { forToday: true })];
    expect(next(refusedDate)).toBe('30 second_npi+today');
    const both = [...refusedDate, answered(['75'], { forToday: true, secondNpi: true })];
    expect(next(both)).toBe('30 without_middle_name+second_npi+today');
  });

  test('is the other NPI where the payer does not know the participant, unless the set-up is at fault for certain', () => {
    expect(next([answered(['79'])])).toBe('30 second_npi');
    expect(next([answered(['79'])], { hasSecondNpi: false })).toBe('nothing');
    expect(next([answered(['79', '41'])])).toBe('nothing');
  });

  test('is nothing a second time for a date or a provider that was replaced already', () => {
    expect(next([answered(['63']), answered(['63'], { forToday: true })])).toBe('nothing');
    expect(next([answered(['51']), answered(['51'], { secondNpi: true })])).toBe('nothing');
    expect(next([answered(['51'])], { hasSecondNpi: false })).toBe('nothing');
    expect(next([answered(['79']), answered(['79'], { secondNpi: true })])).toBe('nothing');
    expect(next([answered(['63'])], { isAhead: false })).toBe('nothing');
  });

  test('is one service type after another, each once, whether it helped or was rejected', () => {
    const whole = answered('benefits');
    expect(next([whole])).toBe('AI as_given');
    const rejected = answered(['54'], {}, { serviceType: 'AI' });
    expect(next([whole, rejected])).toBe('CJ as_given');
    expect(next([whole, rejected, answered('benefits', {}, { serviceType: 'CJ' })])).toBe('nothing');
  });
});

describe('what a payer said in all', () => {
  test('is what it has against the inquiry as it was given, when no variation was accepted', () => {
    const { snapshot: said, variation } = answerOf([
      answered(['71']),
      answered(['75'], { person: 'dependent_as_subscriber' }),
    ]);
    expect([said.rejections[0]?.code, variationKey(variation)]).toEqual(['71', 'as_given']);
    expect(outcomeOfRejections(said.rejections).event).toBe('correctable_rejection');
  });

  test('is the rejection that ended it, when it came for another reason than the first', () => {
    const { snapshot: said } = answerOf([answered(['63']), answered(['75'], { forToday: true })]);
    expect(outcomeOfRejections(said.rejections).event).toBe('member_not_found');
  });

  test('is the benefits alone, whatever was rejected before or after', () => {
    const good = answered('benefits', { person: 'without_middle_name' });
    const rejected = answered(['54'], { person: 'without_middle_name' }, { serviceType: 'AI' });
    const said = answerOf([answered(['75']), good, rejected]);
    expect(said.snapshot).toBe(good.snapshot);
    expect(said.variation.person).toBe('without_middle_name');
  });
});
