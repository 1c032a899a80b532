import { parse } from 'csv-parse/sync';
import { putAt } from '../read-request';
import type { Fault } from '../request';

/** The columns that a file may have, in any order, and what each fills in a request. */
export const csvColumns: Readonly<Record<string, string>> = {
  firstName: '/patient/firstName',
  middleName: '/patient/middleName',
  lastName: '/patient/lastName',
  birthDate: '/patient/birthDate',
  sex: '/patient/sex',
  relationship: '/patient/relationship',
  phone: '/patient/phone',
  email: '/patient/email',
  subscriberFirstName: '/subscriber/firstName',
  subscriberLastName: '/subscriber/lastName',
  subscriberBirthDate: '/subscriber/birthDate',
  ...coverageColumns(0, ['payerId', 'payerName', 'memberId', 'groupNumber', 'planName']),
  ...coverageColumns(1, [
    'secondaryPayerId',
    'secondaryPayerName',
    'secondaryMemberId',
    'secondaryGroupNumber',
    'secondaryPlanName',
  ]),
  ...coverageColumns(2, [
    'tertiaryPayerId',
    'tertiaryPayerName',
    'tertiaryMemberId',
    'tertiaryGroupNumber',
    'tertiaryPlanName',
  ]),
  programId: '/program/id',
  startDate: '/admission/startDate',
  track: '/admission/track',
  network: '/admission/network',
  steppingDownFrom: '/admission/steppingDownFrom',
  consentSignedOn: '/consent/part2/signedOn',
  consentExpiresOn: '/consent/part2/expiresOn',
  consentScope: '/consent/part2/scope',
  priority: '/priority',
  neededBy: '/neededBy',
  reference: '/reference',
};

function coverageColumns(position: number, names: readonly string[]): Record<string, string> {
  const fields = ['payer/id', 'payer/name', 'memberId', 'groupNumber', 'planName'];
  return Object.fromEntries(names.map((name, index) => [name, `/coverages/${position}/${fields[index]}`]));
}

/** The header of a file: the pointers that its columns fill. Names are taken without regard to case, blanks, `_` and `-`. */
export function readCsvHeader(line: string): { pointers: string[] } | { faults: Fault[] } {
  const cells = cellsOf(line);
  if ('fault' in cells) return { faults: [{ ...cells.fault, pointer: '' }] };
  const known = new Map(Object.entries(csvColumns).map(([name, pointer]) => [plain(name), pointer]));
  const pointers = cells.cells.map((cell) => known.get(plain(cell)));
  const faults = pointers.flatMap((pointer, index): Fault[] => {
    // What stands there is not repeated: without a header it is somebody's data.
    if (pointer === undefined)
      return [
        {
          pointer: '',
          code: 'unknown_field',
          detail: `column ${index + 1} of the first line is none of ${columnNames}`,
        },
      ];
    if (pointers.indexOf(pointer) < index)
      return [{ pointer: '', code: 'too_many', detail: `column ${index + 1} of the first line is there twice` }];
    return [];
  });
  return faults.length > 0 ? { faults } : { pointers: pointers as string[] };
}

const columnNames = Object.keys(csvColumns).join(', ');

/** A row as the body of a request; empty cells are left out. */
export function readCsvRow(
  line: string,
  pointers: readonly string[],
): { body: unknown } | { fault: Omit<Fault, 'pointer'> } {
  const cells = cellsOf(line);
  if ('fault' in cells) return cells;
  if (cells.cells.length !== pointers.length) {
    const detail = `has ${cells.cells.length} cells where the first line has ${pointers.length}`;
    return { fault: { code: cells.cells.length > pointers.length ? 'too_many' : 'too_few', detail } };
  }
  const body: Record<string, unknown> = { patient: {}, coverages: [{}] };
  for (const [index, pointer] of pointers.entries()) {
    const text = cells.cells[index]?.trim();
    if (text) putAt(body, pointer, text);
  }
  return { body };
}

/** The column that fills a place of the request, or a place below or above it. */
export function columnAt(pointer: string): string | undefined {
  const at = (other: string): boolean =>
    other === pointer || other.startsWith(`${pointer}/`) || pointer.startsWith(`${other}/`);
  return Object.entries(csvColumns).find(([, filled]) => at(filled))?.[0];
}

const faultDetails: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark is opened and not closed on the line',
  CSV_INVALID_CLOSING_QUOTE: 'a quotation mark stands inside a quoted cell: double it',
  INVALID_OPENING_QUOTE: 'a quotation mark stands inside a cell: quote the whole cell and double it',
};

/** One line is one row: no field of a request has line breaks. */
function cellsOf(line: string): { cells: string[] } | { fault: Omit<Fault, 'pointer'> } {
  try {
    const [cells] = parse(line, { relax_column_count: true }) as string[][];
    return { cells: cells ?? [] };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { fault: { code: 'malformed', detail: faultDetails[code] ?? 'is no line of comma-separated values' } };
  }
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
