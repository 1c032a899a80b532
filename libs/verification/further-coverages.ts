import { type CoverageAnswer, needOfRejection } from './conclude';
import { type EventKind, next } from './lifecycle';
import type { Need } from './need';
import type { DirectoryPayer, Transition } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** What became of asking about one coverage. */
export type CoverageOutcome =
  | { kind: 'answered'; answer: CoverageAnswer }
  /** It waits for its payer, or a person has to take over. */
  | { kind: 'held_up'; payer: DirectoryPayer; transition: Transition }
  | { kind: 'by_phone'; payer: DirectoryPayer }
  /** The consent names another payer: this one was not asked. */
  | { kind: 'no_consent'; payer: DirectoryPayer };

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
 * The result of the first coverage with what its further coverages still need. A good first answer is never thrown away for a second one that
 * failed: its decision and estimate stay, and the needs say which payer is meant.
 *
 * @param further outcomes of the coverages behind the first, in their order
 */
export function withFurtherCoverages(first: Transition, further: readonly CoverageOutcome[]): Transition {
  if (first.to !== 'verified' && first.to !== 'needs_call') return first;
  const additions = further.flatMap((outcome, index) => additionOf(outcome, index + 1));
  const decisive = precedence.flatMap((event) => additions.filter((addition) => addition.event === event))[0];
  if (!decisive) return first;
  const to = next('asking_payer', decisive.event);
  if (!to) throw new Error(`No move on ${decisive.event} while asking the payer`);
  const needs = [...first.needs, ...additions.flatMap((addition) => addition.needs)];
  return { ...first, ...(decisive.wait ?? {}), event: decisive.event, to, reason: decisive.reason, needs };
}

function additionOf(outcome: CoverageOutcome, position: number): Addition[] {
  switch (outcome.kind) {
    case 'answered':
      return rejectionOf(outcome.answer, position);
    case 'by_phone':
      return [{ event: 'benefits_incomplete', reason: 'further_coverage_by_phone', needs: [phoneNeed(outcome.payer)] }];
    case 'no_consent':
      return [
        { event: 'consent_missing', reason: 'consent_for_another_payer', needs: [otherPayerConsent(outcome.payer)] },
      ];
    case 'held_up':
      return [heldUp(outcome.payer, outcome.transition)];
  }
}

function rejectionOf({ payerName, snapshot }: CoverageAnswer, position: number): Addition[] {
  if (snapshot.outcome !== 'rejected') return [];
  const { event, reason } = outcomeOfRejections(snapshot.rejections);
  const need = needOfRejection(snapshot, position);
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
  const number = payer.phone ? `${payer.name} at ${payer.phone}` : `${payer.name} at the number on the card`;
  return { kind: 'call', message: `This payer has to be asked by phone: call ${number}.` };
}

function otherPayerConsent(payer: DirectoryPayer): Need {
  const message = `The patient's consent (42 CFR Part 2) is for another payer: a consent for ${payer.name} is needed before it is asked.`;
  return { kind: 'consent', message, fields: ['/consent/part2'] };
}
