import type { CivilDate } from '@openvob/benefits';

/** What can be handed out about a verification. */
export const documentKinds = ['summary', 'patient_estimate', 'good_faith_estimate'] as const;
export const documentLanguages = ['en', 'es'] as const;
export const printSizes = ['normal', 'large'] as const;

/** Whom a document is handed to: codes, since names have no place in an address. */
export const documentRecipients = ['chart', 'patient', 'payer'] as const;

export type DocumentRecipient = (typeof documentRecipients)[number];
export type DocumentKind = (typeof documentKinds)[number];
export type DocumentLanguage = (typeof documentLanguages)[number];
export type PrintSize = (typeof printSizes)[number];

/** A document as both renderers take it: what it says, in which order, nothing of how it looks. */
export interface DocumentContent {
  readonly kind: DocumentKind;
  readonly language: DocumentLanguage;
  readonly print: PrintSize;
  readonly title: string;
  readonly letterhead: Letterheading;
  /** Below the title: on what day it was made, and for whom. */
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
  /** At the foot of each page. */
  readonly foot: { readonly text: string; readonly page: string; readonly of: string };
  readonly madeOn: CivilDate;
}

/** Who hands it out. */
export interface Letterheading {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** An amount that is meant to be seen first. */
export interface Figure extends Fact {
  readonly note?: string;
}

export interface Column {
  readonly title: string;
  /** Amounts stand at the end of their column. */
  readonly isAmount?: boolean;
}

/** One week's bar, in cents. */
export interface WeekBar {
  readonly label: string;
  readonly amount: string;
  readonly deductibleCents: number;
  readonly otherCents: number;
}

export interface WeekChart {
  readonly bars: readonly WeekBar[];
  readonly deductibleLabel: string;
  readonly otherLabel: string;
  /** What it shows, in words. */
  readonly alternative: string;
}

/** `language` is told where a text is not in the language of its document, such as the wording of a law. */
export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly tone?: 'lead' | 'quiet' }
  | { readonly kind: 'callout'; readonly title: string; readonly texts: readonly string[] }
  | { readonly kind: 'figures'; readonly items: readonly Figure[] }
  | { readonly kind: 'facts'; readonly items: readonly Fact[] }
  | {
      readonly kind: 'list';
      readonly items: readonly string[];
      readonly isNumbered?: boolean;
      readonly language?: DocumentLanguage;
    }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
      /** The last row, where it sums the others up. */
      readonly total?: readonly string[];
    }
  | { readonly kind: 'chart'; readonly chart: WeekChart }
  | {
      readonly kind: 'legal';
      readonly title: string;
      readonly texts: readonly string[];
      readonly language: DocumentLanguage;
    };

/** A document in one of its forms. */
export interface RenderedDocument {
  readonly mediaType: 'text/html; charset=utf-8' | 'application/pdf';
  readonly bytes: Buffer;
}
