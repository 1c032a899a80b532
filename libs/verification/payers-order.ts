import { inItsPlace, isMedicareSecondary, type NamedPayer } from '@openvob/coverage';
import { type CoverageOutcome, isForPhone } from './further-coverages';
import { type Before, orderOfPayers } from './payer-order';
import type { ChainLink, DirectoryPayer, EstimateBasis, Transition } from './ports';
import type { Target } from './run-in-progress';

/** A payer that was asked, what became of it, and who was asked because of it. */
export interface AskedCoverage {
  readonly target: Target;
  readonly outcome: CoverageOutcome;
  readonly links: readonly ChainLink[];
}

/** What one payer says of another one's place. */
export interface Statement extends NamedPayer {
  readonly by: AskedCoverage;
  /** Left out where nobody in the directory goes by that name. */
  readonly payer?: DirectoryPayer;
  /** For the chain, where it was not asked. */
  readonly link?: ChainLink;
}

export type AnsweredOutcome = Extract<CoverageOutcome, { kind: 'answered' }>;

export function isAnswered(outcome: CoverageOutcome): outcome is AnsweredOutcome {
  return outcome.kind === 'answered';
}

/** Why a payer that was held up did not answer. */
export function withdrawn({ to }: Transition): 'waiting' | 'unanswered' {
  return to === 'waiting_for_payer' ? 'waiting' : 'unanswered';
}

type Answering = AskedCoverage & { readonly outcome: AnsweredOutcome };

/**
 * Coverages in the order in which the payers say that they pay; what the request says of the order counts where no payer speaks. One whose coverage another
 * payer holds gives its place to that one. A payer that is heeded answers for itself: what it said of others no longer stands in the way of its own benefits.
 */
export function inPayersOrder(
  asked: readonly AskedCoverage[],
  statements: readonly Statement[],
): readonly AskedCoverage[] {
  const answering = asked.filter(isBenefits);
  const [first] = asked;
  if (!first) return asked;
  if (!isBenefits(first))
    return isAnswered(first.outcome) || isForPhone(first.outcome) ? behindOneToCall(asked, statements) : asked;
  const held = withoutThoseHeldElsewhere(answering, statements);
  const said = beforesAmong(held, statements);
  const found = orderOfPayers(held.length, said);
  const rest = asked.filter((coverage) => !isBenefits(coverage));
  if (found.kind === 'disputed') return [...noting(held, disputed(held)), ...rest];
  const ordered = found.order.flatMap((index) => held[index] ?? []);
  const heeded = ordered.map((coverage) => (isHeeded(coverage, ordered, statements) ? inOwnPlace(coverage) : coverage));
  return [...noting(heeded, [...changesOf(heeded), ...furtherOf(statements, asked)]), ...rest];
}

function isBenefits(coverage: AskedCoverage): coverage is Answering {
  return isAnswered(coverage.outcome) && coverage.outcome.answer.snapshot.outcome === 'benefits';
}

function withoutThoseHeldElsewhere(
  answering: readonly Answering[],
  statements: readonly Statement[],
): readonly Answering[] {
  const replacing = (coverage: Answering) =>
    statements.find(({ place, by, payer }) => {
      const holder = answering.find(({ target }) => target.payer.id === payer?.id);
      return place === 'instead' && by.target === coverage.target && holder !== undefined && holder !== coverage;
    });
  const gone = answering.filter(replacing);
  const left = answering.filter((coverage) => !gone.includes(coverage));
  return left.map((coverage) => {
    const of = gone.find((each) => replacing(each)?.payer?.id === coverage.target.payer.id);
    return of ? withAssumptions(coverage, [heldBy(of, coverage)]) : coverage;
  });
}

function beforesAmong(held: readonly Answering[], statements: readonly Statement[]): Before[] {
  const indexOf = (payerId: string | undefined) => held.findIndex(({ target }) => target.payer.id === payerId);
  const told = statements.flatMap(({ place, by, payer }) => {
    const [named, speaker] = [indexOf(payer?.id), held.findIndex(({ target }) => target === by.target)];
    if (named < 0 || speaker < 0 || named === speaker || place === 'instead') return [];
    return [place === 'primary' ? { first: named, second: speaker } : { first: speaker, second: named }];
  });
  const medicare = held.flatMap(({ outcome }, second) =>
    isMedicareSecondary(outcome.answer.snapshot)
      ? held.flatMap((_, first) => (first === second ? [] : [{ first, second }]))
      : [],
  );
  return [...told, ...medicare];
}

/** The first has said nothing: the order of the request stands, and who pays after it answers for itself. */
function behindOneToCall(asked: readonly AskedCoverage[], statements: readonly Statement[]): readonly AskedCoverage[] {
  return asked.map((coverage) =>
    isBenefits(coverage) && isHeeded(coverage, asked, statements) ? inOwnPlace(coverage) : coverage,
  );
}

/** Everybody whom it names as paying first does. */
function isHeeded(coverage: Answering, ordered: readonly AskedCoverage[], statements: readonly Statement[]): boolean {
  const before = ordered.slice(0, ordered.indexOf(coverage)).map(({ target }) => target.payer.id);
  const first = statements.filter(({ by, place }) => by.target === coverage.target && place === 'primary');
  const isSecondary = isMedicareSecondary(coverage.outcome.answer.snapshot) && before.length > 0;
  return (
    (isSecondary || first.length > 0) && first.every(({ payer }) => payer !== undefined && before.includes(payer.id))
  );
}

function inOwnPlace(coverage: Answering): Answering {
  const { outcome } = coverage;
  const answer = { ...outcome.answer, snapshot: inItsPlace(outcome.answer.snapshot) };
  return { ...coverage, outcome: { ...outcome, answer } };
}

type Assumption = EstimateBasis['assumptions'][number];

function noting(coverages: readonly Answering[], assumptions: readonly Assumption[]): Answering[] {
  return coverages.map((coverage, index) => (index === 0 ? withAssumptions(coverage, assumptions) : coverage));
}

function withAssumptions(coverage: Answering, more: readonly Assumption[]): Answering {
  const { answer } = coverage.outcome;
  const assumptions = [...(answer.assumptions ?? []), ...more];
  return { ...coverage, outcome: { ...coverage.outcome, answer: { ...answer, assumptions } } };
}

/** The payers' order where it differs from the request's. */
function changesOf(ordered: readonly Answering[]): Assumption[] {
  const positions = ordered.map(({ target }) => target.position);
  if (positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? -1))) return [];
  const names = ordered.map(({ target }) => target.payer.name).join(', then ');
  const text = `${names}: so the payers say who pays first, other than the request.`;
  return [{ code: 'order_as_payers_say', text, path: '/coverages' }];
}

/** Payers that pay after those that were asked; they are named and not counted. */
function furtherOf(statements: readonly Statement[], asked: readonly AskedCoverage[]): Assumption[] {
  return statements.flatMap(({ place, name, by, payer }) => {
    if (place === 'primary' || place === 'instead' || asked.some(({ target }) => target.payer.id === payer?.id))
      return [];
    const text = `${by.target.payer.name} says that ${name} covers the patient too and pays after it: it is not counted.`;
    return [{ code: 'further_coverage_not_counted', text, path: '/coverages' }];
  });
}

function disputed(held: readonly Answering[]): Assumption[] {
  const names = held.map(({ target }) => target.payer.name).join(' and ');
  const text = `${names} contradict each other on who pays first: the order of the request is used.`;
  return [{ code: 'payers_disagree_on_order', text, path: '/coverages' }];
}

function heldBy(gone: Answering, holder: Answering): Assumption {
  const text = `${gone.target.payer.name} says that ${holder.target.payer.name} holds this coverage: what that one said counts in its place.`;
  return { code: 'coverage_held_by', text, path: `/coverages/${gone.target.position}` };
}
