import type { Cents, CivilDate } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type {
  AttendanceSummary,
  AuthorizationTimeline,
  CaseFlag,
  Estimate,
  EstimateCase,
  PhoneConflict,
  Rate,
} from '@openvob/estimate';
import type { AdmissionRequest, Lane } from '@openvob/intake';
import type { Answer, Connection, PersonVariation } from '@openvob/payers';
import type { ProgramPlan, ProgramTemplate } from '@openvob/programs';
import type { Ground } from './ground';
import type { EventKind } from './lifecycle';
import type { Need } from './need';
import type { QuietHours } from './quiet-hours';
import type { Lesson, ServiceTypeMemory } from './recipe';
import type { Recorded } from './recorded';
import type { Reuse, ReuseWish } from './reusing';
import type { Status } from './status';

/** The handle of a claim: every write of a run carries it, and is refused once another run has taken over. */
export interface Fence {
  facilityId: string;
  verificationId: string;
  version: number;
}

export interface Facility {
  id: string;
  name: string;
  timeZone: string;
  npi: string;
  /** The group's where `npi` is the facility's own, or the reverse: asked with once when a payer does not know the first. */
  secondNpi?: string;
  taxonomyCode?: string;
  /** Payers are asked under this name, without taxonomy and without a word of substance use (minimum inquiry). */
  inquiresAs?: { name: string; npi: string };
}

export interface Program {
  id: string;
  name: string;
  plan: ProgramPlan;
  /** Billed once, on the day the program starts. */
  onFirstDay: ProgramTemplate['onFirstDay'];
}

/** A verification as a run sees it. */
export interface Claim {
  fence: Fence;
  round: number;
  createdAt: Date;
  lane: Lane;
  neededBy?: Date;
  attempts: number;
  firstUnavailableAt?: Date;
  /** Claims in a row before this one that ran out: the process died, or stood still. */
  crashes: number;
  facility: Facility;
  program?: Program;
  request: AdmissionRequest;
  /** In a later round, the day on which the round before took the program to begin. */
  formerStart?: CivilDate;
  /** Until when the last good answer is relied on. */
  goodUntil?: CivilDate;
  /** What people had recorded when it was claimed. */
  recorded: Recorded;
  /** `payerId`: the only payer that it is for; left out, it is for all. */
  consents: {
    signedOn: CivilDate;
    expiresOn?: CivilDate;
    revoked: boolean;
    /** Given by whom the request was about before it was corrected. */
    anothers?: true;
    scope?: 'treatment_payment_operations' | 'this_payer';
    payerId?: string;
  }[];
  /** All inquiries of this round about the request as it stands, in the order in which they were recorded. */
  history: RecordedInquiry[];
}

/** Which verification, in which round. */
export interface VerifyTarget {
  facilityId: string;
  verificationId: string;
  round: number;
}

/** From this many crashes on a verification is run by itself, so that what runs beside it is not blamed for it. */
export const suspectFrom = 2;

/** Who claims. */
export interface Claimant {
  holder: string;
  /** False while the process runs one that is suspected of crashing it. */
  takesSuspects: boolean;
}

export type ClaimResult =
  | { kind: 'claimed'; claim: Claim }
  /** It rests, or belongs to a later round, or was never there: nothing to do. */
  | { kind: 'nothing_to_do' }
  /** Another run holds it, or it waits for its payer. */
  | { kind: 'later'; afterMs: number };

export interface InquiryDraft {
  /** Index of the coverage in the request; from 3 on, a coverage that another payer's answer told of. */
  coveragePosition: number;
  payerId: string;
  connectionId: string;
  serviceType: string;
  /** How it differs from what the request says, in one word (`variationKey`). */
  variation: string;
  costCents?: Cents;
}

/** An inquiry's row. `answered` ones carry what was answered, so that a resumed run never asks again. */
export interface RecordedInquiry extends InquiryDraft {
  id: string;
  trace: string;
  state: 'recorded' | 'sent' | 'answered';
  sends: number;
  /** Of the sends, those that nobody took: they cost nothing and brought no answer. */
  untaken: number;
  sentAt?: Date;
  /** It was sent and nothing was kept of what came back: the process died, or the reply never came. */
  replyLost: boolean;
  /** What came before the last answer leaves open whether the payer had the question, or shows that it did. */
  mayHaveBeenHeard?: true;
  /** Answers to it that could not be read, or were about somebody else. */
  useless?: number;
  /** Nobody else of the facility had asked this when it was recorded. */
  isFirstToAsk?: boolean;
  /** What came last, without its evidence. */
  answer?: Answer;
}

export interface Conclusion {
  decision?: IopBenefit;
  estimate?: Estimate;
  basis?: EstimateBasis;
  /** What the estimate was worked out from, for what-ifs. */
  estimateCase?: EstimateCase;
}

/** Where the estimate's inputs came from: pointers into the case, with the payer's words or the named assumption. */
export interface EstimateBasis {
  sources: { path: string; source: unknown; coverage: number }[];
  assumptions: { code: string; text: string; path: string }[];
  /** What to look at or to ask about beside the figures; results of earlier releases have none. */
  flags?: CaseFlag[];
  /** Where a call and the electronic answer differ. */
  conflicts?: readonly (PhoneConflict & { swingCents: number })[];
  /** The first coverage's authorizations over the days of the program. */
  authorization?: AuthorizationTimeline;
  attendance?: AttendanceSummary;
  /** Prices that the estimate is worked out with, and where they are from. */
  prices?: PriceUsed[];
}

/** A price of the facility that an estimate uses. */
export interface PriceUsed {
  code: string;
  network: Rate['network'];
  allowedCents: Cents;
  chargeCents?: Cents;
  /** Of whose contract; left out for the facility's own. */
  payer?: { id: string; name: string };
  source: string;
  from?: CivilDate;
  to?: CivilDate;
}

export interface Transition {
  event: EventKind;
  to: Status;
  reason?: string;
  needs: Need[];
  /** When to look again, milliseconds from now; given when waiting for a payer. */
  lookAgainAfterMs?: number;
  /** The payer gave no usable answer: a try that counts, or a wait that only brings the deadline nearer. */
  unavailable?: 'tried' | 'waited';
  /** Something was answered in this run: tries and their time count from now. */
  afresh?: boolean;
  /** The connection whose next free slot it waits for. */
  waitsForConnection?: string;
  payerId?: string;
  via?: string;
  startDate?: CivilDate;
  /** A day on which to ask again by itself. */
  recheckOn?: CivilDate;
  /** Who was asked, or ought to have been, because an answer named them; empty when no answer did. */
  chain?: readonly ChainLink[];
  goodUntil?: { date: CivilDate; because: string };
  conclusion?: Conclusion;
  /** What it was drawn from, once payers were asked; kept with the round. */
  drawnFrom?: { ground: Ground; recordedVersion: number; today: CivilDate };
}

/** A payer of a chain in which answers name further payers. */
export interface ChainLink {
  /** Without an id: nobody in the directory goes by that name. */
  payer: { id?: string; name: string };
  /** How it was asked. */
  via?: string;
  /** The request names it; it holds a plan's behavioral health; it pays before the one that named it; it holds the coverage itself. */
  because: 'requested' | 'carve_out' | 'primary_payer' | 'holds_the_coverage';
  answered: boolean;
  /** Why it did not answer, or was not asked. */
  issue?:
    | 'unknown_payer'
    | 'no_member_id'
    | 'by_phone'
    | 'no_consent'
    | 'turned_away'
    | 'waiting'
    | 'unanswered'
    | 'loop'
    | 'too_long';
}

/** What was learnt of payer connections, each by itself: nothing that one taught is used for another. */
export interface RecipeMemory {
  of(connectionId: string): Promise<ServiceTypeMemory[]>;
  learn(connectionId: string, serviceType: string, lesson: Lesson, now: Date): Promise<void>;
}

/** A claim by what its row has to say for it to hold still. */
export interface HeldClaim extends Omit<Fence, 'facilityId'> {
  readonly holder: string;
}

/** What an inquiry discloses, and whether only a consent allows it. */
export interface InquiryDisclosure {
  payerId: string;
  /** True for records of substance use treatment (42 CFR Part 2). */
  needsConsent: boolean;
  /** The facility's day. */
  today: CivilDate;
  /** Kinds of information, by code. */
  what: readonly string[];
}

/** What the runner needs of the store. Every write returns false when the fence no longer holds. */
export interface VerificationStore {
  claim(target: VerifyTarget, by: Claimant, now: Date): Promise<ClaimResult>;
  /** Keeps claims of one facility alive. @returns the ids of those that were not lost */
  renewLeases(facilityId: string, claims: readonly HeldClaim[], now: Date): Promise<string[]>;
  /** Lets go of a claim whose run ended without a move; nothing happens when it was lost or moved. */
  releaseLease(fence: Fence, holder: string, now: Date): Promise<void>;
  /**
   * The inquiry's row, made now or by an earlier run of this round.
   *
   * @param draft `askedBefore`: what it asks, where an answer to the same that was given before may serve (`ReuseWish.about`)
   */
  recordInquiry(
    fence: Fence,
    round: number,
    draft: InquiryDraft & { askedBefore: string | undefined },
    now: Date,
  ): Promise<RecordedInquiry | undefined>;
  /** The answer to the same question that somebody else of this facility asked lately, made this inquiry's own at no cost; undefined: another run has taken over. */
  reuse(fence: Fence, wish: ReuseWish, now: Date): Promise<Reuse | undefined>;
  /** A consent for `this_payer` that names none yet is for the first payer that is asked, from now on. */
  bindConsents(fence: Fence, payerId: string): Promise<boolean>;
  /** Puts the disclosure on the account and counts the send, in one; false also when no consent that it needs is live any more. */
  markSent(fence: Fence, inquiryId: string, disclosed: InquiryDisclosure, now: Date): Promise<boolean>;
  /** Whether the payer may still be spoken to about what it was asked before. */
  mayAskOn(fence: Fence, disclosed: InquiryDisclosure, now: Date): Promise<boolean>;
  /** Keeps an answer with its evidence; `final` closes the inquiry, otherwise it may be sent again. */
  keepAnswer(fence: Fence, inquiryId: string, answer: Answer, final: boolean, now: Date): Promise<boolean>;
  /** Everything recorded up to now. */
  recorded(facilityId: string, verificationId: string): Promise<Recorded>;
  /** `recorded_meanwhile`: nothing was written, since something was recorded that the transition was drawn without. */
  move(fence: Fence, transition: Transition, now: Date): Promise<boolean | 'recorded_meanwhile'>;
  /** Of these payers' contracts, and the facility's own, as they hold on a day or begin later. */
  rates(facilityId: string, payerIds: readonly string[], from: CivilDate): Promise<FacilityRate[]>;
  /** The last conclusion of an earlier round about the same person and coverages. */
  earlierConclusion(fence: Fence): Promise<Conclusion | undefined>;
}

/** A rate with the payer whose contract it is from; without one it is the facility's own (self-pay or out of network). */
export type FacilityRate = Rate & {
  payerId?: string;
  /** Where the figure is from, e.g. `your contract`. */
  source?: string;
};

export interface DirectoryPayer {
  id: string;
  name: string;
  phone?: string;
}

export interface PayerConnection extends Connection {
  payerReference: string;
  /** Variations of a person's data that this payer takes; without it those that the adapter names. */
  variations?: readonly PersonVariation[];
  /** How long to wait before an inquiry without a reply is sent again; without it what the adapter asks for. */
  resendAfterMs?: number;
  /** Inquiries at once, over all workers. */
  maxInFlight?: number;
  /** Inquiries a minute, over all workers; without it the payer sets no rate. */
  perMinute?: number;
  costCents?: Cents;
  /** Service types that the payer answers over it; without them unknown. */
  serviceTypes?: readonly string[];
  /** Whether the facility has to enroll with the payer before it may ask; without it unknown. While it is `needed` nothing is asked over it. */
  enrollment?: 'not_needed' | 'needed' | 'done';
  /** When bulk work leaves it alone. */
  quietHours?: QuietHours;
}

/** Who administers behavioral health for a payer, in every state and for every kind of plan; read there and then. */
export interface KnownAdministrator {
  payer: DirectoryPayer;
  source: string;
  asOf: CivilDate;
}

/** What the runner needs of the payer directory. */
export interface PayerDirectory {
  byId(id: string): Promise<DirectoryPayer | undefined>;
  /** Payers by a name as people write it, best first; `exact` when one matches well enough to be taken. */
  byName(name: string): Promise<{ exact?: DirectoryPayer; candidates: DirectoryPayer[] }>;
  /** Usable connections in order of preference. */
  connectionsOf(payerId: string): Promise<PayerConnection[]>;
  administratorsOf(payerId: string): Promise<KnownAdministrator[]>;
}
