import type { EnvelopeContent } from './write-interchange';

/** A person as the facility knows them. */
export interface Person270 {
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  /** Civil date `YYYY-MM-DD`. */
  readonly birthDate?: string;
  /** `unknown` is not sent. */
  readonly sex?: 'female' | 'male' | 'unknown';
}

/** One eligibility inquiry about one person. An `Inquiry` of `@openvob/payers` with `originator` and `envelope` added is one. */
export interface Inquiry270 {
  /** TRN02, expected back: at most 50 characters. Also BHT03. */
  readonly trace: string;
  /** TRN03: ten characters, the assigning company: `1` and the tax number, `3` and the DUNS number, `9` and a number agreed upon. */
  readonly originator: string;
  /** TRN04. */
  readonly originatorDetail?: string;
  readonly payer: {
    readonly name: string;
    readonly id: string;
    /** NM108, `PI` when absent. */
    readonly idQualifier?: string;
  };
  readonly provider: {
    readonly name: string;
    /** Ten digits. */
    readonly npi: string;
    readonly taxonomyCode?: string;
    /** PRV01, `BI` (billing) when absent. */
    readonly role?: string;
  };
  readonly subscriber: Person270 & { readonly memberId?: string; readonly groupNumber?: string };
  /** The patient, when that is not the subscriber. */
  readonly dependent?: Person270 & { readonly relationship: 'spouse' | 'child' | 'other' };
  /** EQ01: 1 to 99 service type codes. */
  readonly serviceTypes: readonly string[];
  /** DTP 291: a civil date or a range of them. */
  readonly serviceDate: string | { readonly from: string; readonly to: string };
  readonly envelope: EnvelopeContent & {
    /** ST02, `0001` when absent. */
    readonly transactionControl?: string;
  };
}
