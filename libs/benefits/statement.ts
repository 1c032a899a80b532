import type { Source } from './snapshot';

/**
 * What a payer said, sorted but not yet interpreted: one shape for a 271, for JSON that mirrors a 271 and for FHIR, so that
 * the rules of interpretation are written once. Codes are those of X12 005010X279A1; texts stand as the payer wrote them,
 * without surrounding blanks. An empty element is left out.
 */
export interface StatedAnswer {
  readonly payer?: StatedEntity;
  readonly provider?: StatedEntity;
  readonly subscriber: StatedPerson;
  /** Given when the answer is about a dependent. */
  readonly dependent?: StatedPerson;
  /** True when it is not said whether the patient is the subscriber; the patient then stands in `dependent`. */
  readonly isRelationshipUnsaid?: boolean;
  /** Of the payer, the provider, the person and the rows, in file order. */
  readonly rejections: readonly StatedRejection[];
  readonly rows: readonly StatedRow[];
  /** The payer's words in file order, where they are more than the messages of the rows. */
  readonly messages?: readonly StatedText[];
  /** Trace numbers of the person's loops, the subscriber's included. */
  readonly traces: readonly string[];
  /** Where the answer stands. */
  readonly source: Source;
  /** Date of service as asked, the first of a range. */
  readonly serviceDate?: string;
  /** Date of the answer itself. */
  readonly transactionDate?: string;
}

export interface StatedPerson {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly memberId?: string;
  readonly birthDate?: StatedText;
  /** True when the person is said to be the insured (INS01). */
  readonly insured?: boolean;
  /** Relationship to the subscriber, code list 1069 (INS02): 18 self, 01 spouse, 19 child. */
  readonly relationship?: string;
  readonly references: readonly StatedReference[];
  readonly dates: readonly StatedDate[];
}

export interface StatedRejection {
  readonly level: 'payer' | 'provider' | 'subscriber' | 'dependent' | 'benefit';
  /** Code list 901 (AAA03). */
  readonly code: string;
  /** Code list 889 (AAA04). */
  readonly followUp?: string;
  /** True for a code of another list than 901, which says only that the request was at fault. */
  readonly isForeign?: boolean;
  readonly source: Source;
}

/** One statement about a benefit: an EB segment and the segments under it. */
export interface StatedRow {
  readonly source: Source;
  /** EB01, code list 1390. */
  readonly code: string;
  /** EB02, code list 1207. */
  readonly level?: string;
  /** EB03, code list 1365; empty when nothing stands there. */
  readonly serviceTypes: readonly string[];
  /** EB04, code list 1336. */
  readonly product?: string;
  /** EB05. */
  readonly plan?: string;
  /** EB06, code list 615. */
  readonly period?: string;
  /** EB07, a decimal of dollars. */
  readonly amount?: string;
  /** The most that a share can come to, a decimal of dollars; X12 has none. */
  readonly maximum?: string;
  /** Currency of amount and maximum when said; X12 says none. */
  readonly currency?: string;
  /** EB08, a decimal fraction. */
  readonly percent?: string;
  /** EB09 and EB10, code list 673. */
  readonly quantityKind?: string;
  readonly quantity?: string;
  /** EB11 and EB12, `Y`, `N`, `U`, `W`. */
  readonly authorization?: string;
  readonly network?: string;
  /** EB13-2 without its qualifier. */
  readonly procedure?: string;
  readonly deliveries: readonly StatedDelivery[];
  readonly dates: readonly StatedDate[];
  readonly messages: readonly StatedText[];
  /** III02 under III01 = ZZ. */
  readonly placesOfService: readonly string[];
  readonly references: readonly StatedReference[];
  readonly entities: readonly StatedEntity[];
}

/** An HSD segment: how often a benefit may be used. */
export interface StatedDelivery {
  readonly quantityKind?: string;
  readonly quantity?: string;
  /** HSD03 and HSD04: per how many of which unit. */
  readonly per?: string;
  readonly perCount?: string;
  /** HSD05 and HSD06: within how many of which period. */
  readonly period?: string;
  readonly periodCount?: string;
  readonly source: Source;
}

/** A DTP segment: `CCYYMMDD` or `CCYYMMDD-CCYYMMDD`. */
export interface StatedDate {
  /** DTP01, code list 374. */
  readonly qualifier: string;
  readonly value: string;
  readonly source: Source;
}

export interface StatedText {
  readonly text: string;
  readonly source: Source;
}

/** A REF segment. */
export interface StatedReference {
  /** REF01, code list 128. */
  readonly qualifier: string;
  readonly value: string;
}

/** A party named beside a person or a benefit (NM1 and PER). */
export interface StatedEntity {
  /** NM101, code list 98. */
  readonly role: string;
  readonly isPerson?: boolean;
  readonly name?: string;
  /** NM108 and NM109. */
  readonly idQualifier?: string;
  readonly id?: string;
  readonly phone?: string;
  readonly url?: string;
  readonly source: Source;
}
