import type { Accumulator, CostShare, Snapshot, Source } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';

/** A payer's answer about one invented person: active, nothing else. */
export function aSnapshot(snapshot: Partial<Snapshot> = {}): Snapshot {
  return {
    outcome: 'benefits',
    rejections: [],
    trace: [],
    payer: {},
    provider: {},
    subscriber: {},
    patient: {},
    status: 'active',
    spans: [{ from: '2026-01-01', what: 'plan', source: segment(1) }],
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
    ...snapshot,
  };
}

export function anIopBenefit(iop: Partial<IopBenefit> = {}): IopBenefit {
  return { decision: 'covered', conditions: [], authorization: 'no', limits: [], unknowns: [], ...iop };
}

/** A figure that stands on one segment. */
export function chosen(value: Chosen['value'], number = 20, alternatives: Chosen['alternatives'] = []): Chosen {
  return { value, rule: '1.10.3', source: [segment(number)], alternatives };
}

export function segment(number: number): Source {
  return { segment: number, raw: `EB*${number}` };
}

export function anAccumulator(number: number, row: Partial<Accumulator>): Accumulator {
  return {
    kind: 'deductible',
    level: 'individual',
    period: 'calendar_year',
    network: 'in',
    serviceTypes: ['30'],
    source: [segment(number)],
    ...row,
  };
}

export function aCostShareRow(number: number, row: Partial<CostShare>): CostShare {
  return { kind: 'coinsurance', network: 'in', serviceTypes: ['MH'], source: segment(number), ...row };
}
