import {
  type Accumulator,
  type BasisRow,
  isBehavioral,
  isPlanLevel,
  marked,
  type PartAnswer,
  type Snapshot,
} from '@openvob/benefits';

/** What a plan and the administrator of its behavioral health said, as one answer; with how the figures were taken together. */
export interface Administered {
  readonly snapshot: Snapshot;
  /** Kinds of accumulators that the administrator did not state and that are the plan's. */
  readonly fromPlan: readonly Accumulator['kind'][];
  /** Kinds that both stated, with different figures; the administrator's are taken. */
  readonly disputed: readonly Accumulator['kind'][];
}

/**
 * The answer of a plan whose behavioral health an administrator holds, put together with the administrator's own:
 *
 * - that there is coverage at all, its dates, plans and other payers: the plan;
 * - whether behavioral care is covered, cost shares, limits, exclusions and authorization: the administrator; nothing that the plan said of them
 *   is used (`reference/benefits.md` 1.10 rule 12). Active coverage that an administrator states without naming a service is behavioral (rule 13);
 * - deductible and out-of-pocket maximum: the administrator's where it states them for that network, else the plan's, since plan and administrator
 *   usually share one.
 *
 * The carve-out of the plan is answered by this; one that the administrator itself names stays.
 */
export function withAdministrator(plan: PartAnswer, administrator: PartAnswer): Administered {
  const [ofPlan, ofAdministrator] = [marked(plan), marked(administrator)];
  const shared = ofPlan.accumulators.filter(
    (own) => !ofAdministrator.accumulators.some((other) => replaces(other, own)),
  );
  const { carveOut: _, ...rest } = ofPlan;
  const snapshot: Snapshot = {
    ...rest,
    coverages: [
      ...ofPlan.coverages.filter(({ serviceTypes }) => !isBehavioral(serviceTypes)),
      ...ofAdministrator.coverages.map(behavioral),
    ],
    accumulators: [...ofAdministrator.accumulators, ...shared],
    costShares: ofAdministrator.costShares,
    limits: ofAdministrator.limits,
    authorizations: ofAdministrator.authorizations,
    exclusions: ofAdministrator.exclusions,
    entities: [...ofPlan.entities, ...ofAdministrator.entities],
    otherPayers: ofPlan.otherPayers,
    messages: [...ofPlan.messages, ...ofAdministrator.messages],
    ...(ofAdministrator.carveOut ? { carveOut: ofAdministrator.carveOut } : {}),
    ...basisOf(ofPlan, ofAdministrator),
  };
  return {
    snapshot,
    fromPlan: kindsIn(shared).filter((kind) => ofAdministrator.accumulators.every((other) => other.kind !== kind)),
    disputed: kindsIn(ofAdministrator.accumulators).filter((kind) => disagree(ofPlan, ofAdministrator, kind)),
  };
}

function basisOf(plan: Snapshot, administrator: Snapshot): Pick<Snapshot, 'basis'> {
  if (!plan.basis) return {};
  const rows = [
    ...plan.basis.rows.filter((row) => isOfPlan(row)),
    ...(administrator.basis?.rows ?? []).filter(({ says }) => says !== 'other_payer').map(behavioral),
  ];
  return { basis: { ...plan.basis, rows, forOthers: administrator.basis?.forOthers ?? [] } };
}

function isOfPlan({ says, serviceTypes }: BasisRow): boolean {
  return says === 'other_payer' || (says === 'coverage' && !isBehavioral(serviceTypes));
}

/** Whoever administers nothing but behavioral health speaks of it also where no service is named. */
function behavioral<T extends { serviceTypes: string[] }>(row: T): T {
  return isPlanLevel(row.serviceTypes) ? { ...row, serviceTypes: ['MH'] } : row;
}

function replaces(ofAdministrator: Accumulator, ofPlan: Accumulator): boolean {
  if (ofAdministrator.kind !== ofPlan.kind) return false;
  return (
    ofAdministrator.network === ofPlan.network ||
    ofAdministrator.network === 'either' ||
    ofAdministrator.network === 'unknown'
  );
}

function disagree(plan: Snapshot, administrator: Snapshot, kind: Accumulator['kind']): boolean {
  const figures = ({ accumulators }: Snapshot) =>
    accumulators
      .filter((each) => each.kind === kind && each.network !== 'out')
      .map(({ level, limitCents, remainingCents }) => `${level} ${limitCents} ${remainingCents}`);
  const ofPlan = new Set(figures(plan));
  return ofPlan.size > 0 && figures(administrator).some((figure) => !ofPlan.has(figure));
}

function kindsIn(accumulators: readonly Accumulator[]): Accumulator['kind'][] {
  return [...new Set(accumulators.map(({ kind }) => kind))];
}
