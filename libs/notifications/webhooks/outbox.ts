import type { WebhookEvent } from './events';
import type { Attempt, NextStep } from './schedule';

/** A delivery that is due. */
export interface DueDelivery {
  id: string;
  facilityId: string;
  endpointId: string;
  /** Nothing has got through to the endpoint of late. */
  isFailing: boolean;
}

/** A delivery held for one try, and what is sent. */
export interface HeldDelivery {
  kind: 'held';
  url: string;
  /** Newest first; several while one is being replaced. */
  secrets: readonly string[];
  event: WebhookEvent;
  /** What it tells is that of a program that treats substance use: the statement of 42 CFR 2.32 goes along. */
  needsNotice: boolean;
  /** Before this one, since it was asked for. */
  tries: number;
}

/** `taken`: somebody else has it, or it is wanted no more. `withheld`: no consent lets the recipient know. */
export type Claimed = HeldDelivery | { kind: 'taken' | 'withheld' };

/** How a try ended. */
export interface TryReport {
  at: Date;
  durationMs: number;
  attempt: Attempt;
  step: NextStep;
}

/** Deliveries as they wait in the database. */
export interface WebhookOutbox {
  /** Of each endpoint that wants some the first ones that are due, not more than it is sent at once. */
  due(now: Date, atOnce: { well: number; failing: number }): Promise<DueDelivery[]>;
  /** Holds one for a try; the account of disclosures is written with it. Without a report it is due again at `heldUntil`. */
  claim(due: DueDelivery, now: Date, heldUntil: Date): Promise<Claimed>;
  /** @returns why the endpoint was disabled by it, if it was */
  record(due: DueDelivery, report: TryReport, now: Date): Promise<'gone' | 'failing' | undefined>;
}
