import type { Rejection } from '@openvob/benefits';
import { unansweredSnapshot } from '@openvob/estimate';
import type { Answer } from '@openvob/payers';
import { exchangeOutcome } from './pacing';

const rejected = (...codes: readonly (readonly [string, Rejection['class']])[]): Answer => ({
  kind: 'rejected',
  snapshot: {
    ...unansweredSnapshot('Payer A'),
    outcome: 'rejected',
    rejections: codes.map(([code, rejectionClass]) => ({
      level: 'payer',
      code,
      class: rejectionClass,
      advice: '',
      source: { segment: 5 },
    })),
  },
  issues: [],
  evidence: {},
});

describe('a rejection tells of its connection', () => {
  test.each([
    ['that the payer cannot answer', rejected(['42', 'transient']), 'down'],
    ['that a member is turned away', rejected(['75', 'member_data']), 'member_rejected'],
    ['that anybody may be turned away', rejected(['79', 'configuration']), 'member_rejected'],
    ['nothing where we are not enrolled', rejected(['41', 'configuration']), 'rejected'],
    [
      'nothing where we are not enrolled either',
      rejected(['79', 'configuration'], ['41', 'configuration']),
      'rejected',
    ],
    ['nothing where the provider is not known', rejected(['51', 'provider_enrollment']), 'rejected'],
  ] as const)('%s', (_what, answer, outcome) => {
    expect(exchangeOutcome(answer)).toBe(outcome);
  });
});
