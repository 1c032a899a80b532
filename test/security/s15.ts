import { X12Parser } from 'node-x12';
import { writeInquiry } from '../../apps/cli/inquiry-message';
import { InquiryFault } from '../../apps/cli/inquiry-request';
import type { Measurement } from '../setup/measure';
import { none } from './bar.rows';
import { hostileNames } from './s15.names';

const options = {
  payerId: 'PAY1',
  payerName: 'PAYER ONE',
  providerName: 'TESTWOOD',
  npi: '1999999984',
  serviceTypes: ['30'],
  trace: 'T1',
  sender: 'SENDER',
  receiver: 'RECEIVER',
  writtenAt: '2026-11-20T15:00',
  usage: 'T',
  coverage: 'primary',
  lineBreaks: false,
  date: '2026-11-20',
} as const;

/** S15: inquiries about people with hostile names are refused with the field, or say the name whole to a parser that is not ours. */
export function run({ count = 10_000 }: { count?: number } = {}): Measurement[] {
  const tally = { written: 0, refused: 0, malformed: 0, altered: 0, unnamed: 0 };
  for (const [firstName, lastName] of hostileNames(count)) {
    const text = inquiryAbout(firstName, lastName, tally);
    if (text === undefined) continue;
    tally.written += 1;
    const names = subscriberIn(text);
    if (names === undefined) tally.malformed += 1;
    else if (names[0] !== folded(lastName) || names[1] !== folded(firstName)) tally.altered += 1;
  }
  return [
    { what: `of ${count} hostile names written`, value: tally.written, unit: 'inquiries' },
    { what: 'refused with field and reason', value: tally.refused, unit: 'inquiries' },
    none('malformed by an independent parser', tally.malformed, 'inquiries'),
    none('names that came out otherwise', tally.altered, 'inquiries'),
    none('refusals without a field', tally.unnamed, 'inquiries'),
  ];
}

function inquiryAbout(
  firstName: string,
  lastName: string,
  tally: { refused: number; unnamed: number },
): string | undefined {
  const patient = { firstName, lastName, birthDate: '1988-03-14', relationship: 'self' } as const;
  const coverages = [{ payer: { id: 'PAY1', name: 'PAYER ONE' }, memberId: 'ABC123' }];
  try {
    return writeInquiry({ patient, coverages } as unknown as Parameters<typeof writeInquiry>[0], options);
  } catch (error) {
    if (!(error instanceof InquiryFault)) throw error;
    tally.refused += 1;
    if (!/^\/patient\/(first|last)Name$/.test(error.error.path ?? '')) tally.unnamed += 1;
    return undefined;
  }
}

/** Last and first name as another parser reads them; undefined when the message is not one whole 270. */
function subscriberIn(text: string): string[] | undefined {
  const interchange = new X12Parser(true).parse(text);
  const transactions =
    'functionalGroups' in interchange ? interchange.functionalGroups.flatMap(({ transactions: all }) => all) : [];
  const [transaction] = transactions;
  const named = transaction?.segments.filter(({ tag, elements }) => tag === 'NM1' && elements[0]?.value === 'IL') ?? [];
  const isWhole = transactions.length === 1 && named.length === 1 && transaction?.header.elements[0]?.value === '270';
  const [segment] = named;
  return isWhole && segment ? [segment.valueOf(3) ?? '', segment.valueOf(4) ?? ''] : undefined;
}

/** As X12 says names: in capitals, letters without their accents, the printers' apostrophe and blank as the plain ones. */
function folded(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/’/g, "'")
    .replace(/\u00a0/g, ' ')
    .trim();
}
