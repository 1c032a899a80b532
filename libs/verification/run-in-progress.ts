import type { CivilDate } from '@openvob/benefits';
import type { ProgramPlan } from '@openvob/programs';
import type { Claim, DirectoryPayer, FacilityRate, RecordedInquiry, VerificationStore } from './ports';
import { needsConsent } from './readiness';
import type { Track } from './recipe';
import type { WaitingSituation } from './waiting';

/** What one run knows while it asks payers. */
export interface RunInProgress {
  /** With every consent for one payer bound to it. */
  readonly claim: Claim;
  /** As this patient attends it. */
  readonly plan: ProgramPlan;
  /** The day that payers are asked about. */
  readonly serviceDate: CivilDate;
  /** The day on which the program begins; differs where nobody gave one. */
  readonly startDate: CivilDate;
  readonly today: CivilDate;
  /** Inquiries of this round, those of earlier runs included, in the order in which they were recorded. */
  readonly history: RecordedInquiry[];
  /** Something was answered in this run. */
  progressed: boolean;
  /** The facility's rates as they were read in this run, by the payers that they were wanted for. */
  readonly rates: Map<string, Promise<FacilityRate[]>>;
}

/** One payer to be asked about the patient. */
export interface Target {
  /** Index of the coverage in the request; from 3 on, one that another payer's answer told of. */
  readonly position: number;
  readonly payer: DirectoryPayer;
  /** The patient's id with this payer. */
  readonly memberId: string | undefined;
}

/** The track that decides what may be asked for and whether consent is needed. */
export function trackOf({ request, program }: Claim): Track {
  return request.admission.track ?? program?.plan.track ?? 'sud';
}

/** True when asking any payer discloses treatment of substance use. */
export function isConsentNeeded(claim: Claim): boolean {
  return needsConsent(trackOf(claim));
}

/** The day asked about, where the program is under way by then. */
export function underWayOn({
  startDate,
  serviceDate,
}: Pick<RunInProgress, 'startDate' | 'serviceDate'>): CivilDate | undefined {
  return serviceDate > startDate ? serviceDate : undefined;
}

/** Inquiries of this run about a target. */
export function inquiriesAbout({ history }: RunInProgress, { position, payer }: Target): RecordedInquiry[] {
  return history.filter((row) => row.coveragePosition === position && row.payerId === payer.id);
}

/** The facility's rates with these payers, read once in a run. */
export function ratesOf(
  store: Pick<VerificationStore, 'rates'>,
  { claim, rates, startDate }: RunInProgress,
  payerIds: readonly string[],
): Promise<FacilityRate[]> {
  const wanted = payerIds.toSorted().join(' ');
  const known = rates.get(wanted) ?? store.rates(claim.fence.facilityId, payerIds, startDate);
  rates.set(wanted, known);
  return known;
}

/** Puts an inquiry as it is now in the place of what was known of it. */
export function remember({ history }: RunInProgress, row: RecordedInquiry): void {
  const at = history.findIndex(({ id }) => id === row.id);
  if (at < 0) history.push(row);
  else history[at] = row;
}

/** What the inquiries of this round have cost so far, or may have: a send that nobody took costs nothing. */
export function spentCents({ history }: RunInProgress): number {
  return history.reduce((sum, { costCents = 0, sends, untaken }) => sum + costCents * (sends - untaken), 0);
}

/** Where a wait for a target begins: tries and their time count from the last answer on. */
export function waitingSituation(
  run: RunInProgress,
  target: Target,
  now: Date,
): Omit<WaitingSituation, 'why'> & { isBulk: boolean } {
  const { claim, progressed } = run;
  const before = progressed ? undefined : claim.firstUnavailableAt;
  return {
    attempts: progressed ? 0 : claim.attempts,
    silences: progressed ? 0 : Math.max(0, claim.attempts - uselessAnswers(run, target)),
    firstUnavailableAt: before ?? now,
    now,
    ...(claim.neededBy ? { neededBy: claim.neededBy } : {}),
    isBulk: claim.lane === 'bulk',
    seed: claim.fence.verificationId,
  };
}

function uselessAnswers(run: RunInProgress, target: Target): number {
  const open = inquiriesAbout(run, target).filter(({ state }) => state !== 'answered');
  return open.reduce((sum, { useless = 0 }) => sum + useless, 0);
}
