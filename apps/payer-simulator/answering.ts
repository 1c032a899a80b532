import type { Clock } from '@openvob/platform';
import { tryReadX12, type X12File } from '@openvob/x12';
import { withNothingUsed } from './benefit-year';
import type { AnswerContent, RejectionContent } from './content';
import { writeResponse } from './eligibility-response';
import type { FaultSpec } from './faults/fault';
import type { FaultRules } from './faults/fault-rules';
import { ShuffleBooth } from './faults/shuffle-booth';
import { spoilX12 } from './faults/x12-faults';
import { type AskedInquiry, type AskedPerson, memberIdOf, readInquiry } from './inquiry';
import type { MemberFiles } from './member-files';
import { type Envelope, writeInterchangeRefusal, writeMessage } from './message';
import { putInquiryInto } from './put-inquiry';
import {
  memberIdMissing,
  notFound,
  type Scenario,
  scenarioOf,
  tooManyPeople,
  type Unless,
  unknownPayer,
} from './scenarios';
import { payerByPayerId } from './simulated-payers';
import type { PlayedBy } from './stedi/mock-checks';

/** What a payer has decided to say, and what will go wrong on the way. */
export interface Decided {
  readonly inquiry?: AskedInquiry;
  readonly x12: string;
  /** Scenario, file or refusal: for the ledger. */
  readonly as: string;
  readonly faults: readonly FaultSpec[];
}

export interface Desk {
  readonly files: MemberFiles;
  readonly rules: FaultRules;
  readonly clock: Clock;
}

/** What is told of a payer that no one has heard of. */
export const asUnknownPayer = 'unknown payer';

/** Decides what simulated payers say: a file given for the member id, else the scenario that the member id names. */
export class Answering {
  private readonly tries = new Map<string, number>();
  private readonly booth = new ShuffleBooth();
  private answers = 0;
  /** The patients used their plans in the year in which the simulator was started. */
  private readonly usedIn: number;

  constructor(private readonly desk: Desk) {
    this.usedIn = desk.clock.now().getUTCFullYear();
  }

  /** Reads an interchange of a 270 and decides; never throws for what it was sent. */
  async decide(text: string): Promise<Decided> {
    const read = tryReadX12(text);
    const envelope = this.envelopeOf(read.ok ? read.file : undefined);
    const refused = (x12: string, as: string): Decided => ({ x12, as, faults: [] });
    if (!read.ok) return refused(writeInterchangeRefusal(envelope, '022'), 'TA1 022: no X12');
    const transaction = read.file.transactions.find(({ kind }) => kind === '270');
    if (transaction === undefined) return refused(refusal(envelope, read.file), '999: no 270');
    if (transaction.segments.at(-1)?.id !== 'SE')
      return refused(writeInterchangeRefusal(envelope, '023'), 'TA1 023: cut off');
    return this.decideAbout(readInquiry(transaction), envelope);
  }

  /**
   * Decides about an inquiry that came in another form than a 270; what the payer says is a 271 all the same.
   *
   * @param playedBy whose benefits are told of the person that is asked about
   */
  async decideFor(inquiry: AskedInquiry, playedBy?: PlayedBy): Promise<Decided> {
    return this.decideAbout(inquiry, this.envelopeOf(undefined), playedBy);
  }

  private async decideAbout(inquiry: AskedInquiry, envelope: Envelope, playedBy?: PlayedBy): Promise<Decided> {
    const met = this.desk.rules.take({ memberId: memberIdOf(inquiry), payerId: inquiry.payer.id });
    const rejection = met.find((fault) => fault.kind === 'reject');
    const decided =
      rejection === undefined
        ? await this.answer(inquiry, envelope, playedBy)
        : this.write({ content: rejectionOf(rejection), as: 'rejected' }, inquiry, envelope);
    return this.spoil({ ...decided, faults: [...decided.faults, ...met] }, envelope);
  }

  /** Holds an answer back until the next one comes, when it is to change places. */
  async inTurn({ x12, faults }: Decided): Promise<string> {
    const shuffle = faults.find((fault) => fault.kind === 'shuffle');
    return shuffle === undefined ? x12 : this.booth.exchange(x12, shuffle.waitMs ?? 2_000);
  }

  private spoil(decided: Decided, envelope: Envelope): Decided {
    const x12 = decided.faults.reduce((text, fault) => spoilX12(fault, text, envelope), decided.x12);
    const names = decided.faults.map(({ kind }) => kind);
    return { ...decided, x12, as: [decided.as, ...names].join(' + ') };
  }

  private async answer(inquiry: AskedInquiry, envelope: Envelope, playedBy?: PlayedBy): Promise<Decided> {
    const memberId = memberIdOf(inquiry);
    const file = memberId === undefined ? undefined : await this.desk.files.find(memberId);
    if (file !== undefined) {
      const x12 = file.asIs ? file.text : putInquiryInto(file.text, inquiry);
      return { inquiry, x12, as: `file ${file.origin}`, faults: [] };
    }
    if (playedBy === undefined) return this.write(this.choose(inquiry, envelope.now), inquiry, envelope);
    const { payerId: id, memberId: played } = playedBy;
    const player = { ...inquiry, payer: { id }, subscriber: { ...inquiry.subscriber, memberId: played } };
    const decided = this.write(this.choose(player, envelope.now), { ...inquiry, payer: { id } }, envelope);
    return { ...decided, inquiry };
  }

  private write({ content, as, fault }: Chosen, inquiry: AskedInquiry, envelope: Envelope): Decided {
    const payer = payerByPayerId(inquiry.payer.id);
    const x12 = writeResponse({ inquiry, payer, content, envelope });
    return { inquiry, x12, as, faults: [payer?.fault, fault].filter((one) => one !== undefined) };
  }

  private choose(inquiry: AskedInquiry, now: Date): Chosen {
    const payer = payerByPayerId(inquiry.payer.id);
    const memberId = memberIdOf(inquiry);
    if (payer === undefined) return { content: unknownPayer, as: asUnknownPayer };
    if (inquiry.people > 1) return { content: tooManyPeople, as: 'several people' };
    if (memberId === undefined) return { content: memberIdMissing, as: 'no member id' };
    const scenario = scenarioOf(payer, memberId);
    if (scenario === undefined) return { content: notFound, as: 'unknown member' };
    const { atFirst } = scenario;
    const isFirst = atFirst !== undefined && this.tryOf(memberId) <= atFirst.times;
    const content = (isFirst ? atFirst.content : undefined) ?? contentOf(scenario, inquiry, now);
    const fault = isFirst ? atFirst.fault : scenario.fault;
    const told = forService(this.ofThisYear(content, now), inquiry);
    return { content: told, as: scenario.id, ...(fault === undefined ? {} : { fault }) };
  }

  private ofThisYear(content: AnswerContent, now: Date): AnswerContent {
    return content.kind === 'benefits' && now.getUTCFullYear() > this.usedIn ? withNothingUsed(content) : content;
  }

  private tryOf(memberId: string): number {
    const count = (this.tries.get(memberId.toUpperCase()) ?? 0) + 1;
    this.tries.set(memberId.toUpperCase(), count);
    return count;
  }

  private envelopeOf(file: X12File | undefined): Envelope {
    this.answers += 1;
    const transaction = file?.transactions[0];
    const facts = transaction?.interchange;
    return {
      header: file?.interchanges[0]?.header,
      groupSenderId: facts?.groupSenderId,
      groupReceiverId: facts?.groupReceiverId,
      groupControl: facts?.groupControl,
      transactionControl: transaction?.control,
      control: this.answers,
      now: this.desk.clock.now(),
    };
  }
}

/** What a scenario says to an inquiry: its rejection unless the inquiry says what the payer has. */
function contentOf(scenario: Scenario, inquiry: AskedInquiry, now: Date): AnswerContent {
  const { content, rejection, forServiceTypes = [] } = scenario;
  if (rejection !== undefined && !isAsOnFile(rejection.unless, inquiry, now)) return rejection.content;
  const special = forServiceTypes.find(({ types }) => types.some((type) => inquiry.serviceTypes.includes(type)));
  return special?.content ?? content;
}

function isAsOnFile(file: Unless, inquiry: AskedInquiry, now: Date): boolean {
  const { lastName, birthDate } = inquiry.dependent ?? inquiry.subscriber;
  if (file.hasPlainName !== undefined && ![inquiry.subscriber, inquiry.dependent].every(isPlain)) return false;
  if (file.isSubscriber !== undefined && inquiry.dependent !== undefined) return false;
  if (file.isNameless !== undefined && lastName !== undefined) return false;
  const today = now.toISOString().slice(0, 10);
  return (
    (file.lastName === undefined || file.lastName.toUpperCase() === lastName?.toUpperCase()) &&
    (file.birthDate === undefined || file.birthDate === birthDate) &&
    (file.npi === undefined || file.npi === inquiry.provider[8]) &&
    (file.notInFuture === undefined || (inquiry.serviceDate ?? today) <= today)
  );
}

function isPlain(person: AskedPerson | undefined): boolean {
  return person?.middleName === undefined && !/ (?:JR|SR|II|III|IV)$/i.test(person?.lastName ?? '');
}

function rejectionOf({ code, followUp = 'C', level = 'patient' }: FaultSpec & { kind: 'reject' }): RejectionContent {
  return { kind: 'rejection', level, code, followUp };
}

interface Chosen {
  readonly content: AnswerContent;
  readonly as: string;
  readonly fault?: FaultSpec;
}

/**
 * What a plan says to an inquiry about certain service types: its own rows (30) and those about the types asked.
 * An inquiry about 30, or about none, is told everything.
 */
function forService(content: AnswerContent, { serviceTypes }: AskedInquiry): AnswerContent {
  if (content.kind === 'rejection' || serviceTypes.length === 0 || serviceTypes.includes('30')) return content;
  const told = [...serviceTypes, '30'];
  return { ...content, rows: content.rows.filter((row) => row.serviceTypes.some((type) => told.includes(type))) };
}

/** A functional group that holds no 270: 999 with AK9 R and the code for an unsupported group. */
function refusal(envelope: Envelope, file: X12File): string {
  const facts = file.transactions[0]?.interchange;
  return writeMessage(envelope, '999', [
    ['AK1', facts?.functionalCode ?? 'HS', facts?.groupControl ?? '1', facts?.groupVersion ?? ''],
    ['AK9', 'R', '1', '1', '0', '1'],
  ]);
}
