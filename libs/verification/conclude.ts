import type { CivilDate, Snapshot } from '@openvob/benefits';
import { chooseIop, type IopBenefit } from '@openvob/coverage';
import { buildEstimateCase, type Estimate, type EstimateCase, estimate, parseCase } from '@openvob/estimate';
import { levelOfCareFlags, type ProgramPlan } from '@openvob/programs';
import { callNeed, movesEstimate } from './call-questions';
import { goodUntil } from './good-until';
import { type EventKind, next } from './lifecycle';
import type { Need } from './need';
import type { Claim, Conclusion, FacilityRate, Transition } from './ports';
import { outcomeOfRejections } from './rejection-outcome';

/** What one payer answered about one coverage. */
export interface CoverageAnswer {
  payerId: string;
  payerName: string;
  snapshot: Snapshot;
}

export interface Situation {
  claim: Claim;
  plan: ProgramPlan;
  startDate: CivilDate;
  today: CivilDate;
  /** Primary first; at least one. */
  answers: readonly [CoverageAnswer, ...CoverageAnswer[]];
  rates: readonly FacilityRate[];
}

/** An answer whose rejection only says that the payer cannot answer now; the caller waits instead of concluding. */
export function isTransientRejection(snapshot: Snapshot): boolean {
  return snapshot.outcome === 'rejected' && outcomeOfRejections(snapshot.rejections).event === 'payer_unavailable';
}

/** Turns what the payers said into a decision, an estimate and the status that follows. Pure. */
export function conclude(situation: Situation): Transition {
  const [primary] = situation.answers;
  if (primary.snapshot.outcome === 'rejected') return afterRejection(primary);

  const network = networkOf(situation);
  const decision = decide(situation, primary.snapshot, network.side === 'out' ? 'out' : 'in');
  if (decision.iop.decision === 'not_covered' && primary.snapshot.status === 'inactive') {
    return transition('coverage_inactive', 'inactive', [], { decision: decision.iop });
  }
  const worked = workOut(situation, network);
  const conclusion = conclusionOf(decision.iop, worked, network);
  const unknowns = [...new Set([...decision.iop.unknowns, ...(worked.built?.unknowns ?? [])])];
  const unsaid = unknowns.filter((unknown) => movesEstimate(unknown, worked.case, worked.estimate));
  const open = unsaid.length > 0 || (worked.estimate?.questions ?? []).some((question) => question.swingCents > 0);
  const until = goodUntil(situation.today, worked.case, worked.estimate);
  const review = levelOfCareNeeds(situation.claim);
  if (isSettled(decision.iop) && !open && worked.estimate) {
    return { ...transition('benefits_complete', undefined, review, conclusion), goodUntil: until };
  }
  const call = worked.fault ? [worked.fault] : [callNeed(unknowns, worked.estimate)];
  return {
    ...transition('benefits_incomplete', reasonOf(decision.iop), [...call, ...review], conclusion),
    goodUntil: until,
  };
}

function afterRejection({ snapshot }: CoverageAnswer): Transition {
  const { event, reason, decisive } = outcomeOfRejections(snapshot.rejections);
  const message = decisive?.advice ?? 'The payer rejected the inquiry without a reason: call it.';
  const kind = event === 'correctable_rejection' || event === 'member_not_found' ? 'information' : 'call';
  const needs: Need[] =
    event === 'gave_up'
      ? []
      : [{ kind, message, ...(kind === 'information' ? { fields: fieldsToCheck(decisive?.code) } : {}) }];
  return transition(event, reason, needs);
}

/** Which fields of the request a rejection code speaks of (AAA03). */
function fieldsToCheck(code: string | undefined): string[] {
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
      return ['/coverages/0/memberId'];
    case '56':
    case '57':
    case '60':
    case '61':
    case '62':
    case '63':
      return ['/admission/startDate'];
    default:
      return ['/coverages/0/memberId', '/patient/firstName', '/patient/lastName', '/patient/birthDate'];
  }
}

interface NetworkChoice {
  side: 'in' | 'out' | 'unknown';
  assumption?: { code: string; text: string; path: string };
}

/** The caller's word; without it, contract rates with the payer stand for in network, as an assumption. */
function networkOf({ claim, answers, rates }: Situation): NetworkChoice {
  const said = claim.request.admission.network;
  if (said) return { side: said };
  const contracted = rates.some((rate) => rate.network === 'in' && rate.payerId === answers[0].payerId);
  if (!contracted) return { side: 'unknown' };
  const text =
    'The facility has contract rates with this payer, so in-network benefits are used; this plan may have another network.';
  return { side: 'in', assumption: { code: 'network_from_contract', text, path: '/coverages/0/network' } };
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
  const counted = situation.answers.slice(0, 2).filter((answer) => answer.snapshot.outcome === 'benefits');
  const built = buildEstimateCase({
    startDate: situation.startDate,
    program: situation.plan,
    rates: ratesOf(situation),
    answeredOn: situation.today,
    coverages: counted.map(({ snapshot }) => {
      const iop = decide(situation, snapshot, network.side === 'out' ? 'out' : 'in').iop;
      return { snapshot, iop, iopOut: decide(situation, snapshot, 'out').iop, network: network.side };
    }),
    ...(situation.claim.request.admission.pendingClaims
      ? { pendingClaims: situation.claim.request.admission.pendingClaims }
      : {}),
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

function conclusionOf(decision: IopBenefit, worked: WorkedOut, network: NetworkChoice): Conclusion {
  const assumptions = [
    ...(network.assumption ? [network.assumption] : []),
    ...((worked.case?.coverages.length ?? 0) > 1 ? [sameNetwork] : []),
    ...(worked.built?.assumptions ?? []),
  ];
  const sources = (worked.built?.sources ?? []).flatMap(({ path, source, coverage }) =>
    source.map((one) => ({ path, source: one, coverage })),
  );
  return { decision, ...(worked.estimate ? { estimate: worked.estimate } : {}), basis: { sources, assumptions } };
}

function isSettled(iop: IopBenefit): boolean {
  return iop.decision === 'covered' || iop.decision === 'covered_with_conditions' || iop.decision === 'not_covered';
}

function reasonOf(iop: IopBenefit): string {
  return isSettled(iop) ? 'benefits_incomplete' : `decision_${iop.decision}`;
}

function levelOfCareNeeds(claim: Claim): Need[] {
  return levelOfCareFlags(claim.request.admission.screening ?? {}).map((flag) => ({
    kind: 'level_of_care_review',
    message: flag.text,
  }));
}

function transition(event: EventKind, reason: string | undefined, needs: Need[], conclusion?: Conclusion): Transition {
  const to = next('asking_payer', event);
  if (!to) throw new Error(`No move on ${event} while asking the payer`);
  return { event, to, ...(reason ? { reason } : {}), needs, ...(conclusion ? { conclusion } : {}) };
}
