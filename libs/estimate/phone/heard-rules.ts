import type { Snapshot } from '@openvob/benefits';
import { assumption } from '../case-from-benefits/case-notes';
import { unstatedDeductibleShares } from '../case-from-benefits/stated-shares';
import type { Benefits, CostShare, CostShareRule } from '../estimate-case';
import { hypothesesOf } from '../rule-in-use';
import { type CaseEdits, forget, openUnknown, restate, settleUnknown } from './case-edits';
import { agreed, type SideWords } from './coverage-words';
import type { Statement } from './hear';
import type { Said } from './phone-answer';
import type { Witness } from './referee';
import { copayUnit, type SaidShare } from './said-share';

/** One side of a coverage of a case, and what was said of it. */
export interface SideHearing {
  readonly words: SideWords;
  /** JSON Pointer to the side. */
  readonly path: string;
  /** Index of the coverage in the case. */
  readonly coverage: number;
  readonly snapshot: Snapshot;
  readonly shares: readonly SaidShare[];
  /** Whose share is used. */
  readonly shareFrom: Witness | undefined;
  readonly hasVirtualDays: boolean;
  readonly hasOtherServices: boolean;
  readonly edits: CaseEdits;
}

/** The rules of a side with the share that was said, or with what was said about the share that was answered. */
export function heardRules(benefits: Benefits, hearing: SideHearing): readonly CostShareRule[] {
  const [first] = benefits.costShares;
  if (!first) return benefits.costShares;
  const program = hearing.shareFrom === 'phone' ? saidRule(benefits, hearing) : wordedRule(first, hearing);
  return withScopes([...virtualRules(program, hearing), ...otherRules(program, hearing)], hearing);
}

function saidRule({ periods }: Benefits, hearing: SideHearing): CostShareRule {
  const { shares, path, coverage, edits, snapshot } = hearing;
  const [first] = shares;
  if (!first) return { appliesTo: 'any', unknown: true };
  restate(edits, `${path}/costShares/0`, first.said, coverage);
  if (shares.some(({ kind }) => kind === 'not_covered')) return { appliesTo: 'any', notCovered: true };
  const stated = shares.flatMap((share) => (share.kind === 'shares' ? share.shares : []));
  if (stated.length === 0) {
    openUnknown(edits, 'cost_share');
    return { appliesTo: 'any', unknown: true };
  }
  settleUnknown(edits, 'cost_share');
  const [assumed] = shares.flatMap((share) => (share.kind === 'shares' ? (share.assumed ?? []) : []));
  if (assumed) edits.assumptions.push(assumption(assumed, `${path}/costShares/0`));
  if (stated.every(({ copayCents, copayPer }) => !copayCents || copayPer)) settleUnknown(edits, 'copay_unit');
  else openUnknown(edits, 'copay_unit');
  const plain = stated.map((share) => ({ share, figures: [], assumptions: [] }));
  const open = unstatedDeductibleShares(plain, { snapshot, periods }).map(({ share }) => share);
  if (open.length > 0) openUnknown(edits, 'deductible');
  else settleUnknown(edits, 'deductible');
  return ruleOf('any', [...stated, ...open]);
}

function ruleOf(appliesTo: CostShareRule['appliesTo'], shares: readonly CostShare[]): CostShareRule {
  const [only, ...others] = distinct(shares);
  if (!only) return { appliesTo, unknown: true };
  return others.length === 0 ? { appliesTo, ...only } : { appliesTo, oneOf: [only, ...others] };
}

function distinct(shares: readonly CostShare[]): CostShare[] {
  return shares.filter((share, at) => shares.findIndex((one) => JSON.stringify(one) === JSON.stringify(share)) === at);
}

/** The answered share with what was said of its deductible, its unit and its cap. */
function wordedRule(rule: CostShareRule, { words, path, coverage, edits }: SideHearing): CostShareRule {
  if ('notCovered' in rule || 'unknown' in rule) return rule;
  const deductible = agreed(words.views, 'deductible_applies');
  const unit = agreed(words.views, 'copay_per');
  if (!deductible && !unit) return rule;
  const [view] = words.views;
  const per = unit && view ? copayUnit(view) : undefined;
  const shares = hypothesesOf(rule)
    .filter((share) => deductible?.value !== 'no' || !isWhole(share))
    .map((share) => withDeductible(share, deductible))
    .map((share) => (per && (share.copayCents ?? 0) > 0 ? { ...share, copayPer: per } : share));
  const place = `${path}/costShares/0`;
  const left = distinct(shares);
  keepFigures(edits, place, left.length);
  for (const [at, share] of left.entries()) {
    const own = left.length === 1 ? place : `${place}/oneOf/${at}`;
    if (deductible) note(edits, `${own}/order`, deductible.said, coverage, DEDUCTIBLE_ASSUMED);
    if (unit && (share.copayCents ?? 0) > 0) note(edits, `${own}/copayPer`, unit.said, coverage, UNIT_ASSUMED);
  }
  if (per) settleUnknown(edits, 'copay_unit');
  if (deductible?.value === 'no') settleUnknown(edits, 'deductible', 'deductible_remaining');
  return ruleOf(rule.appliesTo, shares);
}

const DEDUCTIBLE_ASSUMED: readonly string[] = ['deductible_first', 'copay_without_deductible', 'deductible_not_stated'];
const UNIT_ASSUMED: readonly string[] = ['copay_unit_not_stated', 'copay_month_between_episode_and_week'];

function note(edits: CaseEdits, path: string, said: Said, coverage: number, assumed: readonly string[]): void {
  restate(edits, path, said, coverage);
  const rule = path.slice(0, path.lastIndexOf('/'));
  edits.assumptions = edits.assumptions.filter(
    ({ code, path: place }) => !(place.startsWith(rule) && assumed.includes(code)),
  );
}

/** Where only one hypothesis is left its figures stand in the rule itself. */
function keepFigures(edits: CaseEdits, place: string, left: number): void {
  if (left !== 1) return;
  const raised = <T extends { readonly path: string }>(one: T): T => ({
    ...one,
    path: one.path.replace(new RegExp(`^(${place})/oneOf/\\d+/`), '$1/'),
  });
  edits.sources = eachOnce(edits.sources.map(raised));
  edits.assumptions = eachOnce(edits.assumptions.map(raised));
}

function eachOnce<T>(list: readonly T[]): T[] {
  const texts = list.map((one) => JSON.stringify(one));
  return list.filter((_one, at) => texts.indexOf(texts[at] ?? '') === at);
}

/** Everything is owed: the hypothesis of a deductible that nobody stated. */
function isWhole({ coinsurancePercent, copayCents }: CostShare): boolean {
  return coinsurancePercent === 100 && copayCents === 0;
}

function withDeductible(share: CostShare, said: Statement<string> | undefined): CostShare {
  if (said?.value === 'no') {
    if (share.order === 'deductible_then_copay') return { ...share, order: 'copay' };
    if (share.order === 'deductible_then_coinsurance')
      return { ...share, order: 'copay_then_coinsurance', copayCents: 0 };
  }
  if (said?.value === 'yes') {
    if (share.order === 'copay' && share.copayCents !== 0) return { ...share, order: 'deductible_then_copay' };
    if (share.order === 'copay_then_coinsurance' && share.copayCents === 0 && !isWhole(share)) {
      const { copayCents: _, ...rest } = share;
      return { ...rest, order: 'deductible_then_coinsurance' };
    }
  }
  return share;
}

/** The rule of virtual days, before the others: the first that matches is used. */
function virtualRules(program: CostShareRule, hearing: SideHearing): CostShareRule[] {
  const { words, edits, hasVirtualDays } = hearing;
  const covered = agreed(words.views, 'virtual_covered');
  const same = agreed(words.views, 'virtual_same_share');
  if (!hasVirtualDays || 'notCovered' in program) return [];
  if (covered?.value === 'no') return [{ appliesTo: 'any', setting: 'virtual', notCovered: true }];
  if (same?.value !== 'no') return [];
  openUnknown(edits, 'cost_share');
  return [{ appliesTo: 'any', setting: 'virtual', unknown: true }];
}

/** The rule of the program, and of the other services where theirs is another. */
function otherRules(
  program: CostShareRule,
  { words, edits, path, coverage, hasOtherServices }: SideHearing,
): CostShareRule[] {
  const same = agreed(words.views, 'other_services_same_share');
  if (!same || !hasOtherServices || 'notCovered' in program) return [program];
  if (same.value === 'yes') {
    restate(edits, `${path}/costShares/0/appliesTo`, same.said, coverage);
    return [program];
  }
  openUnknown(edits, 'cost_share');
  forget(edits, `${path}/costShares/0/appliesTo`);
  return [
    { ...program, appliesTo: ['iop_day'] },
    { appliesTo: 'any', unknown: true },
  ];
}

/** Shares that were stated for virtual days or for the other services. */
function withScopes(rules: CostShareRule[], { words, path, coverage, edits }: SideHearing): CostShareRule[] {
  return rules.map((rule, at) => {
    const scope = rule.setting === 'virtual' ? 'virtual' : 'others';
    const found = words.own.shares.find((one) => one.scope === scope);
    if (!found || !('unknown' in rule) || (scope === 'others' && at === 0)) return rule;
    const { value, said } = found.statement;
    restate(edits, `${path}/costShares/${at}`, said, coverage);
    if (rules.filter((one) => 'unknown' in one).length === 1) settleUnknown(edits, 'cost_share');
    const about = { appliesTo: rule.appliesTo, ...(rule.setting ? { setting: rule.setting } : {}) };
    return value === 'not_covered' ? { ...about, notCovered: true } : { ...about, ...value };
  });
}
