import type { Limit } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import { BY_PHONE } from './by-phone';
import { agreed } from './coverage-words';
import type { Heard, Statement } from './hear';
import { type HearingSide, heardAccumulators } from './heard-accumulators';
import { type HeardShare, heardShare } from './heard-share';
import { sourceOf } from './heard-snapshot';
import type { Said } from './phone-answer';

/**
 * A decision with what was said by phone of its figures, authorization and limits, and without the unknowns that were answered. Whether the
 * program is covered is decided before, from what the snapshot says beside the call (`heardSnapshot`).
 */
export function heardIop(iop: IopBenefit, hearing: HearingSide): HeardShare {
  if (iop.decision === 'carved_out' || iop.decision === 'other_payer' || iop.decision === 'not_covered') return { iop };
  const share = heardShare(heardAccumulators(iop, hearing), hearing);
  if (share.iop.decision === 'not_covered') return share;
  const heard = heardLimits(heardAuthorization(share.iop, hearing), hearing);
  const unknowns = heard.unknowns.filter((unknown) => !isAnswered(unknown, heard, hearing));
  return { ...share, iop: withConditions({ ...heard, unknowns }) };
}

/** An unknown of the decision that is answered by the figures as they are now, or by a word of its own. */
function isAnswered(unknown: string, iop: IopBenefit, { words }: HearingSide): boolean {
  const { own, views } = words;
  const isTold = (...chosen: (Chosen | undefined)[]) => chosen.some((one) => one?.value.limitCents !== undefined);
  const isLeftTold = (...chosen: (Chosen | undefined)[]) =>
    chosen.every((one) => !one || one.value.remainingCents !== undefined || one.value.limitCents === 0);
  switch (unknown) {
    case 'cost_share':
      return (
        iop.copay !== undefined || iop.coinsurance !== undefined || agreed(views, 'share_kind')?.value === 'nothing'
      );
    case 'copay_unit':
      return iop.copay?.value.per !== undefined || (iop.copay?.value.amountCents ?? 0) === 0;
    case 'deductible':
      return isTold(iop.deductibleIndividual, iop.deductibleFamily);
    case 'deductible_remaining':
      return isLeftTold(iop.deductibleIndividual, iop.deductibleFamily);
    case 'out_of_pocket':
      return isTold(iop.outOfPocketIndividual, iop.outOfPocketFamily) || isNone(own, 'out_of_pocket_individual');
    case 'out_of_pocket_remaining':
      return isLeftTold(iop.outOfPocketIndividual, iop.outOfPocketFamily);
    case 'authorization':
      return iop.authorization !== 'unknown';
    case 'network':
      return own.word('facility_network') !== undefined;
    case 'tier':
      return own.word('tier') !== undefined && (iop.copay ?? iop.coinsurance)?.rule === BY_PHONE;
    case 'limits':
      return agreed(views, 'limit_kind')?.value === 'none' || iop.limits.every(isTotalTold);
    case 'plan_year':
      return own.word('plan_year')?.value === 'calendar_year' || own.word('plan_year_start') !== undefined;
    default:
      return false;
  }
}

function isNone(own: Heard, code: 'out_of_pocket_individual' | 'deductible_individual'): boolean {
  return own.amounts(code)?.value === 'none';
}

function isTotalTold({ remaining, used, unit }: Limit): boolean {
  return unit !== 'other' && (remaining !== undefined || used !== undefined);
}

/** The strictest of what was said of the tracks; a notice is no authorization. */
function heardAuthorization(iop: IopBenefit, { words, referee, path }: HearingSide): IopBenefit {
  const said = words.views.flatMap((view) => view.word('authorization_required') ?? []);
  const strictest = said.find(({ value }) => value === 'yes') ?? said[0];
  if (!strictest) return iop;
  const value = strictest.value === 'yes' ? 'yes' : 'no';
  if (iop.authorization === value) return iop;
  if (iop.authorization !== 'unknown') {
    const used = referee.used<string>({
      path: `${path}/authorization/required`,
      code: 'authorization_required',
      electronic: iop.authorization,
      phone: { ...strictest, value },
      isPhoneOfProgram: true,
    });
    if (used === 'electronic') return iop;
  }
  return { ...iop, authorization: value };
}

/** Limits of the unit that was spoken of; of several tracks each keeps its own. */
function heardLimits(iop: IopBenefit, { words, referee, path }: HearingSide): IopBenefit {
  const stated = words.views.flatMap((view) => statedLimit(view) ?? []);
  const [first] = stated;
  if (!first) return iop;
  const limits = distinct(stated.flatMap(({ limit }) => limit ?? []));
  // What was used in a year that is over says nothing of what the answer states as left.
  const isOver = words.views.some((view) => view.isOver('limit_used'));
  if (isOver && iop.limits.length > 0 && limits.every(({ unit }) => iop.limits.some((one) => one.unit === unit)))
    return iop;
  const electronic = iop.limits.map(leftOf);
  const phone = limits.map(leftOf);
  if (iop.limits.length > 0 && JSON.stringify(electronic) !== JSON.stringify(phone)) {
    const used = referee.used({
      path: `${path}/limits/0/remaining`,
      code: 'limit_kind',
      electronic,
      phone: { ...first.statement, value: phone },
      isPhoneOfProgram: true,
    });
    if (used === 'electronic') return iop;
  }
  return { ...iop, limits };
}

function leftOf({ unit, remaining, allowed, used }: Limit): { unit: string; remaining?: number } {
  const left = remaining ?? (allowed === undefined ? undefined : allowed - (used ?? 0));
  return { unit, ...(left === undefined ? {} : { remaining: left }) };
}

function distinct(limits: readonly Limit[]): Limit[] {
  return limits.filter(
    (limit, at) => limits.findIndex((one) => JSON.stringify(leftOf(one)) === JSON.stringify(leftOf(limit))) === at,
  );
}

interface StatedLimit {
  readonly statement: Statement<string>;
  /** Not there: there is no limit. */
  readonly limit?: Limit;
}

function statedLimit(view: Heard): StatedLimit | undefined {
  const statement = view.word('limit_kind');
  if (!statement) return undefined;
  const unit = UNITS[statement.value];
  if (!unit) return { statement };
  const allowed = view.number('limit_total');
  const used = view.number('limit_used');
  const remaining = allowed && used ? Math.max(0, allowed.value - used.value) : undefined;
  return {
    statement,
    limit: {
      unit,
      period: 'year',
      network: 'either',
      serviceTypes: [],
      ...(allowed ? { allowed: allowed.value } : {}),
      ...(used ? { used: used.value } : {}),
      ...(remaining === undefined ? {} : { remaining }),
      source: sourcesOf([statement.said, allowed?.said, used?.said]),
    },
  };
}

const UNITS: Readonly<Record<string, Limit['unit']>> = {
  days: 'days',
  visits: 'visits',
  hours: 'hours',
  dollars: 'dollars',
};

function sourcesOf(said: readonly (Said | undefined)[]): Limit['source'] {
  const told = said.filter((one) => one !== undefined);
  return told
    .filter((one, at) => told.findIndex((other) => other.call === one.call && other.words === one.words) === at)
    .map(sourceOf);
}

const LIMIT_CONDITIONS: Readonly<Partial<Record<Limit['unit'], string>>> = {
  visits: 'visit_limit',
  days: 'day_limit',
  dollars: 'dollar_limit',
};

/** The conditions that stand on figures which may have changed. */
function withConditions(iop: IopBenefit): IopBenefit {
  const ofFigures = new Set<string>(['authorization_required', ...Object.values(LIMIT_CONDITIONS)]);
  const limits = iop.limits.flatMap(({ unit }) => LIMIT_CONDITIONS[unit] ?? []);
  const tierIsOpen = iop.unknowns.includes('tier');
  const conditions = [
    ...(iop.authorization === 'yes' ? ['authorization_required'] : []),
    ...new Set(limits),
    ...iop.conditions.filter((one) => !ofFigures.has(one) && (one !== 'tier_unknown' || tierIsOpen)),
  ];
  if (iop.decision !== 'covered' && iop.decision !== 'covered_with_conditions') return { ...iop, conditions };
  return { ...iop, conditions, decision: conditions.length > 0 ? 'covered_with_conditions' : 'covered' };
}
