import { readDate } from './read-date';

/** What a card says, as far as its text could be read. */
export interface CardText {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly birthDate?: string;
  readonly memberId?: string;
  readonly groupNumber?: string;
  readonly payerName?: string;
}

const labels = {
  group: ['group number', 'group no', 'group id', 'group #', 'group:', 'grp #', 'grp:', 'group'],
  member: [
    ...['member id', 'member number', 'member no', 'member #', 'subscriber id', 'subscriber number', 'enrollee id'],
    ...['identification number', 'policy number', 'policy id', 'policy #', 'id number', 'id no', 'id #', 'id:'],
  ],
  birth: ['date of birth', 'birth date', 'birthdate', 'dob', 'born'],
  name: [
    'member name',
    'subscriber name',
    'patient name',
    'insured name',
    'name',
    'member:',
    'subscriber:',
    'insured:',
  ],
} as const;
const idShape = /^[A-Z0-9][A-Z0-9 -]{1,22}[A-Z0-9]/i;
const longestLine = 120;
const payerWords =
  /health|insur|blue|aetna|cigna|united|humana|anthem|plan|assurance|mutual|medicaid|medicare|tricare|kaiser|benefit/i;

/** Reads the text of a card as it was pasted, e.g. from a message or a scan: labels first, then what looks like a payer. */
export function readCard(text: string, today: string): CardText {
  const lines = text
    .split('\n')
    .map((line) => line.trim().slice(0, longestLine))
    .filter((line) => line !== '');
  const found: Partial<Record<keyof CardText, string>> = {};
  for (const line of lines) {
    const groupNumber = idOf(after(line, labels.group));
    const memberId = groupNumber ? undefined : idOf(after(line, labels.member));
    const date = after(line, labels.birth);
    const birthDate = date === undefined ? undefined : readDate(date, today);
    const name = after(line, labels.name);
    if (groupNumber) found.groupNumber ??= groupNumber;
    if (memberId) found.memberId ??= memberId;
    if (birthDate) found.birthDate ??= birthDate;
    if (name && /^[\p{L}'’. ,-]+$/u.test(name) && found.lastName === undefined) Object.assign(found, nameParts(name));
  }
  const payer = lines.find((line) => payerWords.test(line) && !/\d{4,}/.test(line) && line.length <= 60);
  return { ...found, ...(payer ? { payerName: after(payer, ['payer:', 'plan:', 'insurance:']) ?? payer } : {}) };
}

/** What stands behind one of these labels, where one begins a word of the line. */
function after(line: string, names: readonly string[]): string | undefined {
  const plain = line.toLowerCase();
  for (const name of names) {
    const at = plain.indexOf(name);
    if (at < 0 || /[a-z]/.test(plain[at - 1] ?? '')) continue;
    let start = at + name.length;
    while (' :#.\t'.includes(line[start] ?? 'x')) start += 1;
    return line.slice(start).trim();
  }
  return undefined;
}

/** A number as cards bear it: with a digit in it, without the blanks between. */
function idOf(text: string | undefined): string | undefined {
  const value = idShape
    .exec(text?.trim() ?? '')?.[0]
    .replaceAll(' ', '')
    .toUpperCase();
  return value && /\d/.test(value) ? value : undefined;
}

/** `AVERY, JORDAN M` and `Jordan M Avery`. */
function nameParts(name: string): { firstName: string; lastName: string } {
  const [last = '', first] = name.split(',').map((part) => part.trim());
  if (first) return { firstName: titled(first.split(' ')[0] ?? ''), lastName: titled(last) };
  const words = name.trim().split(/\s+/);
  return { firstName: titled(words[0] ?? ''), lastName: titled(words.at(-1) ?? '') };
}

function titled(word: string): string {
  return word === word.toUpperCase()
    ? word.toLowerCase().replace(/(^|[-'’ ])\p{L}/gu, (start) => start.toUpperCase())
    : word;
}
