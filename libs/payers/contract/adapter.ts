import type { CivilDate, Issue, Snapshot } from '@openvob/benefits';
import type { Clock, Http, Log } from '@openvob/platform';

/** A person as the facility knows them, to be asked about. */
export interface InquiryPerson {
  firstName?: string;
  middleName?: string;
  lastName?: string;
  birthDate?: CivilDate;
  sex?: 'female' | 'male' | 'unknown';
}

/** One question to one payer about one person. */
export interface Inquiry {
  /** Id of the inquiry's row; also the seed of control numbers. */
  id: string;
  /** Sent as the trace number (TRN02) and expected back; at most 50 characters of A-Z, 0-9. */
  trace: string;
  payer: { name: string; id: string };
  provider: { name: string; npi: string; taxonomyCode?: string };
  subscriber: InquiryPerson & { memberId?: string; groupNumber?: string };
  /** Given when the patient is not the subscriber. */
  dependent?: InquiryPerson & { relationship: 'spouse' | 'child' | 'other' };
  /** X12 service type codes; one per inquiry unless the payer is known to take several. */
  serviceTypes: string[];
  serviceDate: CivilDate | { from: CivilDate; to: CivilDate };
}

/** How a payer is reached: a row of data, the adapter's own settings in `settings`. */
export interface Connection {
  id: string;
  adapter: string;
  endpointUrl: string;
  settings: Readonly<Record<string, string>>;
  credentials: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** What was sent and what came back, kept encrypted. Either may be absent when nothing was sent or nothing came. */
export interface Evidence {
  request?: string;
  response?: string;
  httpStatus?: number;
  format?: string;
}

/** Everything that a payer exchange can end in. */
export type Answer =
  | { kind: 'benefits'; snapshot: Snapshot; issues: Issue[]; evidence: Evidence }
  | { kind: 'rejected'; snapshot: Snapshot; issues: Issue[]; evidence: Evidence }
  | { kind: 'pending'; reference: string; pollAfterMs: number; evidence: Evidence }
  | { kind: 'unavailable'; why: Unavailable; retryAfterMs?: number; detail: string; evidence: Evidence }
  | { kind: 'needs_human'; why: string; evidence: Evidence };

/**
 * - `down`, `throttled`: the payer cannot answer now, and plainly did not take the question: nobody was reached, or whoever was says so.
 * - `timeout`: the question was sent and its reply was lost: it came too late, was cut off, or something broke on the way. The payer may have answered.
 * - `unreadable`: what came is not an answer (HTML, garbage, cut off).
 * - `foreign`: an answer about another inquiry or another person.
 * - `configuration`: our connection is set up wrongly (credentials, enrollment, endpoint).
 *
 * `detail` is a code or a short fixed sentence; it never holds patient data or the payer's own words.
 */
export type Unavailable = 'down' | 'throttled' | 'timeout' | 'unreadable' | 'foreign' | 'configuration';

/**
 * How the person of an inquiry may differ from the card when the payer does not find them (`reference/benefits.md` 1.11):
 * - `without_middle_name`: no middle name, no suffix behind the last name.
 * - `dependent_as_subscriber`: the dependent stands in the subscriber's place, as payers have it that give each member an id.
 * - `id_and_birth_date`: no names at all.
 */
export const personVariations = ['without_middle_name', 'dependent_as_subscriber', 'id_and_birth_date'] as const;
export type PersonVariation = (typeof personVariations)[number];

/** What an adapter can do, each with its default and its consequence. */
export interface Capabilities {
  /** Default false. True: several service types may stand in one inquiry. */
  severalServiceTypes: boolean;
  /**
   * What to do about an inquiry that was sent and whose reply was lost, by a crash of ours or as `timeout` says. Default `resend_same_trace`: the payer takes it
   * again under the same trace. `look_up`: what became of it is looked up by `lookUp`. `never_resend`: a person has to find out.
   */
  afterLostReply: 'resend_same_trace' | 'look_up' | 'never_resend';
  /**
   * Default 0. An inquiry without a reply is sent again no sooner than so many milliseconds after it was sent; a connection may have
   * agreed on another time.
   */
  resendNotBeforeMs?: number;
  /**
   * Default none. Variations that payers behind this protocol take when they do not find the person; a connection may name others. One
   * that a payer does not take costs an inquiry and counts against us.
   */
  variations?: readonly PersonVariation[];
  /** Default true. False: a person has to ask (phone, portal). */
  electronic: boolean;
  /** Default true. False: no answer names our trace; it is tied by its exchange and by the person alone. */
  tracesComeBack?: boolean;
  /** Default none. How many inquiries one account may have in flight; a connection without a limit of its own takes it. */
  mostInFlight?: number;
  /** Default 60,000. How long a connection without a deadline of its own waits for an answer, milliseconds. */
  usualTimeoutMs?: number;
}

export interface AdapterContext {
  signal: AbortSignal;
  clock: Clock;
  http: Http;
  log: Log;
}

/** A payer protocol. Expected outcomes are values; anything thrown is a bug. */
export interface Adapter {
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Faults of a connection's settings, each naming the setting and its remedy; empty when usable. */
  checkConnection(connection: Connection): string[];
  /** What `?dryRun=true` shows: the fields that would be sent, and those that are missing. */
  fieldsOf(inquiry: Inquiry): string[];
  verify(inquiry: Inquiry, connection: Connection, context: AdapterContext): Promise<Answer>;
  /** Asks whether a `pending` answer is there by now; sends the inquiry not again. Needed of adapters that answer `pending`. */
  poll?(reference: string, inquiry: Inquiry, connection: Connection, context: AdapterContext): Promise<Answer>;
  /** What became of an inquiry that was sent; `never_received`: it may be sent again. Needed with `afterLostReply: 'look_up'`. */
  lookUp?(
    inquiry: Inquiry,
    connection: Connection,
    context: AdapterContext,
  ): Promise<Answer | { kind: 'never_received' }>;
}
