import type { CivilDate, Snapshot } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import {
  type AttendanceSummary,
  type AuthorizationRecord,
  type AuthorizationTimeline,
  asAttended,
  attendanceFlags,
  attendanceSummary,
  authorizationFlags,
  authorizationTimeline,
  authorizationUnits,
  authorizedCase,
  authorizedDays,
  authorizedIop,
  type BuiltCase,
  benefitSaidOn,
  buildEstimateCase,
  type CaseFlag,
  type CoverageAuthorization,
  callSource,
  caseUnderWay,
  type EarlierAnswer,
  type Estimate,
  type EstimateCase,
  estimate,
  figureDates,
  type HeardCoverage,
  hearCoverage,
  heardCase,
  type PhoneConflict,
  parseCase,
  programDaysOf,
  setAsideFlags,
  type Witness,
} from '@openvob/estimate';
import type { RequestAdmission } from '@openvob/intake';
import type { ProgramPlan } from '@openvob/programs';
import type { EstimateBasis, FacilityRate } from './ports';
import type { Recorded } from './recorded';
import type { RequestPlaces } from './rejected-fields';

/** What one payer answered about one coverage. */
export interface CoverageAnswer {
  /** Index of the coverage in the request. */
  position: number;
  payerId: string;
  payerName: string;
  snapshot: Snapshot;
  /** The inquiry that it came to; sources of an answer that was put together from several name theirs. */
  inquiryId?: string;
  /** Who holds its behavioral health and answered for it: the facility's contract with them counts. */
  administrator?: { id: string; name: string };
  /** What the answer stands on beside the payer's words. */
  assumptions?: EstimateBasis['assumptions'];
  /** Nothing was answered electronically: all that is known is from calls. */
  isByPhone?: true;
  /** Where the request speaks of what was asked; answers of earlier releases do not say. */
  places?: RequestPlaces;
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
  recorded: Recorded;
  /** The day asked about, of a program that was under way by then; without it its start. */
  underWayOn?: CivilDate | undefined;
  /** What was known before, of a program that is under way. */
  earlier?: EarlierAnswer;
}

/** A conflict with how far its two figures part the estimate. */
export type WeighedConflict = PhoneConflict & { readonly swingCents: number };

/** Everything that a situation comes to, before it is said what follows from it. */
export interface WorkedOut {
  /** Those that answered with benefits, electronically or by phone, in the order of the case. */
  readonly answers: readonly CoverageAnswer[];
  readonly coverages: readonly HeardCoverage[];
  /** Of the first. */
  readonly decision: IopBenefit;
  readonly network: NetworkChoice;
  readonly plan: ProgramPlan;
  readonly built: BuiltCase;
  /** Left out when no estimate can be made; `fault` says why. */
  readonly estimate?: Estimate;
  readonly fault?: { readonly code: string; readonly path: string };
  readonly conflicts: readonly WeighedConflict[];
  readonly flags: readonly CaseFlag[];
  readonly authorization?: AuthorizationTimeline;
  readonly attendance?: AttendanceSummary;
}

export interface NetworkChoice {
  side: 'in' | 'out' | 'unknown';
  assumptions: EstimateBasis['assumptions'];
}

/**
 * Benefits, calls, authorizations and attendance put together: the decision, the case and its estimate. Pure. Of a payer's one answer, to which nobody has
 * added anything, it is worked out once: whether it is enough and what is concluded from it rest on the same.
 */
export function workOut(given: Situation): WorkedOut {
  const [{ snapshot }] = given.answers;
  if (!isPlain(given)) return workedOut(given);
  const known = plain.get(snapshot);
  if (known && isSame(known.situation, given)) return { ...known.worked, answers: answeredOf(given) };
  const worked = workedOut(given);
  plain.set(snapshot, { situation: given, worked });
  return worked;
}

/** By the answer that they rest on. */
const plain = new WeakMap<Snapshot, { situation: Situation; worked: WorkedOut }>();

function isPlain({ answers, recorded, earlier }: Situation): boolean {
  const { answers: said, authorizations, attendance, setAside = [] } = recorded;
  const isNothing = [said, authorizations, attendance, setAside].every(({ length }) => length === 0);
  return answers.length === 1 && isNothing && earlier === undefined;
}

/** Assumptions of an answer are told and change nothing. */
function isSame(a: Situation, b: Situation): boolean {
  const [one] = a.answers;
  const [other] = b.answers;
  return (
    a.admission === b.admission &&
    a.plan === b.plan &&
    a.rates === b.rates &&
    a.startDate === b.startDate &&
    a.today === b.today &&
    a.answeredOn === b.answeredOn &&
    a.underWayOn === b.underWayOn &&
    one.position === other.position &&
    one.payerId === other.payerId &&
    one.administrator?.id === other.administrator?.id &&
    one.isByPhone === other.isByPhone
  );
}

function workedOut(given: Situation): WorkedOut {
  const plan = asAttended(given.plan, given.startDate, given.recorded.attendance);
  const situation = { ...given, plan };
  const network = networkOf(situation);
  const drawn = drawCase(situation, network.side, new Map());
  const parsed = parseCase(drawn.built.case);
  const base = {
    answers: answeredOf(situation),
    coverages: drawn.coverages,
    decision: drawn.decision,
    network,
    plan,
    built: drawn.built,
    ...recordsOf(situation, drawn.authorizations),
  };
  if (!parsed.ok) return { ...base, fault: parsed.error, conflicts: [] };
  const own = estimate(drawn.built.case);
  const ranged = withConflicts(
    own,
    drawn.coverages,
    (instead) => drawCase(situation, network.side, instead).built.case,
  );
  return { ...base, ...ranged };
}

interface DrawnCase {
  readonly coverages: readonly HeardCoverage[];
  readonly authorizations: readonly (Authorized | undefined)[];
  readonly decision: IopBenefit;
  readonly built: BuiltCase;
}

/** `isSaid`: only what a representative said is usually approved. */
type Authorized = CoverageAuthorization & { readonly isSaid: boolean };

/** @param instead which of two statements to use in place of the rule's */
function drawCase(
  situation: Situation,
  network: NetworkChoice['side'],
  instead: ReadonlyMap<string, Witness>,
): DrawnCase {
  const { plan, startDate, answeredOn, recorded, admission, earlier } = situation;
  const isUnderWay = earlier !== undefined;
  const programDays = programDaysOf(plan, startDate);
  const request = { track: plan.track, setting: settingOf(plan), on: situation.underWayOn ?? startDate };
  const heard = answeredOf(situation).map((answer, index) => {
    const { snapshot, position } = answer;
    const on = figuresOf(answer, situation);
    const dates = { answeredOn: on, ...figureDates({ startDate, program: plan, isUnderWay }, on) };
    const { answers } = recorded;
    const one = hearCoverage({ snapshot, position, index, network, request, answers, instead, ...dates });
    return on === answeredOn ? one : { ...one, answered: { ...one.answered, answeredOn: on } };
  });
  const authorizations = answeredOf(situation).map((answer, index) =>
    authorizedOf(answer.position, recorded.authorizations, programDays, heard[index]),
  );
  const coverages = heard.map((one, index) => withAuthorization(one, authorizations[index]));
  const [first] = coverages;
  if (!first) throw new Error('No coverage was answered');
  const { pendingClaims, screening } = admission;
  const built = buildEstimateCase({
    startDate,
    program: plan,
    rates: ratesOf(situation),
    answeredOn,
    ...(isUnderWay ? { isUnderWay } : {}),
    coverages: coverages.map(({ answered }) => answered),
    ...(pendingClaims ? { pendingClaims } : {}),
    ...(screening ? { screening } : {}),
  });
  const own = authorizedCase(heardCase(built, coverages), authorizations);
  return {
    coverages,
    authorizations,
    decision: first.answered.iop,
    built: earlier ? caseUnderWay(own, earlier, first.answered.answeredOn ?? answeredOn) : own,
  };
}

/** The day that the figures of a coverage are of: of one that nobody answered for electronically, the day of the last call. */
function figuresOf(answer: CoverageAnswer, situation: Situation): CivilDate {
  return answer.isByPhone ? answerDay(answer, situation) : situation.answeredOn;
}

/** The day on which the payer answered last, electronically or in a call about the benefit: what people record beside that tells nothing of the payer. */
export function answerDay({ position }: CoverageAnswer, { answeredOn, recorded }: Situation): CivilDate {
  const called = benefitSaidOn(recorded.answers, position);
  return called !== undefined && called > answeredOn ? called : answeredOn;
}

/** Those that answered with benefits. A rejected second coverage is left out. */
function answeredOf({ answers }: Situation): CoverageAnswer[] {
  return answers.filter(({ snapshot }) => snapshot.outcome === 'benefits');
}

function withAuthorization(heard: HeardCoverage, authorized: Authorized | undefined): HeardCoverage {
  if (!authorized) return heard;
  const { iop, iopOut } = heard.answered;
  const answered = {
    ...heard.answered,
    iop: authorizedIop(iop, authorized),
    ...(iopOut ? { iopOut: authorizedIop(iopOut, authorized) } : {}),
  };
  return { ...heard, answered };
}

/** What was recorded of a coverage's authorizations; until anything is, what a representative said of the first approval. */
function authorizedOf(
  position: number,
  records: readonly AuthorizationRecord[],
  programDays: readonly CivilDate[],
  heard: HeardCoverage | undefined,
): Authorized | undefined {
  const own = records.filter(({ coverage }) => coverage === position);
  const authorized = authorizedDays(own.length > 0 ? own : approvalSaid(heard), programDays);
  if (!authorized) return undefined;
  const { number } = authorized;
  const said = own.length === 0 ? heard?.heard?.words.views[0]?.number('first_approval')?.said : undefined;
  const source = said
    ? callSource(said)
    : { authorization: { ids: own.map(({ id }) => id), ...(number ? { number } : {}) } };
  return { authorized, source, isSaid: own.length === 0 };
}

function approvalSaid(heard: HeardCoverage | undefined): AuthorizationRecord[] {
  const [view] = heard?.heard?.words.views ?? [];
  const approved = view?.number('first_approval');
  if (!approved || view?.word('authorization_required')?.value === 'no') return [];
  const said = view?.word('first_approval_unit')?.value;
  const unit = authorizationUnits.find((one) => one === said);
  return [
    {
      id: approved.said.call,
      coverage: heard?.heard?.position ?? 0,
      status: 'approved',
      approved: approved.value,
      ...(unit ? { unit } : {}),
      recordedOn: approved.said.on,
    },
  ];
}

/** What was recorded, over the days of the program: for the first coverage, and what somebody has to see to. */
function recordsOf(
  { plan, startDate, today, recorded, answers }: Situation,
  authorizations: readonly (Authorized | undefined)[],
): Pick<WorkedOut, 'flags' | 'authorization' | 'attendance'> {
  const programDays = programDaysOf(plan, startDate);
  const { attendance } = recorded;
  const summary = attendanceSummary(plan, startDate, attendance, today);
  const timelines = authorizations.map((one) =>
    one && !one.isSaid ? authorizationTimeline(one.authorized, { programDays, today }) : undefined,
  );
  const flags = timelines.flatMap((timeline, coverage) => {
    const authorized = authorizations[coverage]?.authorized;
    return timeline && authorized ? authorizationFlags(timeline, authorized, { attendance, coverage }) : [];
  });
  const [first] = timelines;
  const coverageAt = (position: number) => answers.findIndex((answer) => answer.position === position);
  return {
    flags: [...flags, ...setAsideFlags(recorded.setAside ?? [], coverageAt), ...attendanceFlags(summary)],
    ...(first ? { authorization: first } : {}),
    ...(attendance.length > 0 ? { attendance: summary } : {}),
  };
}

/** So many conflicts are tried in every combination; of more, each alone and all together. */
const mostCombined = 4;

/**
 * The estimate with a range that covers both sides of every conflict that is not settled, and how far each parts it. The likely figures stay
 * those of the statements that are used.
 */
function withConflicts(
  own: Estimate,
  coverages: readonly HeardCoverage[],
  caseWith: (instead: ReadonlyMap<string, Witness>) => EstimateCase,
): { estimate: Estimate; conflicts: WeighedConflict[] } {
  const conflicts = coverages.slice(0, 2).flatMap((one) => one.conflicts);
  const open = conflicts.filter(({ isSettled }) => !isSettled);
  if (open.length === 0)
    return { estimate: own, conflicts: conflicts.map((conflict) => ({ ...conflict, swingCents: 0 })) };
  const totals = variantsOf(open).flatMap((flipped) => {
    const parsed = parseCase(caseWith(new Map(flipped.map(({ path, used }) => [path, otherOf(used)]))));
    return parsed.ok ? [{ flipped, total: estimate(parsed.case).total }] : [];
  });
  const { lowCents, highCents } = own.total;
  const total = {
    ...own.total,
    lowCents: Math.min(lowCents, ...totals.map((variant) => variant.total.lowCents)),
    highCents: Math.max(highCents, ...totals.map((variant) => variant.total.highCents)),
  };
  const swingOf = (conflict: PhoneConflict): number => {
    const alone = totals.find(({ flipped }) => flipped.length === 1 && flipped[0] === conflict)?.total;
    if (!alone) return 0;
    const likely = Math.abs((alone.likelyCents ?? 0) - (own.total.likelyCents ?? 0));
    return Math.max(Math.abs(alone.lowCents - lowCents), Math.abs(alone.highCents - highCents), likely);
  };
  return {
    estimate: { ...own, total },
    conflicts: conflicts.map((conflict) => ({ ...conflict, swingCents: swingOf(conflict) })),
  };
}

/** Which conflicts are turned round: each alone, and together. */
function variantsOf(open: readonly PhoneConflict[]): PhoneConflict[][] {
  if (open.length > mostCombined) return [...open.map((conflict) => [conflict]), [...open]];
  return Array.from({ length: 2 ** open.length - 1 }, (_, index) =>
    open.filter((_conflict, at) => ((index + 1) >> at) & 1),
  );
}

function otherOf(used: Witness): Witness {
  return used === 'phone' ? 'electronic' : 'phone';
}

/** The caller's word; without it, contract rates with the payer stand for in network, as an assumption. */
function networkOf({ admission, answers, rates }: Situation): NetworkChoice {
  const said = admission.network;
  if (said) return { side: said, assumptions: [] };
  const contracted = rates.some((rate) => rate.network === 'in' && rate.payerId === contractPayer(answers[0], rates));
  if (!contracted) return { side: 'unknown', assumptions: [] };
  const text =
    'The facility has contract rates with this payer, so in-network benefits are used; this plan may have another network.';
  return { side: 'in', assumptions: [{ code: 'network_from_contract', text, path: '/coverages/0/network' }] };
}

/** Claims go to the administrator where one holds the benefit: its contract counts where there is one. */
function contractPayer({ payerId, administrator }: CoverageAnswer, rates: readonly FacilityRate[]): string {
  return administrator && rates.some((rate) => rate.payerId === administrator.id) ? administrator.id : payerId;
}

/** In person as soon as any day is. */
export function settingOf(plan: ProgramPlan): 'in_person' | 'virtual' {
  const inPerson = plan.phases.some((phase) => phase.weekdays.some((day) => !phase.virtualOn?.includes(day)));
  return inPerson ? 'in_person' : 'virtual';
}

/** Rates of the primary's contract before the facility's own: of two for one code and network the first is used. */
function ratesOf({ rates, answers }: Situation): FacilityRate[] {
  const payerId = contractPayer(answers[0], rates);
  return [...rates.filter((rate) => rate.payerId === payerId), ...rates.filter((rate) => rate.payerId === undefined)];
}
