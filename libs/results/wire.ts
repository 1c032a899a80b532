import type { Snapshot, Source } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type {
  AttendanceSummary,
  AuthorizationTimeline,
  CaseFlag,
  Estimate,
  PhoneConflict,
  ScriptQuestion,
} from '@openvob/estimate';
import type { Phase, ProgramPlan } from '@openvob/programs';
import type { ChainLink, Change, EstimateBasis, Need, Status } from '@openvob/verification';

/**
 * What the API's bodies hold, for pages that read them: types alone, made of the libraries' own, so that a page that reads a key which is not
 * there does not compile. Instants and dates are text.
 */

export type {
  AttendanceSummary,
  AuthorizationTimeline,
  CaseFlag,
  ChainLink,
  Change,
  Estimate,
  IopBenefit,
  Need,
  Phase,
  PhoneConflict,
  ProgramPlan,
  ScriptQuestion,
  Snapshot,
  Source,
  Status,
};

export interface IdName {
  readonly id: string;
  readonly name: string;
}

/** A field of a problem, and of what was sent and could not be used. */
export interface FieldJson {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

export interface VerificationJson {
  readonly id: string;
  readonly reference?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly round: number;
  readonly status: Status;
  readonly reason?: string;
  readonly neededBy?: string;
  /** By when nine of ten such verifications have their answer. */
  readonly promisedBy?: string;
  readonly atRisk?: boolean;
  readonly needs?: readonly Need[];
  readonly unusable?: readonly FieldJson[];
  readonly payer?: IdName & { readonly via: string };
  readonly chain?: readonly ChainLink[];
  readonly program?: IdName;
  readonly startDate?: string;
  readonly decision?: IopBenefit;
  readonly estimate?: Estimate;
  readonly basis?: Omit<EstimateBasis, 'conflicts' | 'authorization' | 'attendance'>;
  readonly conflicts?: readonly (PhoneConflict & { readonly swingCents: number })[];
  readonly authorization?: AuthorizationTimeline;
  readonly attendance?: AttendanceSummary;
  readonly costCents?: number;
  readonly resultOf?: { readonly round: number; readonly at: string };
  /** What the round changed, against the last one before that came to something. */
  readonly changes?: { readonly sinceRound: number; readonly since: string; readonly items: readonly Change[] };
  readonly goodUntil?: { readonly date: string; readonly because: string };
  readonly recheckOn?: string;
  readonly nextRecheck?: { readonly at: string; readonly because: string };
  /** Who looks after it. */
  readonly assignee?: string;
  /** When it is needed: what was said, or what is usual. */
  readonly dueAt?: string;
  readonly links: { readonly self: string; readonly events: string; readonly answers: string };
}

/** A line of the worklist. */
export interface ListedJson extends Omit<VerificationJson, 'decision' | 'estimate' | 'basis'> {
  /** Left out for those who may not see it. */
  readonly patient?: { readonly firstName?: string; readonly lastName?: string };
  readonly priority: 'caller_waiting' | 'today' | 'routine';
  /** What was written last for whoever looks after it next. */
  readonly lastNote?: { readonly at: string; readonly by: string; readonly text: string };
  readonly dueAt: string;
}

/** How many wait for a person, by when they are needed. */
export interface CountsJson {
  readonly overdue: number;
  readonly within30Minutes: number;
  readonly within2Hours: number;
  readonly today: number;
  readonly later: number;
  /** Of all these. */
  readonly mine: number;
  readonly unassigned: number;
  /** Nothing to do for a person: the payer is asked. */
  readonly underWay: number;
}

/** Filters under a name. */
export interface SavedViewJson extends IdName {
  readonly filter: Readonly<Record<string, string>>;
}

/** Another verification about what seems to be the same person. */
export interface SimilarJson extends ListedJson {
  readonly because: readonly ('member_id' | 'name_and_birth_date')[];
}

/** A form that was not sent yet. */
export interface DraftJson {
  readonly content?: unknown;
  readonly savedAt?: string;
}

export interface AttachmentJson {
  readonly id: string;
  readonly kind: 'card_front' | 'card_back' | 'consent' | 'other';
  readonly mediaType: string;
  readonly bytes: number;
  readonly addedAt: string;
  readonly addedBy: string;
}

export interface PageJson<Item> {
  readonly items: readonly Item[];
  readonly nextCursor?: string;
}

export interface FacilityJson extends IdName {
  readonly timeZone: string;
  readonly role: PersonRoleJson;
}

export type PersonRoleJson = 'coordinator' | 'supervisor' | 'biller' | 'ops' | 'auditor' | 'admin';

export interface SessionJson {
  readonly id: string;
  readonly person: IdName & { readonly email: string };
  readonly facility?: FacilityJson;
  readonly facilities: readonly FacilityJson[];
  readonly role?: PersonRoleJson;
  readonly need?: 'facility' | 'second_factor';
  readonly hasSecondFactor: boolean;
  readonly emergencyAccess?: { readonly id: string; readonly until: string };
  readonly signedInAt: string;
  readonly idleAt: string;
  readonly endsAt: string;
}

export interface SessionLineJson {
  readonly id: string;
  readonly device: string;
  readonly address: string;
  readonly signedInAt: string;
  readonly lastSeenAt: string;
  readonly facility?: string;
  readonly isThis: boolean;
}

/** What a link from a mail is for. */
export interface LinkJson {
  readonly kind: 'first_admin' | 'invitation' | 'password_reset';
  readonly email: string;
  readonly name: string;
  readonly facility?: string;
  readonly needsPassword: boolean;
  readonly expiresAt: string;
}

export interface MemberJson extends IdName {
  readonly role: PersonRoleJson;
  readonly email?: string;
  readonly status?: 'invited' | 'active' | 'left';
  readonly hasSecondFactor?: boolean;
  readonly invitedAt?: string;
  readonly acceptedAt?: string;
  readonly leftAt?: string;
}

export interface PayerJson extends IdName {
  readonly aliases: readonly string[];
  readonly memberIdPrefixes: readonly string[];
  readonly states: readonly string[];
  readonly kind?: string;
  readonly via: readonly string[];
  readonly phone?: string;
}

export interface ProgramJson extends IdName {
  readonly plan: ProgramPlan;
  readonly description: Readonly<Record<string, unknown>>;
}

export interface HistoryLineJson {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An exchange with a payer. */
export interface AnswerJson {
  readonly inquiryId: string;
  readonly round: number;
  readonly payer: string;
  readonly askedAt: string;
  readonly costCents?: number;
  readonly serviceType: string;
  readonly coveragePosition: number;
  readonly variation?: string;
  readonly reused?: { readonly answeredAt: string };
  readonly answer?: (Snapshot & { readonly iop: IopBenefit }) | InsteadJson;
}

/** A payer's answer word for word. */
export interface RawAnswerJson {
  readonly inquiryId: string;
  readonly round: number;
  readonly payer: string;
  readonly askedAt: string;
  readonly items: readonly {
    readonly receivedAt: string;
    readonly kind: string;
    readonly httpStatus?: number;
    readonly text?: string;
    readonly format?: 'x12' | 'json' | 'text';
    readonly segments?: readonly { readonly number: number; readonly raw: string }[];
  }[];
}

/** What came instead of an answer that could be read. */
export interface InsteadJson {
  readonly outcome: string;
  readonly why?: string;
  readonly raw?: string;
}

/** A number to ring, and what it is for. */
export interface PhoneLineJson {
  readonly label: string;
  readonly number: string;
  readonly hours?: string;
  readonly timeZone?: string;
  readonly isOpenNow?: boolean;
  readonly source?: string;
}

/** Everything for one call to a payer. */
export interface CallSheetJson {
  readonly verificationId: string;
  readonly contacts: readonly {
    /** Without an id an answer named it, and the directory does not know it. */
    readonly payer: { readonly id?: string; readonly name: string };
    readonly ringFor?: string;
    readonly phones: readonly PhoneLineJson[];
    readonly hours?: string;
    readonly timeZone?: string;
    readonly isOpenNow?: boolean;
    readonly portal?: string;
    readonly notes?: string;
  }[];
  readonly haveReady: readonly string[];
  readonly opening: readonly string[];
  readonly questions: readonly ScriptQuestion[];
  readonly closing: readonly string[];
}

/** A call as it was recorded; never edited, only amended by a later one. */
export interface CallJson {
  readonly id: string;
  readonly recordedAt: string;
  readonly recordedBy: string;
  readonly amends?: string;
  readonly amendedBy?: string;
  readonly representative: string;
  readonly referenceNumber: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly answers: readonly {
    readonly questionId: string;
    readonly value: unknown;
    readonly words?: string;
    /** The question as it was put. */
    readonly ask?: string;
    readonly kind?: string;
  }[];
  /** Where it needs a supervisor's approval. */
  readonly review?: {
    readonly state: 'awaiting' | 'approved' | 'sent_back';
    readonly at?: string;
    readonly by?: string;
    readonly reason?: string;
  };
}

/** What a colleague wrote about a verification. */
export interface NoteJson {
  readonly id: string;
  readonly writtenAt: string;
  readonly writtenBy: string;
  readonly text: string;
  /** To whom it was handed over with these words. */
  readonly handedTo?: string;
}

/** A key of another system; the key itself is shown once, when it is made. */
export interface KeyJson extends IdName {
  readonly role: string;
  readonly scopes?: readonly string[];
  readonly state: 'active' | 'expired' | 'revoked';
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly lastUsedOn?: string;
  readonly key?: string;
}

/** A receiver of webhooks; its secret is shown once, when it is made or replaced. */
export interface WebhookEndpointJson {
  readonly id: string;
  readonly url: string;
  readonly recipient: string;
  readonly events: readonly string[];
  readonly createdAt: string;
  readonly enabled: boolean;
  readonly disabled?: { readonly at: string; readonly because: 'asked' | 'gone' | 'failing' };
  /** Nothing has got through since. */
  readonly failingSince?: string;
  /** Until then the former secret signs too. */
  readonly formerSecretUntil?: string;
  readonly secret?: string;
}

/** What was sent to a receiver of webhooks, or is to be. */
export interface WebhookDeliveryJson {
  readonly id: string;
  readonly eventId: string;
  readonly type: string;
  readonly verificationId?: string;
  readonly state: 'pending' | 'delivered' | 'failed' | 'withheld';
  /** Oldest first. */
  readonly attempts: readonly {
    readonly at: string;
    readonly durationMs: number;
    readonly status?: number;
    readonly failure?: string;
  }[];
  readonly response?: string;
  readonly createdAt: string;
  readonly nextTryAt?: string;
  readonly settledAt?: string;
}

/** A price of the facility. */
export interface RateJson {
  /** Left out of one that is only tried. */
  readonly id?: string;
  /** Left out for the facility's own price. */
  readonly payer?: IdName;
  readonly network: 'in' | 'out' | 'self_pay';
  readonly code: string;
  readonly allowedCents: number;
  readonly chargeCents?: number;
  readonly includedIn?: string;
  readonly from?: string;
  readonly to?: string;
  readonly source: string;
}

/** What entering prices comes to. */
export interface RateReportJson {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly lines: readonly {
    readonly index: number;
    readonly kind: 'added' | 'changed' | 'unchanged';
    readonly rate: RateJson;
    readonly before?: RateJson;
    readonly ends?: RateJson;
  }[];
}

/** A way to a payer; credentials by name alone. */
export interface ConnectionJson {
  readonly id: string;
  readonly adapter: string;
  readonly payerReference: string;
  readonly endpointUrl: string;
  readonly costCents?: number;
  readonly pausedAt?: string;
  readonly disabledAt?: string;
}

/** What trying a connection came to. */
export interface ConnectionTrialJson {
  readonly works: 'yes' | 'no' | 'unknown';
  readonly words: string;
  readonly came: string;
  readonly codes?: readonly string[];
  readonly tookMs: number;
  readonly costCents?: number;
}

/** How a payer does, connection by connection. */
export interface PayerHealthJson extends IdName {
  readonly state: 'up' | 'down' | 'paused' | 'unknown' | 'by_phone';
  readonly connections: readonly Readonly<Record<string, unknown>>[];
}

/** A line of the audit trail. */
export interface AuditEntryJson {
  readonly id: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string; readonly name?: string };
  readonly action: string;
  readonly subjectId: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly seal?: { readonly position: number; readonly hash: string; readonly at: string };
}

/** Where the hash chain of the trail ends, signed. */
export interface AuditHeadJson {
  readonly chain: string;
  readonly position: number;
  readonly hash: string;
  readonly at: string;
  readonly publicKey: string;
  readonly signature: string;
}
