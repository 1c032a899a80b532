/** A fault that did not stop the reading. Same shape as the `Issue` of `@openvob/benefits`, which stands below this library. */
export interface X12Issue {
  severity: 'error' | 'warning' | 'info';
  code: X12IssueCode;
  /** `segment 12`: the number of the segment in the whole file. */
  at: string;
  /** Never holds data of a person: codes, counts and positions alone. */
  message: string;
}

/**
 * - `segment_count`: SE01 is not the number of segments from ST to SE.
 * - `control_number`: a trailer's control number is not its header's.
 * - `isa_length`: the ISA is not 106 characters long or has not 16 elements.
 * - `delimiters`: a delimiter is missing, doubled or a letter or digit.
 * - `stray_text`: text that is no segment.
 * - `envelope`: ISA, GS, ST, SE, GE or IEA missing, out of place or with a wrong count.
 * - `code_not_allowed`: a code that the guide does not allow at this place.
 * - `guide`: another rule of the guide is broken (segment out of place, element missing, too many, too long).
 * - `too_many_issues`: more faults than are listed.
 */
export type X12IssueCode =
  | 'segment_count'
  | 'control_number'
  | 'isa_length'
  | 'delimiters'
  | 'stray_text'
  | 'envelope'
  | 'code_not_allowed'
  | 'guide'
  | 'too_many_issues';

/** Why a text is not read at all. */
export interface X12Refusal {
  /** `empty`: nothing but blanks. `not_x12`: begins with neither ISA, GS nor ST. `isa_unreadable`: an ISA whose delimiters cannot be told. */
  code: 'empty' | 'not_x12' | 'isa_unreadable';
  /** 0-based offset of the character at which reading stopped. */
  position: number;
  message: string;
}

/** Thrown by `readX12` and by the streams when the text is no X12 at all. */
export class X12Error extends Error implements X12Refusal {
  override readonly name = 'X12Error';
  readonly code: X12Refusal['code'];
  readonly position: number;

  constructor(refusal: X12Refusal) {
    super(refusal.message);
    this.code = refusal.code;
    this.position = refusal.position;
  }
}

/** The place of an issue, in the form of `Issue.at`. */
export function atSegment(number: number): string {
  return `segment ${number}`;
}

/** More faults than these are counted, not listed. */
const MOST_ISSUES = 1000;

/** Collects issues, so many that a person can read them. */
export class IssueList {
  private readonly issues: X12Issue[] = [];
  private unlisted = 0;

  add(issue: X12Issue): void {
    if (this.issues.length < MOST_ISSUES) this.issues.push(issue);
    else this.unlisted++;
  }

  /** All of them; the last one tells how many more there are. */
  list(): X12Issue[] {
    const last = this.issues.at(-1);
    if (this.unlisted === 0 || last === undefined) return this.issues;
    const message = `${this.unlisted} more faults are not listed`;
    return [...this.issues, { severity: 'warning', code: 'too_many_issues', at: last.at, message }];
  }
}
