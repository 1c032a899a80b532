import type { Connection, Inquiry, Unavailable } from './adapter';

/** How a payer behaves towards the next inquiry. */
export type PayerBehavior =
  | 'benefits'
  | 'rejected'
  | 'refuse'
  | 'reset'
  | 'silent'
  | 'drip'
  | 'cut_body'
  | 'status_401'
  | 'status_429'
  | 'status_500'
  | 'status_502'
  | 'status_503'
  | 'status_504'
  | 'redirect'
  | 'html'
  | 'garbage'
  | 'empty'
  | 'truncated'
  | 'gzip_bomb'
  | 'wrong_trace'
  | 'other_person'
  | 'other_first_name'
  | 'other_member';

/** A payer of the adapter's protocol that misbehaves on request, over real HTTP. */
export interface AdapterWorld {
  /** How the adapter reaches it. */
  readonly connection: Connection;
  /** An inquiry that the payer answers with benefits; trace and member id are new each time, people invented. */
  inquiry(): Inquiry;
  /** An inquiry about a dependent, likewise. */
  inquiryAboutDependent(): Inquiry;
  /**
   * Makes the payer behave so towards the next inquiry; the connection to use comes back (a refused one differs), or
   * nothing where the protocol knows no such thing.
   */
  arrange(behavior: PayerBehavior): Promise<Connection | undefined>;
  /** Requests that have come in so far. */
  received(): Promise<number>;
  close(): Promise<void>;
}

/** Behaviours that are no answer, and what an adapter calls them. */
export const noAnswers: readonly [PayerBehavior, Unavailable][] = [
  ['refuse', 'down'],
  ['status_503', 'down'],
  ['reset', 'timeout'],
  ['cut_body', 'timeout'],
  ['status_500', 'timeout'],
  ['status_502', 'timeout'],
  ['status_504', 'timeout'],
  ['silent', 'timeout'],
  ['drip', 'timeout'],
  ['status_429', 'throttled'],
  ['status_401', 'configuration'],
  ['redirect', 'configuration'],
  ['html', 'unreadable'],
  ['garbage', 'unreadable'],
  ['empty', 'unreadable'],
  ['truncated', 'unreadable'],
  ['gzip_bomb', 'unreadable'],
  ['wrong_trace', 'foreign'],
  ['other_person', 'foreign'],
  ['other_first_name', 'foreign'],
  ['other_member', 'foreign'],
];
