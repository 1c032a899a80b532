import { readDate } from './date';
import { atSegment, type X12Issue } from './issue';
import type { Delimiters, Segment } from './segment';

/** What ISA and GS say about the messages inside them. */
export interface InterchangeFacts {
  /** ISA06 and ISA08 without padding. */
  readonly senderId?: string;
  readonly receiverId?: string;
  /** ISA13. */
  readonly control?: string;
  /** ISA15: `P` production, `T` test. */
  readonly usage?: string;
  /** GS01, e.g. `HB` for a 271. */
  readonly functionalCode?: string;
  /** GS02 and GS03. */
  readonly groupSenderId?: string;
  readonly groupReceiverId?: string;
  /** GS04 as a civil date `YYYY-MM-DD`. */
  readonly gsDate?: string;
  /** GS06. */
  readonly groupControl?: string;
  /** GS08, e.g. `005010X279A1`. */
  readonly groupVersion?: string;
}

export interface Transaction {
  /** ST01, e.g. `271`. */
  readonly kind: string;
  /** ST03, else GS08. */
  readonly version?: string;
  /** ST02. */
  readonly control?: string;
  /** ST to SE, both included; without SE when it is missing. */
  readonly segments: Segment[];
  /** Absent when the file has neither ISA nor GS in front of it. */
  readonly interchange?: InterchangeFacts;
  readonly delimiters: Delimiters;
}

/** Who is told what an envelope holds, in file order. */
export interface EnvelopeSink {
  interchange(header: Segment, delimiters: Delimiters): void;
  acknowledgement(segment: Segment): void;
  /** @param inside whether the transaction stands between an ISA and its IEA. */
  transaction(transaction: Transaction, inside: boolean): void;
  issue(issue: X12Issue): void;
}

interface OpenTransaction {
  readonly segments: Segment[];
  readonly delimiters: Delimiters;
}

interface OpenLevel {
  readonly header: Segment;
  count: number;
}

/** Follows ISA, GS, ST and their trailers through a run of segments; every fault becomes an issue. */
export class EnvelopeReader {
  private isa: OpenLevel | undefined;
  private group: OpenLevel | undefined;
  private open: OpenTransaction | undefined;
  private facts: InterchangeFacts | undefined;
  private outsideReported = false;
  private last = 0;

  constructor(private readonly sink: EnvelopeSink) {}

  accept(segment: Segment, delimiters: Delimiters): void {
    this.last = segment.number;
    switch (segment.id) {
      case 'ISA':
        this.openInterchange(segment, delimiters);
        break;
      case 'GS':
        this.openGroup(segment);
        break;
      case 'ST':
        this.openTransaction(segment, delimiters);
        break;
      case 'SE':
        this.closeTransaction(segment);
        break;
      case 'GE':
        this.closeGroup(segment);
        break;
      case 'IEA':
        this.closeInterchange(segment);
        break;
      default:
        this.content(segment);
    }
  }

  /** Tells what is still open at the end of the text. */
  end(): void {
    this.abandonInterchange();
  }

  private content(segment: Segment): void {
    if (this.open !== undefined) {
      this.open.segments.push(segment);
    } else if (segment.id === 'TA1') {
      if (this.isa === undefined) this.report('error', 'envelope', segment, 'TA1 without ISA');
      else this.sink.acknowledgement(segment);
    } else if (!this.outsideReported) {
      this.outsideReported = true;
      this.report('error', 'envelope', segment, `${segment.id} stands outside of any transaction`);
    }
  }

  private openInterchange(segment: Segment, delimiters: Delimiters): void {
    this.abandonInterchange();
    this.isa = { header: segment, count: 0 };
    this.facts = readIsaFacts(segment);
    this.sink.interchange(segment, delimiters);
  }

  private openGroup(segment: Segment): void {
    this.abandonGroup();
    if (this.isa === undefined) this.report('error', 'envelope', segment, 'GS without ISA');
    else this.isa.count++;
    this.group = { header: segment, count: 0 };
    const facts = this.isa === undefined ? {} : readIsaFacts(this.isa.header);
    addGsFacts(segment, facts);
    this.facts = facts;
  }

  private openTransaction(segment: Segment, delimiters: Delimiters): void {
    this.abandonTransaction();
    this.outsideReported = false;
    if (this.group !== undefined) this.group.count++;
    else this.report('error', 'envelope', segment, this.isa === undefined ? 'ST without ISA and GS' : 'ST without GS');
    this.open = { segments: [segment], delimiters };
  }

  private closeTransaction(segment: Segment): void {
    const open = this.open;
    if (open === undefined) {
      this.report('error', 'envelope', segment, 'SE without ST');
      return;
    }
    open.segments.push(segment);
    const said = segment.element(1);
    if (!isCount(said, open.segments.length)) {
      const message = `SE01 is not the number of segments, expected ${open.segments.length}`;
      this.report('warning', 'segment_count', segment, message);
    }
    if (segment.element(2) !== open.segments[0]?.element(2)) {
      this.report('warning', 'control_number', segment, 'SE02 differs from ST02');
    }
    this.finishTransaction(open);
  }

  private closeGroup(segment: Segment): void {
    this.abandonTransaction();
    const group = this.group;
    this.group = undefined;
    this.outsideReported = false;
    this.facts = this.isa === undefined ? undefined : readIsaFacts(this.isa.header);
    if (group === undefined) {
      this.report('error', 'envelope', segment, 'GE without GS');
      return;
    }
    if (!isCount(segment.element(1), group.count)) {
      this.report('warning', 'envelope', segment, `GE01 is not the number of transactions, expected ${group.count}`);
    }
    if (!sameNumber(segment.element(2), group.header.element(6))) {
      this.report('warning', 'control_number', segment, 'GE02 differs from GS06');
    }
  }

  private closeInterchange(segment: Segment): void {
    this.abandonGroup();
    const isa = this.isa;
    this.isa = undefined;
    this.facts = undefined;
    this.outsideReported = false;
    if (isa === undefined) {
      this.report('error', 'envelope', segment, 'IEA without ISA');
      return;
    }
    if (!isCount(segment.element(1), isa.count)) {
      this.report('warning', 'envelope', segment, `IEA01 is not the number of groups, expected ${isa.count}`);
    }
    if (!sameNumber(segment.element(2), isa.header.element(13))) {
      this.report('warning', 'control_number', segment, 'IEA02 differs from ISA13');
    }
  }

  private abandonTransaction(): void {
    const open = this.open;
    if (open === undefined) return;
    const message = 'SE is missing: the transaction may be cut off';
    this.sink.issue({ severity: 'error', code: 'envelope', at: atSegment(this.last), message });
    this.finishTransaction(open);
  }

  private abandonGroup(): void {
    this.abandonTransaction();
    if (this.group === undefined) return;
    this.group = undefined;
    this.sink.issue({ severity: 'warning', code: 'envelope', at: atSegment(this.last), message: 'GE is missing' });
  }

  private abandonInterchange(): void {
    this.abandonGroup();
    if (this.isa === undefined) return;
    this.isa = undefined;
    this.facts = undefined;
    this.sink.issue({ severity: 'warning', code: 'envelope', at: atSegment(this.last), message: 'IEA is missing' });
  }

  private finishTransaction(open: OpenTransaction): void {
    this.open = undefined;
    const header = open.segments[0];
    const version = header?.element(3) ?? this.facts?.groupVersion;
    const control = header?.element(2);
    const transaction: { -readonly [K in keyof Transaction]: Transaction[K] } = {
      kind: header?.element(1) ?? '',
      segments: open.segments,
      delimiters: open.delimiters,
    };
    if (version !== undefined) transaction.version = version;
    if (control !== undefined) transaction.control = control;
    if (this.facts !== undefined) transaction.interchange = this.facts;
    this.sink.transaction(transaction, this.isa !== undefined);
  }

  private report(severity: X12Issue['severity'], code: X12Issue['code'], segment: Segment, message: string): void {
    this.sink.issue({ severity, code, at: atSegment(segment.number), message });
  }
}

type OpenFacts = { -readonly [K in keyof InterchangeFacts]: InterchangeFacts[K] };

function readIsaFacts(isa: Segment): OpenFacts {
  const facts: OpenFacts = {};
  put(facts, 'senderId', isa.element(6)?.trim());
  put(facts, 'receiverId', isa.element(8)?.trim());
  put(facts, 'control', isa.element(13)?.trim());
  put(facts, 'usage', isa.element(15)?.trim());
  return facts;
}

function addGsFacts(gs: Segment, facts: OpenFacts): void {
  put(facts, 'functionalCode', gs.element(1)?.trim());
  put(facts, 'groupSenderId', gs.element(2)?.trim());
  put(facts, 'groupReceiverId', gs.element(3)?.trim());
  put(facts, 'gsDate', readDate(gs.element(4)?.trim()));
  put(facts, 'groupControl', gs.element(6)?.trim());
  put(facts, 'groupVersion', gs.element(8)?.trim());
}

function put(facts: OpenFacts, key: keyof OpenFacts, value: string | undefined): void {
  if (value !== undefined) facts[key] = value;
}

function isCount(said: string | undefined, count: number): boolean {
  return said !== undefined && /^\d{1,15}$/.test(said.trim()) && Number(said) === count;
}

/** Group and interchange control numbers are numbers: leading zeros do not matter. */
function sameNumber(one: string | undefined, other: string | undefined): boolean {
  const bare = (value: string | undefined) => value?.trim().replace(/^0+(?=\d)/, '');
  return bare(one) !== undefined && bare(one) === bare(other);
}
