import { type Party, type Segment, type SegmentContent, writeInterchange } from '@openvob/x12';

/** Elements of one segment, the identifier first; a list is one element's repetitions. */
export type Elements = readonly [id: string, ...elements: (string | readonly string[])[]];

/** Who sent the 270 to whom; an answer goes the other way. */
export interface Envelope {
  /** ISA of the inquiry; none when there was none to read. */
  readonly header?: Segment | undefined;
  /** GS02 and GS03 of the inquiry. */
  readonly groupSenderId?: string | undefined;
  readonly groupReceiverId?: string | undefined;
  /** GS06 and ST02 of the inquiry. */
  readonly groupControl?: string | undefined;
  readonly transactionControl?: string | undefined;
  /** Number of this answer, for ISA13, GS06 and ST02. */
  readonly control: number;
  readonly now: Date;
}

const groups = {
  '271': { functionalCode: 'HB', version: '005010X279A1' },
  '999': { functionalCode: 'FA', version: '005010X231A1' },
} as const;

/** A functional group of one transaction in an interchange addressed to the sender of the inquiry. */
export function writeMessage(envelope: Envelope, kind: keyof typeof groups, body: readonly Elements[]): string {
  const control = String(envelope.control).padStart(4, '0');
  const transaction = { kind, control, segments: body.map(toContent) };
  return write(envelope, { ...groups[kind], transactions: [transaction] });
}

/** A refusal of a whole interchange: TA1 with a note code of TA105, no functional group. */
export function writeInterchangeRefusal(envelope: Envelope, noteCode: string): string {
  const { header, now } = envelope;
  const stamp = now.toISOString();
  const asked = [header?.element(9) ?? stamp.slice(2, 10).replaceAll('-', ''), header?.element(10) ?? '0000'];
  const refusal: SegmentContent = ['TA1', header?.element(13) ?? '000000000', ...asked, 'R', noteCode];
  return write(envelope, { acknowledgements: [refusal], transactions: [] });
}

function write(
  envelope: Envelope,
  content: Pick<
    Parameters<typeof writeInterchange>[0],
    'functionalCode' | 'version' | 'acknowledgements' | 'transactions'
  >,
): string {
  const { header, groupReceiverId, groupSenderId, control, now } = envelope;
  const stamp = now.toISOString();
  const written = writeInterchange({
    ...content,
    sender: party(header, 7, 'SIMULATOR'),
    receiver: party(header, 5, 'SENDER'),
    groupSender: groupReceiverId ?? 'SIMULATOR',
    groupReceiver: groupSenderId ?? 'SENDER',
    control,
    writtenOn: stamp.slice(0, 10),
    writtenAt: stamp.slice(11, 16),
    usage: header?.element(15) === 'P' ? 'P' : 'T',
  });
  if (written.ok) return written.text;
  throw new Error(
    `cannot write an answer: ${written.faults.map(({ field, message }) => `${field} ${message}`).join('; ')}`,
  );
}

function party(header: Segment | undefined, position: number, fallback: string): Party {
  return {
    qualifier: header?.element(position) ?? 'ZZ',
    id: header?.element(position + 1)?.trim() ?? fallback,
  };
}

function toContent([id, ...elements]: Elements): SegmentContent {
  const contents = elements.map((element) => {
    return typeof element === 'string' ? plain(element) : { repetitions: element.map(plain) };
  });
  return [id, ...contents];
}

/** A value as an answer can carry it: accents off, and blanks for what X12 has no way to say. */
function plain(value: string): string {
  if (!unsayable.test(value)) return value;
  return value.normalize('NFD').replace(/\p{M}/gu, '').replace(new RegExp(unsayable, 'g'), ' ');
}

const unsayable = /[*^:~]|[^ -~]/;
