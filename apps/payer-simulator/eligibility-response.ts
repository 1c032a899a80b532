import type { CivilDate } from '@openvob/benefits';
import { benefitSegments, dateSegment } from './benefit-segments';
import type { AnswerContent, BenefitContent, RejectionContent } from './content';
import type { AskedInquiry, AskedPerson } from './inquiry';
import { type Elements, type Envelope, writeMessage } from './message';
import { packDate } from './relative-date';
import type { SimulatedPayer } from './simulated-payers';

/** What a 271 is written from. */
export interface ResponseParts {
  readonly inquiry: AskedInquiry;
  /** None when the inquiry names a payer that does not exist. */
  readonly payer?: SimulatedPayer | undefined;
  readonly content: AnswerContent;
  readonly envelope: Envelope;
}

/** The 271 that answers an inquiry: its trace, people and provider given back, the content's benefits or rejection inside. */
export function writeResponse(parts: ResponseParts): string {
  const { inquiry, envelope } = parts;
  const stamp = envelope.now.toISOString();
  const header: Elements = [
    'BHT',
    '0022',
    '11',
    inquiry.reference ?? '',
    packDate(stamp.slice(0, 10)),
    clockTime(stamp),
  ];
  return writeMessage(envelope, '271', [header, ...levels(parts)]);
}

/** Loops down to the one that is rejected, or to the patient (2000A to 2000D). */
function levels(parts: ResponseParts): Elements[] {
  const { inquiry, content } = parts;
  const rejection = content.kind === 'rejection' ? content : undefined;
  const atPayer = rejection?.level === 'payer' ? rejection : undefined;
  const atProvider = rejection?.level === 'provider' ? rejection : undefined;
  const source = sourceLevel(parts, atPayer);
  if (atPayer) return source;
  const receiver = receiverLevel(inquiry, atProvider);
  if (atProvider) return [...source, ...receiver];
  return [...source, ...receiver, ...subscriberLevel(parts), ...dependentLevel(parts)];
}

function sourceLevel({ inquiry, payer }: ResponseParts, rejection: RejectionContent | undefined): Elements[] {
  const name = payer?.name.toUpperCase() ?? inquiry.payer.name ?? '';
  const id = payer?.payerId ?? inquiry.payer.id ?? '';
  return [
    ['HL', '1', '', '20', rejection ? '0' : '1'],
    ['NM1', 'PR', '2', name, '', '', '', '', 'PI', id],
    ...(rejection ? [aaa(rejection, false)] : []),
  ];
}

function receiverLevel(inquiry: AskedInquiry, rejection: RejectionContent | undefined): Elements[] {
  const name: Elements = ['NM1', ...inquiry.provider];
  return [['HL', '2', '1', '21', rejection ? '0' : '1'], name, ...(rejection ? [aaa(rejection, false)] : [])];
}

function subscriberLevel(parts: ResponseParts): Elements[] {
  const { inquiry, content } = parts;
  if (!endsAtSubscriber(parts)) return [['HL', '3', '2', '22', '1'], ...identity('IL', inquiry.subscriber, content)];
  return [['HL', '3', '2', '22', '0'], ...traces(inquiry), ...personLoop('IL', inquiry.subscriber, parts)];
}

function dependentLevel(parts: ResponseParts): Elements[] {
  const { inquiry } = parts;
  if (inquiry.dependent === undefined || endsAtSubscriber(parts)) return [];
  return [['HL', '4', '3', '23', '0'], ...traces(inquiry), ...personLoop('03', inquiry.dependent, parts)];
}

/** The subscriber is the patient, or is refused before the dependent is looked at. */
function endsAtSubscriber({ inquiry, content }: ResponseParts): boolean {
  if (inquiry.dependent === undefined) return true;
  return content.kind === 'rejection' && content.level === 'subscriber';
}

/** The loop of whoever the answer is about. */
function personLoop(role: 'IL' | '03', person: AskedPerson, parts: ResponseParts): Elements[] {
  const { content, inquiry, payer } = parts;
  if (content.kind === 'rejection') {
    const [name, ...rest] = identity(role, person, undefined);
    return name === undefined ? [] : [name, aaa(content, role === '03'), ...rest];
  }
  const asked = inquiry.serviceDate ?? parts.envelope.now.toISOString().slice(0, 10);
  const context = { asked, planName: payer?.planName ?? 'INVENTED PLAN' };
  return [
    ...identity(role, person, content),
    ...planDates(content, asked),
    ...content.rows.flatMap((row) => benefitSegments(row, context)),
  ];
}

/** Name, group, birth date and relationship, as far as they were asked with. */
function identity(role: 'IL' | '03', person: AskedPerson, content: AnswerContent | undefined): Elements[] {
  const id = person.memberId === undefined ? [] : ['MI', person.memberId];
  const names = [person.lastName, person.firstName, person.middleName, '', person.suffix].map((name) => name ?? '');
  const group = content?.kind === 'benefits' && role === 'IL' ? content.groupNumber : undefined;
  const segments: Elements[] = [['NM1', role, '1', ...names, ...id]];
  if (group !== undefined) segments.push(['REF', '6P', group]);
  const born = person.birthDate === undefined ? ['', ''] : ['D8', packDate(person.birthDate)];
  if (person.birthDate !== undefined || person.sex !== undefined) segments.push(['DMG', ...born, person.sex ?? '']);
  if (person.relationship !== undefined) segments.push(['INS', 'N', person.relationship]);
  return segments;
}

function planDates(content: BenefitContent, asked: CivilDate): Elements[] {
  const dates: Elements[] = [];
  if (content.planFrom) dates.push(dateSegment({ qualifier: '346', from: content.planFrom }, asked));
  if (content.planTo) dates.push(dateSegment({ qualifier: '347', from: content.planTo }, asked));
  return [...dates, ['DTP', '472', 'D8', packDate(asked)]];
}

function traces({ trace, traceOrigin }: AskedInquiry): Elements[] {
  return trace === undefined ? [] : [['TRN', '2', trace, traceOrigin ?? '9SIMULATOR']];
}

/** AAA01 `N`: what was asked is not valid, whatever the code says of trying again. */
function aaa(rejection: RejectionContent, ofDependent: boolean): Elements {
  const code = ofDependent ? (rejection.dependentCode ?? rejection.code) : rejection.code;
  return ['AAA', 'N', '', code, rejection.followUp];
}

function clockTime(stamp: string): string {
  return stamp.slice(11, 16).replace(':', '');
}
