import { BoundedLabel, type Family, type HistogramFamily, otherLabel, type Sample } from '@openvob/platform';
import { type LaneCounts, type LaneState, lanes as lanesOf } from '@openvob/queue';
import { type ConnectionFigures, durationBoundsMs, type OperationsFigures } from '@openvob/store';
import { statuses } from '@openvob/verification';

/** What is told; `rows` is absent when the database does not answer, `lanes` when the queue does not. */
export interface SharedFigures {
  rows?: OperationsFigures;
  lanes?: readonly LaneCounts[];
  canaries: readonly LaneState[];
}

const mostLabels = 100;

/** Names of counters that workers report, as told. Others are not told: what a label holds is decided here. */
const workerCounters: Readonly<Record<string, { name: string; help: string }>> = {
  jobs: { name: 'openvob_jobs_total', help: 'Runs of verification jobs, by lane and how they ended' },
  moves: { name: 'openvob_verification_moves_total', help: 'Verifications that came to this status by a worker' },
  failures: {
    name: 'openvob_verification_failures_total',
    help: 'Verifications that a worker let rest as failed, by reason',
  },
  sweep_rows: {
    name: 'openvob_sweep_rows_total',
    help: 'Rows found due by the sweep, and those of which it made jobs again',
  },
  reused: {
    name: 'openvob_answers_reused_total',
    help: 'Inquiries that were not sent because the same one was answered lately, by connection',
  },
  saved_cents: {
    name: 'openvob_saved_cents_total',
    help: 'What they would have cost by the price of the connection, in cents',
  },
  webhooks: {
    name: 'openvob_webhook_deliveries_total',
    help: 'Tries to deliver webhooks: delivered, retried later, exhausted, gone (410) or withheld for want of consent',
  },
  events: { name: 'openvob_worker_events_total', help: 'Events in the logs of all workers' },
};

/**
 * Told as 0 from the beginning: Prometheus sees growth only from a figure that it has read before, so that an alert on any of these would miss the
 * first.
 */
const countedFromZero: Readonly<Record<string, readonly Sample['labels'][]>> = {
  moves: [{ to: 'failed' }],
  failures: ['set_aside', 'internal_error', 'configuration', 'provider_enrollment'].map((reason) => ({ reason })),
  webhooks: [{ outcome: 'exhausted' }, { outcome: 'gone' }],
  events: ['worker.replaced', 'audit.head_not_exported'].map((event) => ({ event, level: 'error' })),
};

/** Turns figures into families with names, help and bounded labels. */
export class Families {
  private readonly connectionLabel = new BoundedLabel(mostLabels);
  private readonly eventLabel = new BoundedLabel(mostLabels);
  private readonly reasonLabel = new BoundedLabel(mostLabels);

  of({ rows, lanes, canaries }: SharedFigures): (Family | HistogramFamily)[] {
    return [
      gauge('openvob_database_up', 'Whether the database answers', [{ value: rows ? 1 : 0 }]),
      gauge('openvob_queue_up', 'Whether the queue answers', [{ value: lanes ? 1 : 0 }]),
      ...canaryFamilies(canaries),
      ...(lanes ? laneFamilies(lanes) : []),
      ...(rows ? [...rowFamilies(rows), ...this.connectionFamilies(rows.connections), ...this.counters(rows)] : []),
    ];
  }

  private connectionFamilies(connections: readonly ConnectionFigures[]): (Family | HistogramFamily)[] {
    const byLabel = new Map<string, ConnectionFigures[]>();
    for (const one of connections) {
      const label = this.connectionLabel.of(one.connectionId);
      byLabel.set(label, [...(byLabel.get(label) ?? []), one]);
    }
    return connectionFamilies([...byLabel]);
  }

  private counters({ counts }: OperationsFigures): Family[] {
    return Object.entries(workerCounters).map(([metric, { name, help }]) => ({
      name,
      help,
      type: 'counter',
      samples: summed([
        ...(countedFromZero[metric] ?? []).map((labels = {}) => ({ labels: this.bounded(labels), value: 0 })),
        ...counts
          .filter((count) => count.metric === metric)
          .map(({ labels, value }) => ({ labels: this.bounded(labels), value })),
      ]),
    }));
  }

  private bounded(labels: Readonly<Record<string, string>>): Record<string, string> {
    if ('connection' in labels) return { ...labels, connection: this.connectionLabel.of(labels.connection) };
    if ('reason' in labels) return { ...labels, reason: this.reasonLabel.of(labels.reason) };
    return 'event' in labels ? { ...labels, event: this.eventLabel.of(labels.event) } : { ...labels };
  }
}

function canaryFamilies(canaries: readonly LaneState[]): Family[] {
  const seen = canaries.flatMap(({ lane, ageMs, tookMs }) =>
    ageMs === undefined || tookMs === undefined ? [] : [{ lane, ageMs, tookMs }],
  );
  return [
    gauge(
      'openvob_lane_moving',
      'Whether jobs come out of the lane, by canaries',
      canaries.map(({ lane, isMoving }) => ({ labels: { lane }, value: isMoving ? 1 : 0 })),
    ),
    gauge(
      'openvob_canary_age_seconds',
      'Time since the last canary came out of the lane',
      seen.map(({ lane, ageMs }) => ({ labels: { lane }, value: ageMs / 1000 })),
    ),
    gauge(
      'openvob_canary_latency_seconds',
      'Time that the last canary took through the lane',
      seen.map(({ lane, tookMs }) => ({ labels: { lane }, value: tookMs / 1000 })),
    ),
  ];
}

function laneFamilies(lanes: readonly LaneCounts[]): Family[] {
  const states = ['waiting', 'active', 'delayed'] as const;
  return [
    gauge(
      'openvob_queue_jobs',
      'Jobs in the queue, by lane and state',
      lanes.flatMap((counts) =>
        states.map((state) => ({ labels: { lane: counts.lane, state }, value: counts[state] })),
      ),
    ),
    gauge(
      'openvob_queue_paused',
      'Whether the lane was paused by operations',
      lanes.map(({ lane, paused }) => ({ labels: { lane }, value: paused ? 1 : 0 })),
    ),
  ];
}

function rowFamilies({ verifications, dueRows, workers, unsealed, webhooks }: OperationsFigures): Family[] {
  const due = lanesOf.map((lane) => dueRows.find((one) => one.lane === lane) ?? { lane, due: 0, ageSeconds: 0 });
  return [
    gauge(
      'openvob_verifications',
      'Verifications by status',
      statuses.map((status) => ({
        labels: { status },
        value: verifications.find((one) => one.status === status)?.count ?? 0,
      })),
    ),
    gauge(
      'openvob_queue_age_seconds',
      'For how long the oldest verification that is due has waited to be looked at, by rows',
      due.map(({ lane, ageSeconds }) => ({ labels: { lane }, value: ageSeconds })),
    ),
    gauge(
      'openvob_queue_due',
      'Verifications that are due and not looked at, by rows',
      due.map((one) => ({ labels: { lane: one.lane }, value: one.due })),
    ),
    gauge('openvob_workers', 'Worker processes that live', [{ value: workers }]),
    gauge('openvob_webhook_undelivered_seconds', 'Age of the oldest webhook that waits, tries that failed included', [
      { value: webhooks.undeliveredSeconds },
    ]),
    gauge('openvob_webhook_overdue_seconds', 'For how long a webhook that is due has not been tried', [
      { value: webhooks.overdueSeconds },
    ]),
    gauge('openvob_audit_unsealed', 'Lines of the audit trails that are not linked to their chains yet', [
      { value: unsealed.lines },
    ]),
    gauge('openvob_audit_unsealed_age_seconds', 'For how long the oldest of them has waited', [
      { value: unsealed.ageSeconds },
    ]),
  ];
}

type Labelled = readonly (readonly [string, readonly ConnectionFigures[]])[];

function connectionFamilies(labelled: Labelled): (Family | HistogramFamily)[] {
  const sums = (name: string, help: string, read: (one: ConnectionFigures) => number): Family =>
    gauge(
      name,
      help,
      labelled.map(([connection, all]) => ({ labels: { connection }, value: sum(all.map(read)) })),
    );
  return [
    info(labelled),
    exchanges(labelled),
    latency(labelled),
    spend(labelled),
    sums('openvob_payer_in_flight', 'Inquiries in flight', (one) => one.inFlight),
    sums('openvob_payer_in_flight_limit', 'Inquiries that may be in flight at once', (one) => one.maxInFlight),
    sums(
      'openvob_payer_parked',
      'Verifications that wait for a slot, the breaker or the end of a pause',
      (one) => one.waiting,
    ),
    sums('openvob_payer_breaker_open', 'Connections whose breaker is open or on trial', (one) =>
      one.breaker === 'closed' ? 0 : 1,
    ),
    sums('openvob_payer_paused', 'Connections that operations paused', (one) => (one.isPaused ? 1 : 0)),
  ];
}

/** Whose a connection is: figures name it by its id alone, which stays when a payer is renamed. */
function info(labelled: Labelled): Family {
  return gauge(
    'openvob_connection_info',
    'Name of the payer and protocol of a connection',
    labelled.flatMap(([connection, [one]]) =>
      one && connection !== otherLabel
        ? [{ labels: { connection, payer: one.payer, adapter: one.adapter }, value: 1 }]
        : [],
    ),
  );
}

/** As `countedFromZero`: faults of the set-up, and what shows that they were mended. */
const exchangesFromZero = ['configuration', 'answered', 'member_rejected'].map((outcome) => ({
  outcome,
  exchanges: 0,
}));

function exchanges(labelled: Labelled): Family {
  return {
    name: 'openvob_payer_exchanges_total',
    help: 'Exchanges with payers, by connection and outcome',
    type: 'counter',
    samples: summed(
      labelled.flatMap(([connection, all]) =>
        all.flatMap(({ outcomes }) =>
          [...exchangesFromZero, ...outcomes].map(({ outcome, exchanges: value }) => ({
            labels: { connection, outcome },
            value,
          })),
        ),
      ),
    ),
  };
}

function latency(labelled: Labelled): HistogramFamily {
  return {
    name: 'openvob_payer_latency_seconds',
    help: 'Time until a payer answered, or until it was given up',
    type: 'histogram',
    bounds: durationBoundsMs.map((bound) => bound / 1000),
    series: labelled.flatMap(([connection, all]) => {
      const outcomes = all.flatMap((one) => one.outcomes);
      if (outcomes.length === 0) return [];
      const counts = [...durationBoundsMs, 0].map((_bound, index) =>
        sum(outcomes.map((outcome) => outcome.byDuration[index] ?? 0)),
      );
      return [{ labels: { connection }, counts, sum: sum(outcomes.map((outcome) => outcome.durationMs)) / 1000 }];
    }),
  };
}

function spend(labelled: Labelled): Family {
  return {
    name: 'openvob_spend_cents_total',
    help: 'Cost of exchanges by the price of the connection, in cents',
    type: 'counter',
    samples: labelled.map(([connection, all]) => ({
      labels: { connection },
      value: sum(all.flatMap(({ outcomes }) => outcomes.map((outcome) => outcome.costCents))),
    })),
  };
}

/** Samples with the same labels are one. */
function summed(samples: readonly Sample[]): Sample[] {
  const byLabels = new Map<string, Sample>();
  for (const sample of samples) {
    const key = JSON.stringify(sample.labels);
    byLabels.set(key, { ...sample, value: sample.value + (byLabels.get(key)?.value ?? 0) });
  }
  return [...byLabels.values()];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, type: 'gauge', samples };
}
