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

const memberLabel =
  /(?:^|\b)(?:(?:member|subscriber|enrollee|policy|identification)\s*(?:id|no\.?|number|#)*|id(?:\s*(?:no\.?|number|#))?)[\s:#.]+(.+)$/i;
const groupLabel = /(?:^|\b)(?:group|grp)\s*(?:id|no\.?|number|#)?[\s:#.]+(.+)$/i;
const birthLabel = /(?:dob|birth\s*date|date\s*of\s*birth|born)[\s:#.]+(.+)$/i;
const nameLabel = /^(?:(?:member|subscriber|insured|patient)?\s*name|member|subscriber|insured)\s*:?\s+(.+)$/i;
const idShape = /^[A-Z0-9][A-Z0-9 -]{1,22}[A-Z0-9]/i;
const payerWords =
  /health|insur|blue|aetna|cigna|united|humana|anthem|plan|assurance|mutual|medicaid|medicare|tricare|kaiser|benefit/i;

/** Reads the text of a card as it was pasted, e.g. from a message or a scan: labels first, then what looks like a payer. */
export function readCard(text: string, today: string): CardText {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const found: Partial<Record<keyof CardText, string>> = {};
  for (const line of lines) {
    const groupNumber = idOf(groupLabel.exec(line)?.[1]);
    const memberId = groupNumber ? undefined : idOf(memberLabel.exec(line)?.[1]);
    const date = birthLabel
      .exec(line)?.[1]
      ?.trim()
      .replace(/[ ,]+$/, '');
    const birthDate = date === undefined ? undefined : readDate(date, today);
    const name = nameLabel.exec(line)?.[1];
    if (groupNumber) found.groupNumber ??= groupNumber;
    if (memberId) found.memberId ??= memberId;
    if (birthDate) found.birthDate ??= birthDate;
    if (name && /^[\p{L}'’. ,-]+$/u.test(name) && found.lastName === undefined) Object.assign(found, nameParts(name));
  }
  const payer = lines.find((line) => payerWords.test(line) && !/\d{4,}/.test(line) && line.length <= 60);
  return { ...found, ...(payer ? { payerName: payer.replace(/^(?:payer|plan|insurance)\s*:\s*/i, '') } : {}) };
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
