import type { AnswerJson, IopBenefit, Snapshot, Source } from '@openvob/results';

type Accumulator = Snapshot['accumulators'][number];

/** A deductible or maximum with how much of it is used. */
export interface Meter {
  readonly name: string;
  readonly limitCents?: number;
  readonly remainingCents?: number;
  readonly usedCents?: number;
  readonly sources: readonly Source[];
}

/** What is said of one side of the network. */
export interface BenefitSide {
  readonly network: 'in' | 'out';
  readonly meters: readonly Meter[];
  readonly shares: readonly {
    readonly text: string;
    readonly amountCents?: number;
    readonly percent?: number;
    readonly per?: string;
    readonly sources: readonly Source[];
  }[];
}

const kinds = [
  ['deductible', 'individual', 'Deductible, this person'],
  ['deductible', 'family', 'Deductible, family'],
  ['out_of_pocket', 'individual', 'Yearly maximum, this person'],
  ['out_of_pocket', 'family', 'Yearly maximum, family'],
] as const;

/** Whether somebody answered with benefits. */
export function isSnapshot(answer: AnswerJson['answer']): answer is Snapshot & { iop: IopBenefit } {
  return answer !== undefined && 'accumulators' in answer;
}

/** Both sides of the network, out of the last answer that speaks of amounts. */
export function benefitSides(answers: readonly AnswerJson[]): BenefitSide[] {
  const snapshots = answers.flatMap(({ answer }) => (isSnapshot(answer) ? [answer] : []));
  const last = snapshots.findLast(({ accumulators, costShares }) => accumulators.length + costShares.length > 0);
  if (!last) return [];
  return (['in', 'out'] as const).flatMap((network) => {
    const side = { network, meters: metersOf(last, network), shares: sharesOf(last, network) };
    return side.meters.length + side.shares.length > 0 ? [side] : [];
  });
}

function metersOf({ accumulators }: Snapshot, network: 'in' | 'out'): Meter[] {
  return kinds.flatMap(([kind, level, name]) => {
    const rows = accumulators.filter(
      (row) => row.kind === kind && row.level === level && isOn(row.network, network) && isGeneral(row),
    );
    const meter = joined(rows);
    return meter ? [{ name, ...meter }] : [];
  });
}

/** What is said of the plan as a whole, or of behavioral health. */
function isGeneral({ serviceTypes }: Accumulator): boolean {
  return (
    serviceTypes.length === 0 || serviceTypes.some((code) => ['30', 'MH', 'CJ', 'CH', 'AI', 'A8', 'CF'].includes(code))
  );
}

function isOn(said: string, network: 'in' | 'out'): boolean {
  return said === network || said === 'both' || (network === 'in' && (said === 'unknown' || said === 'not_applicable'));
}

function joined(rows: readonly Accumulator[]): Omit<Meter, 'name'> | undefined {
  const limitCents = rows.find((row) => row.limitCents !== undefined)?.limitCents;
  const stated = rows.find((row) => row.remainingCents !== undefined)?.remainingCents;
  const usedCents = rows.find((row) => row.usedCents !== undefined)?.usedCents;
  const remainingCents =
    stated ?? (limitCents !== undefined && usedCents !== undefined ? Math.max(0, limitCents - usedCents) : undefined);
  if (limitCents === undefined && remainingCents === undefined) return undefined;
  return {
    ...(limitCents === undefined ? {} : { limitCents }),
    ...(remainingCents === undefined ? {} : { remainingCents }),
    ...(usedCents === undefined ? {} : { usedCents }),
    sources: rows.flatMap(({ source }) => source),
  };
}

const behavioral = new Set(['MH', 'CJ', 'CH', 'CE', 'CF', 'CG', 'CI', 'AI', 'A4', 'A6', 'A7', 'A8', 'BB', 'BC']);

function sharesOf({ costShares }: Snapshot, network: 'in' | 'out'): BenefitSide['shares'] {
  return costShares
    .filter((row) => isOn(row.network, network) && row.serviceTypes.some((code) => behavioral.has(code)))
    .map(({ kind, amountCents, percent, per, source }) => ({
      text: kind === 'copay' ? 'Copay' : 'Coinsurance',
      ...(amountCents === undefined ? {} : { amountCents }),
      ...(percent === undefined ? {} : { percent }),
      ...(per === undefined ? {} : { per }),
      sources: [source],
    }));
}
