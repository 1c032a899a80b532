import { type CivilDate, formatUsd, type Limit } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { Estimate } from '@openvob/estimate';
import type { Conclusion } from './ports';

export type ChangeCode =
  | 'coverage'
  | 'coverage_end'
  | 'decision'
  | 'authorization_required'
  | 'estimate_total'
  | 'estimate_first_day'
  | 'deductible_left'
  | 'family_deductible_left'
  | 'deductible'
  | 'family_deductible'
  | 'out_of_pocket_left'
  | 'family_out_of_pocket_left'
  | 'out_of_pocket'
  | 'family_out_of_pocket'
  | 'copay'
  | 'coinsurance'
  | 'visits_left'
  | 'days_left'
  | 'hours_left';

/** Cents, percent, a count, a date or a word, as its code says; of the estimate its range. */
export type ChangeValue = number | string | Estimate['total'];

/** Something that another round came to otherwise than the one before. */
export interface Change {
  readonly code: ChangeCode;
  /** One plain sentence. */
  readonly text: string;
  /** Left out where nothing was said. */
  readonly before?: ChangeValue;
  readonly after?: ChangeValue;
  /** Of amounts of money: what it is more now, negative when it is less; of the estimate by the likely figure, or the highest where there is none. */
  readonly differenceCents?: number;
  /** The payer's words of both; none of what is worked out. */
  readonly sources: { readonly before: readonly unknown[]; readonly after: readonly unknown[] };
}

/** A conclusion with the day on which it was drawn. */
export interface DatedConclusion {
  readonly conclusion: Conclusion;
  readonly on: CivilDate;
}

interface Figure {
  readonly code: ChangeCode;
  readonly name: string;
  readonly value: ChangeValue | undefined;
  readonly sources: readonly unknown[];
  /** How it is written. */
  readonly say: (value: ChangeValue) => string;
  readonly isMoney?: true;
}

/**
 * What changed from one round to the next, weightiest first: every figure that both conclusions could state and state otherwise, or that one of them
 * states and the other does not. Nothing in it is a matter of wording: equal figures from other sources are no change.
 */
export function changesBetween(before: DatedConclusion, after: DatedConclusion): Change[] {
  const then = figuresOf(before.conclusion);
  const now = figuresOf(after.conclusion);
  const anew = newBenefitYear(before, after);
  const isGone = [then, now].some((figures) => figures.get('coverage')?.value === 'inactive');
  return [...then.keys()].flatMap((code) => {
    if (isGone && !ofCoverage.has(code)) return [];
    const [was, is] = [then.get(code), now.get(code)];
    if (!was || !is || isSame(was.value, is.value)) return [];
    return [changeOf(was, is, isOfBenefitYear(code) ? anew : undefined)];
  });
}

/** With the coverage everything else is gone, and comes back. */
const ofCoverage: ReadonlySet<ChangeCode> = new Set(['coverage', 'estimate_total', 'estimate_first_day']);

function changeOf(was: Figure, is: Figure, anew: CivilDate | undefined): Change {
  const difference = was.isMoney ? differenceOf(was.value, is.value) : undefined;
  const since = anew === undefined ? '' : ` A new benefit year began on ${anew}.`;
  return {
    code: was.code,
    text: `${sentence(was, is)}${since}`,
    ...(was.value === undefined ? {} : { before: was.value }),
    ...(is.value === undefined ? {} : { after: is.value }),
    ...(difference === undefined ? {} : { differenceCents: difference }),
    sources: { before: was.sources, after: is.sources },
  };
}

function sentence({ name, value: was, say }: Figure, { value: is }: Figure): string {
  if (was === undefined && is !== undefined) return `${name} is ${say(is)}; nothing was said of it before.`;
  if (is === undefined && was !== undefined) return `${name} was ${say(was)}; nothing is said of it now.`;
  if (was === undefined || is === undefined) return '';
  return `${name} went from ${say(was)} to ${say(is)}.`;
}

function differenceOf(was: ChangeValue | undefined, is: ChangeValue | undefined): number | undefined {
  const [before, after] = [centsOf(was), centsOf(is)];
  return before === undefined || after === undefined ? undefined : after - before;
}

/** Where only one of two totals has a likely figure, they are compared by the highest. */
function centsOf(value: ChangeValue | undefined): number | undefined {
  if (typeof value === 'object') return value.likelyCents ?? value.highCents;
  return typeof value === 'number' ? value : undefined;
}

function isSame(was: ChangeValue | undefined, is: ChangeValue | undefined): boolean {
  if (typeof was !== 'object' || typeof is !== 'object') return was === is;
  return was.lowCents === is.lowCents && was.likelyCents === is.likelyCents && was.highCents === is.highCents;
}

/** Every code is there on both sides, with or without a value. */
function figuresOf(conclusion: Conclusion): ReadonlyMap<ChangeCode, Figure> {
  const figures = [
    ...standing(conclusion),
    ...ofEstimate(conclusion.estimate),
    ...ofPlan(conclusion.decision),
    ...ofLimits(conclusion.decision?.limits ?? []),
  ];
  return new Map(figures.map((figure) => [figure.code, figure]));
}

const plain = (value: ChangeValue): string => String(value).replaceAll('_', ' ');
const dollars = (value: ChangeValue): string => (typeof value === 'number' ? formatUsd(value) : plain(value));

function standing({ decision, estimateCase, basis }: Conclusion): Figure[] {
  const isInactive = decision?.decision === 'not_covered' && estimateCase === undefined;
  const [coverage] = estimateCase?.coverages ?? [];
  const last = coverage?.active.at(-1);
  const cited = (path: RegExp) =>
    (basis?.sources ?? []).filter((one) => path.test(one.path)).map(({ source }) => source);
  return [
    {
      code: 'coverage',
      name: 'Coverage',
      value: isInactive ? 'inactive' : decision && decision.decision !== 'unknown' ? 'active' : undefined,
      sources: cited(/^\/coverages\/0\/active/),
      say: plain,
    },
    {
      code: 'coverage_end',
      name: 'The end of the coverage',
      value: isInactive ? undefined : last?.to,
      sources: cited(/^\/coverages\/0\/active\/\d+\/to$/),
      say: plain,
    },
    { code: 'decision', name: 'The decision', value: decision?.decision, sources: [], say: plain },
    {
      code: 'authorization_required',
      name: 'Whether an authorization is required',
      value: isInactive ? undefined : decision?.authorization,
      sources: cited(/^\/coverages\/0\/authorization\/required$/),
      say: plain,
    },
  ];
}

function ofEstimate(estimate: Estimate | undefined): Figure[] {
  return [
    {
      code: 'estimate_total',
      name: 'The estimate of the whole program',
      value: estimate?.total,
      sources: [],
      say: range,
      isMoney: true,
    },
    {
      code: 'estimate_first_day',
      name: 'The estimate of the first day',
      value: estimate?.firstDayCents,
      sources: [],
      say: dollars,
      isMoney: true,
    },
  ];
}

function range(value: ChangeValue): string {
  if (typeof value !== 'object') return dollars(value);
  const { lowCents, likelyCents, highCents } = value;
  if (lowCents === highCents) return formatUsd(highCents);
  if (likelyCents === undefined) return `between ${formatUsd(lowCents)} and ${formatUsd(highCents)}`;
  return `${formatUsd(likelyCents)} (${formatUsd(lowCents)} to ${formatUsd(highCents)})`;
}

function ofPlan(iop: IopBenefit | undefined): Figure[] {
  const amount = (code: ChangeCode, name: string, chosen: Chosen | undefined, value: number | undefined): Figure => ({
    ...{ code, name, value, sources: chosen?.source ?? [], say: dollars },
    isMoney: true,
  });
  const pairs = [
    ['deductible', 'The deductible', iop?.deductibleIndividual],
    ['family_deductible', 'The family’s deductible', iop?.deductibleFamily],
    ['out_of_pocket', 'The out-of-pocket maximum', iop?.outOfPocketIndividual],
    ['family_out_of_pocket', 'The family’s out-of-pocket maximum', iop?.outOfPocketFamily],
  ] as const;
  const { copay, coinsurance } = iop ?? {};
  return [
    ...pairs.map(([code, name, chosen]) =>
      amount(`${code}_left`, `${name} left`, chosen, chosen?.value.remainingCents),
    ),
    ...pairs.map(([code, name, chosen]) => amount(code, name, chosen, chosen?.value.limitCents)),
    amount('copay', 'The copay', copay, copay?.value.amountCents),
    {
      code: 'coinsurance',
      name: 'The coinsurance',
      value: coinsurance?.value.percent,
      sources: coinsurance?.source ?? [],
      say: (value) => `${plain(value)} %`,
    },
  ];
}

/** Of several limits of one unit the tightest counts. */
function ofLimits(limits: readonly Limit[]): Figure[] {
  return (['visits', 'days', 'hours'] as const).map((unit): Figure => {
    const left = limits.filter((limit) => limit.unit === unit && limit.remaining !== undefined);
    const tightest = left.reduce<Limit | undefined>(
      (least, limit) => (least && (least.remaining ?? 0) <= (limit.remaining ?? 0) ? least : limit),
      undefined,
    );
    return {
      code: `${unit}_left`,
      name: `The number of ${unit} left`,
      value: tightest?.remaining,
      sources: tightest?.source ?? [],
      say: plain,
    };
  });
}

/** The day between both on which what is used begins anew. */
function newBenefitYear(before: DatedConclusion, after: DatedConclusion): CivilDate | undefined {
  const periods = after.conclusion.estimateCase?.coverages[0]?.periods ?? [];
  return periods.map(({ from }) => from).find((from) => before.on < from && from <= after.on);
}

function isOfBenefitYear(code: ChangeCode): boolean {
  return /_left$|^(family_)?(deductible|out_of_pocket)$/.test(code);
}
