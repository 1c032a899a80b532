import type { AnswerJson } from '@openvob/results';
import { matching, saidLines } from './said';

const source = { segment: 12, raw: 'EB*B**A8' };
const empty = {
  ...{
    outcome: 'benefits',
    rejections: [],
    trace: [],
    payer: {},
    provider: {},
    status: 'active',
    spans: [],
    plans: [],
  },
  ...{ coverages: [], accumulators: [], costShares: [], limits: [], authorizations: [], exclusions: [], entities: [] },
  ...{ otherPayers: [], messages: [] },
};
const answered = (said: object): AnswerJson => ({ answer: { ...empty, ...said } }) as unknown as AnswerJson;

const whole = answered({
  costShares: [
    { kind: 'copay', amountCents: 4_000, per: 'day', network: 'in', serviceTypes: ['A8'], source },
    { kind: 'coinsurance', percent: 20, network: 'unknown', serviceTypes: [], source },
  ],
  limits: [
    {
      unit: 'visits',
      period: 'calendar_year',
      allowed: 30,
      remaining: 12,
      network: 'out',
      serviceTypes: ['MH'],
      source: [source],
    },
  ],
  exclusions: [{ serviceTypes: ['AI'], network: 'either', text: 'court-ordered care', source }],
  carveOut: { entity: 'Calm Administrators', phone: '555-0144', source },
});

describe('everything that a payer said', () => {
  test('is told in words: who holds the benefit first, then the plan, then service by service', () => {
    expect(saidLines([whole]).map(({ about, text }) => `${about}: ${text}`)).toEqual([
      'Held by another company: Calm Administrators, 555-0144',
      'the plan as a whole: Coinsurance 20 %',
      'mental health: Limit of 30 visits, 12 visits left per calendar year, out of network',
      'psychiatric outpatient care: Copay $40 per day, in network',
      'substance use: Not covered, court-ordered care',
    ]);
  });

  test('names no amount where none was said, and nothing twice', () => {
    const silent = answered({
      accumulators: [
        { kind: 'deductible', level: 'family', period: 'year', network: 'in', serviceTypes: ['30'], source: [source] },
      ],
    });
    expect(saidLines([silent, silent]).map(({ text }) => text)).toEqual(['Deductible, family: no amount, in network']);
    expect(saidLines([{ answer: { outcome: 'pending' } } as unknown as AnswerJson])).toEqual([]);
  });

  test('is found by any of its words, whatever their order', () => {
    const lines = saidLines([whole]);
    expect(matching(lines, 'network COPAY')).toHaveLength(1);
    expect(matching(lines, ' ')).toHaveLength(lines.length);
    expect(matching(lines, 'copay dental')).toEqual([]);
  });
});
