import type { CivilDate, Snapshot } from '@openvob/benefits';
import { chooseIop, type IopBenefit } from '@openvob/coverage';
import { buildEstimateCase, type Estimate, type EstimateCase, estimate, parseCase } from '@openvob/estimate';
import type { RequestAdmission } from '@openvob/intake';
import { levelOfCareFlags, type ProgramPlan } from '@openvob/programs';
import { callNeed, isForThePayer, movesEstimate } from './call-questions';
import { goodUntil } from './good-until';
import { type EventKind, next } from './lifecycle';
import type { Need } from './need';
import type { Conclusion, EstimateBasis, FacilityRate, Transition } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** What one payer answered about one coverage. */
export interface CoverageAnswer {
  /** Index of the coverage in the request. */
  position: number;
  payerId: string;
  payerName: string;
  snapshot: Snapshot;
}

export interface Situation {
  admission: RequestAdmission;
  plan: ProgramPlan;
  startDate: CivilDate;
  today: CivilDate;
  /** The day on which the payers answered. */
  answeredOn: CivilDate;
  /** Primary first; at least one. */
  answers: readonly [CoverageAnswer, ...CoverageAnswer[]];
  rates: readonly FacilityRate[];
}

/** An answer whose rejection only says that the payer cannot answer now; the caller waits instead of concluding. */
export function isTransientRejection(snapshot: Snapshot): boolean {
  return snapshot.outcome === 'rejected' && outcomeOfRejections(snapshot.rejections).event === 'payer_unavailable';
}

/** Turns what the payers said into a decision, an estimate and the status that follows. Pure. */
export function conclude(given: Situation): Transition {
  const [stated] = given.answers;
  if (stated.snapshot.outcome === 'rejected') return afterRejection(stated);
  const situation = activeFirst(given);
  const [primary] = situation.answers;
  const network = networkOf(situation);
  const decision = decide(situation, primary.snapshot, network.side === 'out' ? 'out' : 'in');
  if (decision.iop.decision === 'not_covered' && primary.snapshot.status === 'inactive') {
    return transition('coverage_inactive', 'inactive', [], { decision: decision.iop });
  }
  const worked = workOut(situation, network);
  const passedOver = primary === stated ? [] : [firstInactive(stated.payerName, primary.payerName)];
  const conclusion = conclusionOf(decision.iop, worked, [
    ...network.assumptions,
    ...passedOver,
    ...beginsLater(situation),
  ]);
  const needs = [...openNeeds(primary, decision.iop, worked), ...levelOfCareNeeds(situation.admission)];
  const until = { goodUntil: goodUntil(situation.today, worked.case, worked.estimate) };
  return isOpen(decision.iop, worked)
    ? { ...transition('benefits_incomplete', reasonOf(decision.iop), needs, conclusion), ...until }
    : { ...transition('benefits_complete', undefined, needs, conclusion), ...until };
}

/** A first coverage that is not in force gives way to the first that is: the plan in force answers for the patient. */
function activeFirst(situation: Situation): Situation {
  const [first] = situation.answers;
  const inForce = situation.answers.find(
    ({ snapshot }) => snapshot.outcome === 'benefits' && snapshot.status === 'active',
  );
  if (first.snapshot.status !== 'inactive' || !inForce) return situation;
  return {
    ...situation,
    answers: [inForce, ...situation.answers.filter((answer) => answer !== inForce && answer !== first)],
  };
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

/** True while something is unsaid that changes what the family owes, or no decision and estimate could be reached. */
function isOpen(iop: IopBenefit, worked: WorkedOut): boolean {
  if (!isSettled(iop) || !worked.estimate) return true;
  const unsaid = unknownsOf(iop, worked).some((unknown) => movesEstimate(unknown, worked.case, worked.estimate));
  return unsaid || worked.estimate.questions.some(isForThePayer);
}

function openNeeds(primary: CoverageAnswer, iop: IopBenefit, worked: WorkedOut): Need[] {
  if (!isOpen(iop, worked)) return [];
  if (worked.fault) return [worked.fault];
  return [elsewhereNeed(primary, iop) ?? callNeed(unknownsOf(iop, worked), worked.estimate)];
}

function unknownsOf(iop: IopBenefit, worked: WorkedOut): string[] {
  return [...new Set([...iop.unknowns, ...(worked.built?.unknowns ?? [])])];
}

/** Who has to be asked instead, when this payer says that another one holds the benefit. */
function elsewhereNeed({ payerName, snapshot }: CoverageAnswer, { decision }: IopBenefit): Need | undefined {
  if (decision === 'carved_out' && snapshot.carveOut) {
    const { entity, phone } = snapshot.carveOut;
    const message = `Behavioral health benefits of ${payerName} are with ${entity}${phone ? ` (${phone})` : ''}: verify there.`;
    return { kind: 'call', message, questions: elsewhereQuestions(entity) };
  }
  if (decision !== 'other_payer') return undefined;
  const other = snapshot.otherPayers.find(({ name }) => name)?.name ?? 'another payer';
  const message = `${payerName} says that ${other} has to be asked first: verify there, and give both payers in their order.`;
  return { kind: 'call', message, questions: elsewhereQuestions(other) };
}

function elsewhereQuestions(payer: string): NonNullable<Need['questions']> {
  const ask = `Ask ${payer}: is intensive outpatient treatment covered for this patient at this facility, and what does the patient pay for each day?`;
  return [{ id: 'unsaid:behavioral_coverage', code: 'behavioral_coverage', ask }];
}

function afterRejection({ snapshot }: CoverageAnswer): Transition {
  const { event, reason } = outcomeOfRejections(snapshot.rejections);
  return transition(event, reason, event === 'gave_up' ? [] : [needOfRejection(snapshot, 0)]);
}

/** What a person has to do about a rejected inquiry of the coverage at this index of the request. */
export function needOfRejection(snapshot: Snapshot, position: number): Need {
  const { event, decisive } = outcomeOfRejections(snapshot.rejections);
  const message = decisive?.advice ?? 'The payer rejected the inquiry without a reason: call it.';
  const mendable = event === 'correctable_rejection' || event === 'member_not_found';
  return mendable
    ? { kind: 'information', message, fields: fieldsToCheck(decisive?.code, position) }
    : { kind: 'call', message };
}

/** Which fields of the request a rejection code speaks of (AAA03). */
function fieldsToCheck(code: string | undefined, position: number): string[] {
  const memberId = `/coverages/${position}/memberId`;
  switch (code) {
    case '58':
    case '71':
      return ['/patient/birthDate'];
    case '65':
    case '73':
      return ['/patient/firstName', '/patient/lastName'];
    case '64':
    case '72':
    case '76':
      return [memberId];
    case '56':
    case '57':
    case '60':
    case '61':
    case '62':
    case '63':
      return ['/admission/startDate'];
    default:
      return [memberId, '/patient/firstName', '/patient/lastName', '/patient/birthDate'];
  }
}

interface NetworkChoice {
  side: 'in' | 'out' | 'unknown';
  assumptions: EstimateBasis['assumptions'];
}

/** The caller's word; without it, contract rates with the payer stand for in network, as an assumption. */
function networkOf({ admission, answers, rates }: Situation): NetworkChoice {
  const said = admission.network;
  if (said) return { side: said, assumptions: [] };
  const contracted = rates.some((rate) => rate.network === 'in' && rate.payerId === answers[0].payerId);
  if (!contracted) return { side: 'unknown', assumptions: [] };
  const text =
    'The facility has contract rates with this payer, so in-network benefits are used; this plan may have another network.';
  return { side: 'in', assumptions: [{ code: 'network_from_contract', text, path: '/coverages/0/network' }] };
}

const sameNetwork = {
  code: 'second_network_as_first',
  text: 'The facility is taken to stand to the second coverage’s network as to the first’s.',
  path: '/coverages/1/network',
};

function decide({ plan, startDate }: Situation, snapshot: Snapshot, network: 'in' | 'out'): { iop: IopBenefit } {
  return chooseIop(snapshot, { track: plan.track, network, setting: settingOf(plan), on: startDate });
}

function settingOf(plan: ProgramPlan): 'in_person' | 'virtual' {
  const inPerson = plan.phases.some((phase) => phase.weekdays.some((day) => !phase.virtualOn?.includes(day)));
  return inPerson ? 'in_person' : 'virtual';
}

interface WorkedOut {
  case?: EstimateCase;
  estimate?: Estimate;
  built?: ReturnType<typeof buildEstimateCase>;
  /** Why no estimate could be made, for a person to mend. */
  fault?: Need;
}

/** The estimate counts two coverages; a third is asked and shown. A rejected second coverage is left out. */
function workOut(situation: Situation, network: NetworkChoice): WorkedOut {
  const answered = situation.answers.filter(({ snapshot }) => snapshot.outcome === 'benefits');
  const { pendingClaims, screening } = situation.admission;
  const built = buildEstimateCase({
    startDate: situation.startDate,
    program: situation.plan,
    rates: ratesOf(situation),
    answeredOn: situation.answeredOn,
    coverages: answered.map(({ snapshot }) => {
      const iop = decide(situation, snapshot, network.side === 'out' ? 'out' : 'in').iop;
      return { snapshot, iop, iopOut: decide(situation, snapshot, 'out').iop, network: network.side };
    }),
    ...(pendingClaims ? { pendingClaims } : {}),
    ...(screening ? { screening } : {}),
  });
  const parsed = parseCase(built.case);
  if (parsed.ok) return { case: built.case, estimate: estimate(parsed.case), built };
  const message = `No estimate could be made (${parsed.error.code} at ${parsed.error.path || '/'}): operations must complete the facility's rates or program.`;
  return { case: built.case, built, fault: { kind: 'call', message } };
}

/** Rates of the primary's contract before the facility's own: of two for one code and network the first is used. */
function ratesOf({ rates, answers }: Situation): FacilityRate[] {
  const [primary] = answers;
  return [
    ...rates.filter((rate) => rate.payerId === primary.payerId),
    ...rates.filter((rate) => rate.payerId === undefined),
  ];
}

function conclusionOf(decision: IopBenefit, worked: WorkedOut, taken: EstimateBasis['assumptions']): Conclusion {
  const assumptions = [
    ...taken,
    ...((worked.case?.coverages.length ?? 0) > 1 ? [sameNetwork] : []),
    ...(worked.built?.assumptions ?? []),
  ];
  const sources = (worked.built?.sources ?? []).flatMap(({ path, source, coverage }) =>
    source.map((one) => ({ path, source: one, coverage })),
  );
  return {
    decision,
    ...(worked.estimate ? { estimate: worked.estimate } : {}),
    ...(worked.case ? { estimateCase: worked.case } : {}),
    basis: { sources, assumptions, flags: worked.built?.flags ?? [] },
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
