import { type Cents, type CivilDate, formatUsd } from '@openvob/benefits';
import { type CoverageAnswer, needOfRejection } from './conclude';
import { type EventKind, next } from './lifecycle';
import type { Need } from './need';
import type { DirectoryPayer, Transition } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** What became of asking about one coverage. */
export type CoverageOutcome =
  | {
      kind: 'answered';
      answer: CoverageAnswer;
      /** How it was asked. */
      via?: string;
      /** More was to be asked and could not be now: until then this is what is known. */
      waits?: Transition;
      /** A day on which to ask again by itself. */
      recheckOn?: CivilDate;
      /** Payers that its answer leads to and that did not answer for it. */
      open?: readonly OpenEnd[];
    }
  /** It waits for its payer, or a person has to take over. */
  | { kind: 'held_up'; payer: DirectoryPayer; position: number; transition: Transition }
  | { kind: 'by_phone'; payer: DirectoryPayer; position: number }
  /** The consent names another payer: this one was not asked. */
  | { kind: 'no_consent'; payer: DirectoryPayer; position: number };

/** Index of its coverage in the request; from 3 on, one that another payer's answer told of. */
export function positionOf(outcome: CoverageOutcome): number {
  return outcome.kind === 'answered' ? outcome.answer.position : outcome.position;
}

/** No machine gets an answer to this one in this round: a person calls, and nothing is gained by waiting. */
export function isForPhone(outcome: CoverageOutcome): boolean {
  return outcome.kind === 'by_phone' || (outcome.kind === 'held_up' && outcome.transition.to === 'needs_call');
}

/** A payer that another one's answer leads to, and why it did not answer for it. */
export type OpenEnd =
  | { kind: 'held_up'; payer: DirectoryPayer; transition: Transition }
  | { kind: 'no_consent'; payer: DirectoryPayer }
  /** It does not know the patient, or refuses to answer. */
  | { kind: 'turned_away'; payer: DirectoryPayer }
  /** Answers lead in a circle, or too far: the payers in their order. */
  | { kind: 'loop' | 'too_long'; payers: readonly string[] };

type QuestionsTo = (position: number) => NonNullable<Need['questions']>;

/** What a further coverage adds to the result of the first; the first listed decides the status. */
const precedence = [
  'payer_unavailable',
  'consent_missing',
  'correctable_rejection',
  'benefits_incomplete',
] as const satisfies readonly EventKind[];

interface Addition {
  event: (typeof precedence)[number];
  reason: string;
  needs: Need[];
  /** The wait, when it is one. */
  wait?: Transition;
}

/**
 * The result of the first coverage with what its further coverages, and the payers behind its answer, still need. A good first answer is never thrown away
 * for another one that failed: its decision and estimate stay, and the needs say which payer is meant.
 *
 * @param outcomes of all coverages, in the order in which they pay
 * @param questionsTo what to ask by phone about the coverage at this index of the request, where that is known
 */
export function withFurtherCoverages(
  first: Transition,
  outcomes: readonly CoverageOutcome[],
  questionsTo: QuestionsTo = () => [],
): Transition {
  if (first.to !== 'verified' && first.to !== 'needs_call') return first;
  const additions = outcomes.flatMap((outcome, index) => [
    ...(index === 0 ? [] : additionOf(outcome, questionsTo)),
    ...(outcome.kind === 'answered' ? endsOf(outcome, first) : []),
  ]);
  const decisive = precedence.flatMap((event) => additions.filter((addition) => addition.event === event))[0];
  if (!decisive) return first;
  const to = next('asking_payer', decisive.event);
  if (!to) throw new Error(`No move on ${decisive.event} while asking the payer`);
  const needs = [...first.needs, ...additions.flatMap((addition) => addition.needs)];
  // Why the first has to be called says more than that another one has to be called too.
  if (to === first.to && outcomes[0]?.kind !== 'answered') return { ...first, needs };
  return { ...first, ...(decisive.wait ?? {}), event: decisive.event, to, reason: decisive.reason, needs };
}

/** What was still to be asked, as far as it would change something, and the payers that an answer leads to. */
function endsOf({ waits, open = [] }: Extract<CoverageOutcome, { kind: 'answered' }>, first: Transition): Addition[] {
  if (!waits || first.to !== 'needs_call') return open.map(endOf);
  // The call about what was left unsaid is offered already.
  const needs = first.needs.some(({ kind }) => kind === 'call') ? [] : waits.needs;
  const more: Addition = { event: 'payer_unavailable', reason: waits.reason ?? 'payer_down', needs, wait: waits };
  return [more, ...open.map(endOf)];
}

function endOf(end: OpenEnd): Addition {
  switch (end.kind) {
    case 'held_up':
      return heldUp(end.payer, end.transition);
    case 'no_consent':
      return { event: 'consent_missing', reason: 'consent_for_another_payer', needs: [otherPayerConsent(end.payer)] };
    case 'turned_away': {
      const message = `${end.payer.name} could not tell about the patient: ${callOf(end.payer)}.`;
      return { event: 'benefits_incomplete', reason: 'named_payer_turned_away', needs: [{ kind: 'call', message }] };
    }
    case 'loop': {
      const message = `${end.payers.join(', ')}: each says that the next one holds the behavioral benefit. Call ${end.payers[0]} and ask who does.`;
      return { event: 'benefits_incomplete', reason: 'carve_out_loop', needs: [{ kind: 'call', message }] };
    }
    case 'too_long': {
      const message = `${end.payers.join(', ')}: each sends to the next one for the behavioral benefit. Call ${end.payers.at(-1)} about it.`;
      return { event: 'benefits_incomplete', reason: 'carve_out_chain_too_long', needs: [{ kind: 'call', message }] };
    }
  }
}

function additionOf(outcome: CoverageOutcome, questionsTo: QuestionsTo): Addition[] {
  switch (outcome.kind) {
    case 'answered':
      return rejectionOf(outcome.answer);
    case 'by_phone': {
      const questions = questionsTo(outcome.position);
      const need = { ...phoneNeed(outcome.payer), ...(questions.length > 0 ? { questions } : {}) };
      return [{ event: 'benefits_incomplete', reason: 'further_coverage_by_phone', needs: [need] }];
    }
    case 'no_consent':
      return [
        { event: 'consent_missing', reason: 'consent_for_another_payer', needs: [otherPayerConsent(outcome.payer)] },
      ];
    case 'held_up':
      return [heldUp(outcome.payer, outcome.transition)];
  }
}

function rejectionOf(answer: CoverageAnswer): Addition[] {
  const { payerName, snapshot } = answer;
  if (snapshot.outcome !== 'rejected') return [];
  const { event, reason } = outcomeOfRejections(snapshot.rejections);
  const need = needOfRejection(answer);
  const needs = [{ ...need, message: `${payerName}: ${need.message}` }];
  const mendable = event === 'member_not_found' || event === 'correctable_rejection';
  return [
    { event: mendable ? 'correctable_rejection' : 'benefits_incomplete', reason: `further_coverage_${reason}`, needs },
  ];
}

function heldUp(payer: DirectoryPayer, transition: Transition): Addition {
  const named = transition.needs.map((need) => ({ ...need, message: `${payer.name}: ${need.message}` }));
  if (transition.to === 'waiting_for_payer')
    return { event: 'payer_unavailable', reason: transition.reason ?? 'payer_down', needs: named, wait: transition };
  const needs =
    named.length > 0
      ? named
      : [{ ...phoneNeed(payer), message: `${payer.name} could not be asked electronically: call it.` }];
  return { event: 'benefits_incomplete', reason: `further_coverage_${transition.reason ?? 'unanswered'}`, needs };
}

/** The need to ask a payer by phone. */
export function phoneNeed(payer: DirectoryPayer): Need {
  return { kind: 'call', message: `This payer has to be asked by phone: ${callOf(payer)}.` };
}

/** The need to ask a payer by phone where asking on would cost more than is set. */
export function costNeed(payer: DirectoryPayer, mostCents: Cents): Need {
  const message = `Asking once more would go beyond the ${formatUsd(mostCents)} that one verification may cost: ${callOf(payer)}.`;
  return { kind: 'call', message };
}

function callOf({ name, phone }: DirectoryPayer): string {
  return phone ? `call ${name} at ${phone}` : `call ${name} at the number on the card`;
}

function otherPayerConsent(payer: DirectoryPayer): Need {
  const message = `The patient's consent (42 CFR Part 2) is for another payer: a consent for ${payer.name} is needed before it is asked.`;
  return { kind: 'consent', message, fields: ['/consent/part2'] };
}
