import { readX12, type Segment } from '@openvob/x12';
import { answeredPerson, personSegments } from '../answered-person';
import { editX12 } from '../edit-x12';
import { type Elements, type Envelope, writeInterchangeRefusal, writeMessage } from '../message';
import type { FaultSpec } from './fault';

/** Somebody who was not asked about. */
const somebodyElse = { last: 'ELSEWHERE', first: 'QUINTESSA', born: '19310107', memberId: 'OTHER0000001' };

/** What a fault makes of a 271; faults of HTTP leave it alone. */
export function spoilX12(fault: FaultSpec, text: string, envelope: Envelope): string {
  switch (fault.kind) {
    case 'truncate':
      return text.slice(0, Math.floor(text.length * (fault.keep ?? 0.6)));
    case 'wrong_trace':
      return wrongTrace(text);
    case 'other_person':
      return otherPerson(text, fault.part);
    case 'duplicate':
      return duplicate(text);
    case 'ack_999':
      return acknowledgement(envelope, fault.accepted ?? false);
    case 'ta1':
      return writeInterchangeRefusal(envelope, fault.note ?? '006');
    default:
      return text;
  }
}

/** TRN02 and BHT03 of another inquiry. */
function wrongTrace(text: string): string {
  return editX12(text, (segment, elements) => {
    if (segment.id === 'TRN') return [elements.with(2, 'ANOTHERINQUIRY0001')];
    return segment.id === 'BHT' && elements.length > 3 ? [elements.with(3, 'ANOTHERINQUIRY0001')] : undefined;
  });
}

function otherPerson(text: string, part: (FaultSpec & { kind: 'other_person' })['part']): string {
  const file = readX12(text);
  const answered = answeredPerson(file);
  const people = answered === undefined ? [] : [answered.subscriber, answered.patient].flatMap(personSegments);
  const edit = (segment: Segment, elements: readonly string[]) =>
    people.includes(segment) ? [exchanged(segment, elements, part)] : undefined;
  return editX12(text, edit, file);
}

function exchanged(segment: Segment, elements: readonly string[], part: string | undefined): readonly string[] {
  const all = part === undefined;
  const written: Record<number, string> = {};
  if (segment.id === 'NM1') {
    if (all || part === 'name' || part === 'last_name') written[3] = somebodyElse.last;
    if (all || part === 'name' || part === 'first_name') written[4] = somebodyElse.first;
    if ((all || part === 'member_id') && segment.element(9) !== undefined) written[9] = somebodyElse.memberId;
  }
  if (segment.id === 'DMG' && (all || part === 'birth_date')) written[2] = somebodyElse.born;
  return elements.map((element, index) => written[index] ?? element);
}

/** ST to SE a second time in the same group. */
function duplicate(text: string): string {
  const file = readX12(text);
  const transaction = file.transactions[0];
  const trailer = transaction?.segments.at(-1);
  if (transaction === undefined || trailer?.id !== 'SE') return text;
  const element = transaction.delimiters.element;
  const again = transaction.segments.map((segment) => segment.raw.split(element));
  return editX12(
    text,
    (segment, elements) => {
      if (segment === trailer) return [elements, ...again];
      return segment.id === 'GE' ? [elements.with(1, '2')] : undefined;
    },
    file,
  );
}

/** A 999 about the inquiry's only transaction (TR3 005010X231A1). */
function acknowledgement(envelope: Envelope, accepted: boolean): string {
  const verdict = accepted ? 'A' : 'R';
  const faults: Elements[] = [
    ['IK3', 'NM1', '8', '2100', '8'],
    ['IK4', '9', '67', '7'],
  ];
  return writeMessage(envelope, '999', [
    ['AK1', 'HS', envelope.groupControl ?? '1', '005010X279A1'],
    ['AK2', '270', envelope.transactionControl ?? '0001', '005010X279A1'],
    ...(accepted ? [] : faults),
    accepted ? ['IK5', 'A'] : ['IK5', 'R', '5'],
    ['AK9', verdict, '1', '1', accepted ? '1' : '0'],
  ]);
}
