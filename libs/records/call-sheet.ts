import type { ScriptQuestion } from '@openvob/estimate';

/** One number, and what it is for. */
export interface PhoneLine {
  readonly label: string;
  readonly number: string;
  readonly hours?: string;
  readonly timeZone?: string;
  /** By its hours, which know no holidays. */
  readonly isOpenNow?: boolean;
  /** Who gave the number. */
  readonly source?: string;
}

/** How a payer is reached by phone. */
export interface PayerContact {
  /** Without an id it is named by an answer and not in the directory. */
  readonly payer: { readonly id?: string; readonly name: string };
  /** What it is rung for, where others are rung too. */
  readonly ringFor?: string;
  readonly phones: readonly PhoneLine[];
  readonly hours?: string;
  readonly timeZone?: string;
  readonly isOpenNow?: boolean;
  readonly portal?: string;
  /** What helps to get through. */
  readonly notes?: string;
}

/** Everything for one call: whom to ring, how to begin, what to ask, how to end. */
export interface CallSheet {
  readonly verificationId: string;
  readonly contacts: readonly PayerContact[];
  readonly haveReady: readonly string[];
  readonly opening: readonly string[];
  readonly questions: readonly ScriptQuestion[];
  readonly closing: readonly string[];
}

/** Source: reference/people.md section 1. */
export const haveReady = [
  'both sides of the card',
  'the patient’s consent',
  'the facility’s NPI and tax id',
  'the program’s codes and first day',
] as const;

export const opening = [
  'Who is speaking? Write down the representative’s name.',
  'What is the reference number of this call? Write it down, with the time and the line.',
  'Ask for substance use and for mental health apart where the plan splits them. Write down the exact words: they decide disputes.',
] as const;

export const closing = [
  'Read the answers back.',
  'Make sure of the reference number once more.',
  '“Would not say” is an answer: write it down as unknown, never as 0.',
] as const;

const sections: Readonly<Record<ScriptQuestion['section'], string>> = {
  opening: 'To begin with',
  carve_out: 'Who holds the benefit',
  plan: 'The plan',
  network: 'Network',
  program: 'The program',
  share: 'What the patient pays',
  accumulators: 'Deductible and out-of-pocket maximum',
  limits: 'Limits',
  authorization: 'Authorization',
  conditions: 'Conditions and exclusions',
  out_of_network: 'Out of network',
  other_coverage: 'Other insurance',
  payment: 'Claims',
  closing: 'To end with',
};

/** The sheet as plain text to print, with lines to write on; it names no patient. */
export function callSheetText({ verificationId, contacts, questions, ...sheet }: CallSheet): string {
  const lines = [
    `Call for ${verificationId}`,
    '',
    ...contacts.flatMap(contactLines),
    `Have ready: ${sheet.haveReady.join(', ')}.`,
    '',
    ...sheet.opening.map((line) => `* ${line}`),
    '',
    'Representative: ____________________  Reference: ____________________  From: ________  To: ________',
    '',
    ...questions.flatMap((question, index) => questionLines(question, index)),
    ...(questions.length === 0
      ? [
          contacts.length === 0
            ? 'It is not known yet which payer to ask about which program.'
            : 'Nothing is left to ask.',
          '',
        ]
      : []),
    ...sheet.closing.map((line) => `* ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}

function contactLines({ payer, phones, portal, ringFor, notes, ...whole }: PayerContact): string[] {
  const numbers = phones.map(lineText).join(', ') || 'the number on the card';
  const open = openText(whole);
  return [
    `${payer.name}: ${numbers}${open ? `; ${open}` : ''}${portal ? `; portal ${portal}` : ''}`,
    ...(ringFor ? [`   For ${ringFor}.`] : []),
    ...(notes ? [`   Notes: ${notes}`] : []),
  ];
}

function lineText({ label, number, source, ...line }: PhoneLine): string {
  const more = [openText(line), source].filter((text) => text);
  return `${label} ${number}${more.length > 0 ? ` (${more.join('; ')})` : ''}`;
}

/** Whether it is open is told of the moment of printing. */
function openText({ hours, timeZone, isOpenNow }: Pick<PhoneLine, 'hours' | 'timeZone' | 'isOpenNow'>): string {
  if (!hours) return '';
  const now = isOpenNow === undefined ? '' : `, ${isOpenNow ? 'open' : 'closed'} when this was printed`;
  return `open ${hours}${timeZone ? ` (${timeZone})` : ''}${now}`;
}

function questionLines(
  { id, section, ask, value, onlyIf, swingCents, notSaid }: ScriptQuestion,
  index: number,
): string[] {
  const indent = onlyIf ? '      ' : '   ';
  const worth = swingCents === undefined ? '' : ` (worth ${dollars(swingCents)})`;
  const before = (notSaid ?? []).map(({ on }) => `${indent}Asked on ${on}: would not say.`);
  return [
    `${String(index + 1).padStart(2)}. [${sections[section]}]${worth} ${onlyIf ? `If ${onlyIf.is.join(' or ')}: ` : ''}${ask}`,
    ...optionLines(value, indent),
    ...before,
    `${indent}Answer (${id}): ______________________________`,
    '',
  ];
}

function optionLines(value: ScriptQuestion['value'], indent: string): string[] {
  if (!('options' in value) || value.options.length === 0) return [];
  return [`${indent}${value.options.map((option) => `[ ] ${option.text}`).join('   ')}   [ ] would not say`];
}

function dollars(cents: number): string {
  return `$${(cents / 100).toFixed(2)}`;
}
