import type { IopBenefit } from '@openvob/coverage';
import type { RequestAdmission } from '@openvob/intake';
import { levelOfCareFlags } from '@openvob/programs';
import { callNeed, isForThePayer, movesEstimate } from './call-questions';
import { scriptOf } from './call-script';
import { goodUntil } from './good-until';
import { type EventKind, next } from './lifecycle';
import type { Need } from './need';
import type { Conclusion, EstimateBasis, Transition } from './ports';
import { pricesUsed } from './prices-used';
import { fieldsToCheck } from './rejected-fields';
import { outcomeOfRejections } from './rejection-outcome';
import { answerDay, type CoverageAnswer, type Situation, type WorkedOut, workOut } from './worked-out';

export type { CoverageAnswer, Situation } from './worked-out';

/** Turns what the payers said, and what people recorded, into a decision, an estimate and the status that follows. Pure. */
export function conclude(given: Situation): Transition {
  const [stated] = given.answers;
  if (stated.snapshot.outcome === 'rejected') return afterRejection(stated);
  const situation = activeFirst(given);
  const [primary] = situation.answers;
  const worked = workOut(situation);
  const { decision } = worked;
  if (decision.decision === 'not_covered' && worked.coverages[0]?.answered.snapshot.status === 'inactive') {
    const { basis } = conclusionOf(worked, []);
    const recorded = worked.conflicts.length > 0 && basis ? { basis } : {};
    return transition('coverage_inactive', 'inactive', [], { decision, ...recorded });
  }
  const passedOver = primary === stated ? [] : [firstInactive(stated.payerName, primary.payerName)];
  const conclusion = conclusionOf(worked, [
    ...worked.answers.flatMap(({ assumptions = [] }) => assumptions),
    ...worked.network.assumptions,
    ...passedOver,
    ...beginsLater(situation),
  ]);
  const needs = [...openNeeds(primary, situation, worked), ...levelOfCareNeeds(situation.admission)];
  const spokenOn = answerDay(primary, situation);
  const until = { goodUntil: goodUntil(spokenOn, worked.built.case, worked.estimate, worked.authorization) };
  return isOpen(worked)
    ? { ...transition('benefits_incomplete', reasonOf(decision), needs, conclusion), ...until }
    : { ...transition('benefits_complete', undefined, needs, conclusion), ...until };
}

/**
 * What is unsaid that changes what the family owes, as codes; empty when the benefit is somebody else's to tell or is not covered. Where no estimate can be
 * made for a reason of the facility's own, only whether it is covered counts.
 */
export function unsaidIn(situation: Situation): string[] {
  const { decision, built, estimate, fault } = workOut(situation);
  const isAnothers = decision.decision === 'carved_out' || decision.decision === 'other_payer';
  if (isAnothers || decision.decision === 'not_covered') return [];
  if (fault) return decision.unknowns.filter((code) => code === 'behavioral_coverage');
  const unknowns = built.unknowns.filter((code) => movesEstimate(code, built.case, estimate));
  const questions = (estimate?.questions ?? []).filter(isForThePayer).map(({ code }) => code);
  return [...new Set([...unknowns, ...questions])];
}

/** A first coverage that is not in force gives way to the first that is: the plan in force answers for the patient. */
export function activeFirst(situation: Situation): Situation {
  const [first] = situation.answers;
  const said = (answer: CoverageAnswer) => statusSaid(answer, situation) ?? answer.snapshot.status;
  const inForce = situation.answers.find(
    (answer) => answer.snapshot.outcome === 'benefits' && said(answer) === 'active',
  );
  if (said(first) !== 'inactive' || !inForce) return situation;
  return {
    ...situation,
    answers: [inForce, ...situation.answers.filter((answer) => answer !== inForce && answer !== first)],
  };
}

/** What was said last by phone of a coverage being in force, where that is what counts. */
function statusSaid({ position }: CoverageAnswer, { recorded, answeredOn }: Situation): string | undefined {
  const said = recorded.answers.findLast(
    ({ code, coverage, value }) => code === 'coverage_active' && coverage === position && value !== undefined,
  );
  if (!said || said.said.on < answeredOn) return undefined;
  return said.value === 'yes' ? 'active' : 'inactive';
}

function firstInactive(inactive: string, inForce: string): EstimateBasis['assumptions'][number] {
  const text = `${inactive} says that its coverage is not in force, so ${inForce} is taken as the first payer.`;
  return { code: 'first_coverage_inactive', text, path: '/coverages/0' };
}

/** Nobody gave a start, and the program has no day today: it is taken to begin on its next one. */
function beginsLater({ admission, startDate, answeredOn }: Situation): EstimateBasis['assumptions'] {
  if (admission.startDate || startDate === answeredOn) return [];
  const text = `No start was given: the program is taken to begin on its next day, ${startDate}.`;
  return [{ code: 'next_program_day_assumed', text, path: '/startDate' }];
}

/** True while something is unsaid or disputed that changes what the family owes, or no decision and estimate could be reached. */
function isOpen(worked: WorkedOut): boolean {
  const { decision, estimate, conflicts, built } = worked;
  if (!isSettled(decision) || !estimate) return true;
  const unsaid = built.unknowns.some((unknown) => movesEstimate(unknown, built.case, estimate));
  const disputed = conflicts.some(({ swingCents, isSettled }) => !isSettled && swingCents > 0);
  return unsaid || disputed || estimate.questions.some(isForThePayer);
}

function openNeeds(primary: CoverageAnswer, situation: Situation, worked: WorkedOut): Need[] {
  if (!isOpen(worked)) return [];
  if (worked.fault) return [faultNeed(worked.fault)];
  const elsewhere = elsewhereNeed(primary, worked);
  if (elsewhere) return [elsewhere];
  const script = scriptOf(situation, worked);
  const { payerName, isByPhone, administrator } = primary;
  const whom = administrator?.name ?? payerName;
  return [addressed(callNeed(worked, script, { isByPhone: isByPhone === true, whom }), primary)];
}

/** Whoever holds the benefit is the one to be called about it. */
function addressed(need: Need, { administrator }: CoverageAnswer): Need {
  return administrator ? { ...need, message: `${administrator.name} holds this benefit. ${need.message}` } : need;
}

function faultNeed({ code, path }: NonNullable<WorkedOut['fault']>): Need {
  const message = `No estimate could be made (${code} at ${path || '/'}): operations must complete the facility's rates or program.`;
  return { kind: 'call', message };
}

/** Who has to be asked instead, when this payer says that another one holds the benefit. */
function elsewhereNeed({ payerName, position }: CoverageAnswer, { decision, coverages }: WorkedOut): Need | undefined {
  const snapshot = coverages[0]?.answered.snapshot;
  if (decision.decision === 'carved_out' && snapshot?.carveOut) {
    const { entity, phone } = snapshot.carveOut;
    const message = `Behavioral health benefits of ${payerName} are with ${entity}${phone ? ` (${phone})` : ''}: verify there.`;
    return { kind: 'call', message, questions: elsewhereQuestions(entity, position) };
  }
  if (decision.decision !== 'other_payer') return undefined;
  const other = snapshot?.otherPayers.find(({ name }) => name)?.name ?? 'another payer';
  const message = `${payerName} says that ${other} has to be asked first: verify there, and give both payers in their order.`;
  return { kind: 'call', message, questions: elsewhereQuestions(other, position) };
}

function elsewhereQuestions(payer: string, position: number): NonNullable<Need['questions']> {
  const ask = `Ask ${payer}: is intensive outpatient treatment covered for this patient at this facility, and what does the patient pay for each day?`;
  return [{ id: `iop_covered:${position}`, code: 'behavioral_coverage', ask }];
}

function afterRejection(answer: CoverageAnswer): Transition {
  const { event, reason } = outcomeOfRejections(answer.snapshot.rejections);
  return transition(event, reason, event === 'gave_up' ? [] : [needOfRejection(answer)]);
}

/** What a person has to do about a rejected inquiry. */
export function needOfRejection({ snapshot, position, places }: CoverageAnswer): Need {
  const { event, decisive } = outcomeOfRejections(snapshot.rejections);
  const message = decisive?.advice ?? 'The payer rejected the inquiry without a reason: call it.';
  const mendable = event === 'correctable_rejection' || event === 'member_not_found';
  return mendable
    ? {
        kind: 'information',
        message,
        fields: fieldsToCheck(decisive, places ?? { coverage: position, isDependent: false }),
      }
    : { kind: 'call', message };
}

const sameNetwork = {
  code: 'second_network_as_first',
  text: 'The facility is taken to stand to the second coverage’s network as to the first’s.',
  path: '/coverages/1/network',
};

function conclusionOf(worked: WorkedOut, taken: EstimateBasis['assumptions']): Conclusion {
  const { built, decision, estimate, conflicts, flags, authorization, attendance } = worked;
  const { prices, assumed } = pricesUsed(worked);
  const second = built.case.coverages.length > 1 ? [sameNetwork] : [];
  const assumptions = [...taken, ...second, ...built.assumptions, ...assumed];
  const sources = built.sources.flatMap(({ path, source, coverage }) =>
    source.map((one) => ({ path, source: one, coverage })),
  );
  const recorded = {
    ...(conflicts.length > 0 ? { conflicts } : {}),
    ...(authorization ? { authorization } : {}),
    ...(attendance ? { attendance } : {}),
    ...(prices.length > 0 ? { prices } : {}),
  };
  // What was said of a figure alone is settled in the case.
  const unknowns = decision.unknowns.filter((unknown) => built.unknowns.includes(unknown));
  return {
    decision: { ...decision, unknowns },
    ...(estimate ? { estimate } : {}),
    estimateCase: built.case,
    basis: { sources, assumptions, flags: [...built.flags, ...flags], ...recorded },
  };
}

function isSettled(iop: IopBenefit): boolean {
  return iop.decision === 'covered' || iop.decision === 'covered_with_conditions' || iop.decision === 'not_covered';
}

function reasonOf(iop: IopBenefit): string {
  return isSettled(iop) ? 'benefits_incomplete' : `decision_${iop.decision}`;
}

function levelOfCareNeeds({ screening }: RequestAdmission): Need[] {
  return levelOfCareFlags(screening ?? {}).map((flag) => ({
    kind: 'level_of_care_review',
    message: flag.text,
  }));
}

function transition(event: EventKind, reason: string | undefined, needs: Need[], conclusion?: Conclusion): Transition {
  const to = next('asking_payer', event);
  if (!to) throw new Error(`No move on ${event} while asking the payer`);
  return { event, to, ...(reason ? { reason } : {}), needs, ...(conclusion ? { conclusion } : {}) };
}
