import type { Letterheading } from './content';

/** What a facility puts on its documents beside its name: none of it is about a patient. */
export interface Letterhead {
  readonly legalName?: string;
  readonly address?: FacilityAddress;
  readonly phone?: string;
  readonly hours?: string;
  /** Taxpayer identification number, as it is written: `12-3456789`. */
  readonly tin?: string;
  /** The facility's own sentences, by language. */
  readonly sentences?: Readonly<Partial<Record<'en' | 'es', OwnSentences>>>;
}

export interface FacilityAddress {
  readonly street: string;
  readonly city: string;
  /** Two letters. */
  readonly state: string;
  readonly postalCode: string;
}

/** What a facility adds to a document; what the law or we say is never taken away by it. */
export interface OwnSentences {
  readonly patientEstimate?: readonly string[];
  readonly goodFaithEstimate?: readonly string[];
  /** Services that are scheduled apart from the program, such as laboratory tests, with who gives them. */
  readonly separateServices?: readonly string[];
}

/** The head of a document. */
export function letterheading(name: string, letterhead: Letterhead | undefined): Letterheading {
  const { address, phone } = letterhead ?? {};
  return { name, lines: [...(address ? [addressLine(address)] : []), ...(phone ? [phone] : [])] };
}

/** `12 Elm Street, Albany, NY 12207`. */
export function addressLine({ street, city, state, postalCode }: FacilityAddress): string {
  return `${street}, ${city}, ${state} ${postalCode}`;
}
