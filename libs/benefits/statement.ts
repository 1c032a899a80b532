import type { Source } from './snapshot';

/**
 * What a payer said, sorted but not yet interpreted: one shape for a 271, for JSON that mirrors a 271 and for FHIR, so that
 * the rules of interpretation are written once. Codes are those of X12 005010X279A1; texts stand as the payer wrote them,
 * without surrounding blanks. An empty element is left out, or stands as `undefined`.
 */
export interface StatedAnswer {
  readonly payer?: StatedEntity | undefined;
  readonly provider?: StatedEntity | undefined;
  readonly subscriber: StatedPerson;
  /** Given when the answer is about a dependent. */
  readonly dependent?: StatedPerson | undefined;
  /** True when it is not said whether the patient is the subscriber; the patient then stands in `dependent`. */
  readonly isRelationshipUnsaid?: boolean | undefined;
  /** Of the payer, the provider, the person and the rows, in file order. */
  readonly rejections: readonly StatedRejection[];
  readonly rows: readonly StatedRow[];
  /** The payer's words in file order, where they are more than the messages of the rows. */
  readonly messages?: readonly StatedText[] | undefined;
  /** Trace numbers of the person's loops, the subscriber's included. */
  readonly traces: readonly string[];
  /** Where the answer stands. */
  readonly source: Source;
  /** Date of service as asked, the first of a range. */
  readonly serviceDate?: string | undefined;
  /** Date of the answer itself. */
  readonly transactionDate?: string | undefined;
}

export interface StatedPerson {
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  readonly memberId?: string | undefined;
  readonly birthDate?: StatedText | undefined;
  /** True when the person is said to be the insured (INS01). */
  readonly insured?: boolean | undefined;
  /** Relationship to the subscriber, code list 1069 (INS02): 18 self, 01 spouse, 19 child. */
  readonly relationship?: string | undefined;
  readonly references: readonly StatedReference[];
  readonly dates: readonly StatedDate[];
}

export interface StatedRejection {
  readonly level: 'payer' | 'provider' | 'subscriber' | 'dependent' | 'benefit';
  /** Code list 901 (AAA03). */
  readonly code: string;
  /** Code list 889 (AAA04). */
  readonly followUp?: string | undefined;
  /** True for a code of another list than 901, which says only that the request was at fault. */
  readonly isForeign?: boolean | undefined;
  readonly source: Source;
}

/** One statement about a benefit: an EB segment and the segments under it. */
export interface StatedRow {
  readonly source: Source;
  /** EB01, code list 1390. */
  readonly code: string;
  /** EB02, code list 1207. */
  readonly level?: string | undefined;
  /** EB03, code list 1365; empty when nothing stands there. */
  readonly serviceTypes: readonly string[];
  /** EB04, code list 1336. */
  readonly product?: string | undefined;
  /** EB05. */
  readonly plan?: string | undefined;
  /** EB06, code list 615. */
  readonly period?: string | undefined;
  /** EB07, a decimal of dollars. */
  readonly amount?: string | undefined;
  /** The most that a share can come to, a decimal of dollars; X12 has none. */
  readonly maximum?: string | undefined;
  /** Currency of amount and maximum when said; X12 says none. */
  readonly currency?: string | undefined;
  /** EB08, a decimal fraction. */
  readonly percent?: string | undefined;
  /** EB09 and EB10, code list 673. */
  readonly quantityKind?: string | undefined;
  readonly quantity?: string | undefined;
  /** EB11 and EB12, `Y`, `N`, `U`, `W`. */
  readonly authorization?: string | undefined;
  readonly network?: string | undefined;
  /** EB13-2 without its qualifier. */
  readonly procedure?: string | undefined;
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
  readonly quantityKind?: string | undefined;
  readonly quantity?: string | undefined;
  /** HSD03 and HSD04: per how many of which unit. */
  readonly per?: string | undefined;
  readonly perCount?: string | undefined;
  /** HSD05 and HSD06: within how many of which period. */
  readonly period?: string | undefined;
  readonly periodCount?: string | undefined;
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
  readonly isPerson?: boolean | undefined;
  readonly name?: string | undefined;
  /** NM108 and NM109. */
  readonly idQualifier?: string | undefined;
  readonly id?: string | undefined;
  readonly phone?: string | undefined;
  readonly url?: string | undefined;
  readonly source: Source;
}
