import type { CivilDate } from '@openvob/benefits';
import type { Amounts, CostShare } from '../estimate-case';
import type { Side } from '../side';
import type { BankCode } from './bank';

/** Who said something by phone, when and in which words: what stands behind a figure where a payer's message does not. */
export interface Said {
  /** Id of the call's record. */
  readonly call: string;
  /** The end of the call. */
  readonly at: string;
  /** Its date at the facility. */
  readonly on: CivilDate;
  readonly representative: string;
  readonly referenceNumber: string;
  readonly words?: string;
}

/** Questions of the estimate that are answered as they are asked; `network:…` is the bank's `facility_network`. */
export type EstimateCode = 'cost_share' | 'accumulator_conflict' | 'pending_claims' | 'authorization';

/** The value of an answer by the kind of its question; `none` and the options of choices are text. */
export type SaidValue = string | number | Amounts | CostShare;

/** One question answered in a call, in a meaning of its own: it can be read without the estimate that it was asked for. */
export interface PhoneAnswer {
  readonly code: BankCode | EstimateCode;
  /** Index of the coverage in the request. */
  readonly coverage: number;
  /** Whose coverage it was then. */
  readonly payer?: string;
  readonly side: Side['kind'];
  readonly part?: Part;
  /** Of a share. */
  readonly scope?: Scope;
  /** Left out when the payer would not say. */
  readonly value?: SaidValue;
  /** The electronic figure was put to the representative as well. */
  readonly settles?: boolean;
  readonly said: Said;
}

export type Part = 'sud' | 'mh';

/** Services that a share is of: the program's, those attended by video, or the others beside the program day. */
export type Scope = 'program' | 'virtual' | 'others';
