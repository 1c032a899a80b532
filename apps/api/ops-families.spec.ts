import { countedLog, familiesToText, Tally } from '@openvob/platform';
import { Families, type SharedFigures } from './ops-families';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const connection = {
  connectionId: 'con_a',
  payer: 'Northwind "Health"',
  adapter: 'x12',
  breaker: 'closed' as const,
  isPaused: false,
};

function told(change: Partial<NonNullable<SharedFigures['rows']>> = {}): string {
  const rows = {
    verifications: [],
    dueRows: [],
    connections: [{ ...connection, inFlight: 0, maxInFlight: 1, waiting: 0, outcomes: [] }],
    workers: 1,
    unsealed: { lines: 0, ageSeconds: 0 },
    counts: [],
    webhooks: { undeliveredSeconds: 0, overdueSeconds: 0 },
    ...change,
  };
  return familiesToText(new Families().of({ rows, canaries: [] }));
}

describe('counters that alerts wait for the first one of', () => {
  test.each([
    'openvob_payer_exchanges_total{connection="con_a",outcome="configuration"}',
    'openvob_payer_exchanges_total{connection="con_a",outcome="answered"}',
    'openvob_payer_exchanges_total{connection="con_a",outcome="member_rejected"}',
    'openvob_verification_failures_total{reason="set_aside"}',
    'openvob_verification_failures_total{reason="internal_error"}',
    'openvob_verification_failures_total{reason="configuration"}',
    'openvob_verification_failures_total{reason="provider_enrollment"}',
    'openvob_verification_moves_total{to="failed"}',
    'openvob_worker_events_total{event="worker.replaced",level="error"}',
    'openvob_worker_events_total{event="audit.head_not_exported",level="error"}',
    'openvob_webhook_deliveries_total{outcome="exhausted"}',
    'openvob_webhook_deliveries_total{outcome="gone"}',
  ])('%s is told as 0 before there is any', (series) => {
    expect(told().split('\n')).toContain(`${series} 0`);
  });

  test('count on from there', () => {
    const counts = [{ metric: 'failures', labels: { reason: 'set_aside' }, value: 2 }];
    const outcome = { outcome: 'configuration', exchanges: 3, durationMs: 3, byDuration: [3], costCents: 0 };
    const connections = [{ ...connection, inFlight: 0, maxInFlight: 1, waiting: 0, outcomes: [outcome] }];
    const text = told({ counts, connections });
    expect(text.match(/^openvob_verification_failures_total\{reason="set_aside"\} .*$/gm)).toEqual([
      'openvob_verification_failures_total{reason="set_aside"} 2',
    ]);
    expect(text.match(/^openvob_payer_exchanges_total.*"configuration".*$/gm)).toEqual([
      'openvob_payer_exchanges_total{connection="con_a",outcome="configuration"} 3',
    ]);
  });
});

test('a connection is told with the name of its payer', () => {
  expect(told().split('\n')).toContain(
    'openvob_connection_info{connection="con_a",payer="Northwind \\"Health\\"",adapter="x12"} 1',
  );
});

test('of more connections than there are labels the others are not told by name', () => {
  const connections = Array.from({ length: 150 }, (_, index) => ({
    ...{ ...connection, connectionId: `con_${index}` },
    ...{ inFlight: 0, maxInFlight: 1, waiting: 0, outcomes: [] },
  }));
  const lines = told({ connections }).match(/^openvob_connection_info\{.*$/gm) ?? [];
  expect([lines.length, lines.filter((line) => line.includes('"other"'))]).toEqual([100, []]);
});

test('what comes to rest as failed is counted by its reason', () => {
  const tally = new Tally();
  const log = countedLog(silent, tally);
  log.info('verification.moved', { verificationId: 'ver_1', to: 'failed', reason: 'set_aside' });
  log.info('verification.moved', { verificationId: 'ver_2', to: 'verified' });
  log.info('verification.superseded', { verificationId: 'ver_3', to: 'failed', reason: 'set_aside' });
  expect(tally.take().filter(({ metric }) => metric === 'failures')).toEqual([
    { metric: 'failures', labels: { reason: 'set_aside' }, value: 1 },
  ]);
});
