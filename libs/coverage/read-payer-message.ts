import { readJsonMessage } from './read-json';
import {
  READ_FORMATS,
  type ReadError,
  type ReadFormat,
  type ReadRequest,
  type ReadResult,
  readError,
} from './read-result';
import { readX12Message } from './read-x12';

/** One family of formats: how it is recognised and how it is read. A new one is a row in `FAMILIES`. */
interface FormatFamily {
  readonly formats: readonly ReadFormat[];
  recognises(text: string): boolean;
  read(text: string, request: ReadRequest): ReadResult | ReadError;
}

const FAMILIES: readonly FormatFamily[] = [
  { formats: ['x12-271', 'x12-999', 'x12-ta1'], recognises: (text) => !/^[<[{]/.test(text), read: readX12Message },
  {
    formats: ['stedi-v3', 'stedi-2026-06-01', 'fhir-r4', 'fhir-r5'],
    recognises: (text) => /^[[{]/.test(text),
    read: readJsonMessage,
  },
];

/** What a message may be hidden in: it is named, so that whoever has it knows what to undo. */
const WRAPPINGS: readonly { readonly holds: (text: string) => boolean; readonly message: string }[] = [
  { holds: beginsWith('\u001f\u008b'), message: 'This is a file that gzip packed.' },
  { holds: beginsWith('\u001f\uFFFD'), message: 'This is a file that gzip packed.' },
  { holds: beginsWith('PK\u0003\u0004'), message: 'This is a zip archive.' },
  { holds: beginsWith('%PDF-'), message: 'This is a PDF.' },
  { holds: isWide, message: 'This is UTF-16 that was taken for single bytes.' },
];

function beginsWith(signature: string): (text: string) => boolean {
  return (text) => text.startsWith(signature);
}

/** Every other character is none, perhaps behind a mark. */
function isWide(text: string): boolean {
  return [0, 1, 2, 3].some((at) => [0, 2, 4].every((more) => text.charCodeAt(at + more) === 0));
}

/**
 * Reads a payer's answer in any format. A readable message with faults is read as far as it goes, every fault an issue;
 * what is no payer's message is an error.
 */
export function readPayerMessage(text: string, request: ReadRequest): ReadResult | ReadError {
  const start = text.search(/[^\s\uFEFF]/);
  if (start < 0) return readError('empty', 0, 'There is no text.');
  const body = text.slice(start);
  const wrapped = WRAPPINGS.find(({ holds }) => holds(body));
  if (wrapped !== undefined) return readError('not_a_payer_message', start, wrapped.message);
  const { format } = request;
  const family = FAMILIES.find((each) =>
    format === undefined ? each.recognises(body) : each.formats.includes(format),
  );
  return family === undefined || body.startsWith('<') ? markup(body, start) : family.read(text, request);
}

/** Markup is never read, whatever format was demanded. */
function markup(body: string, position: number): ReadError {
  if (/<[A-Z]\w{1,60}\s[^>]{0,200}xmlns="http:\/\/hl7\.org\/fhir"/.test(body.slice(0, 4000))) {
    return readError('fhir_in_xml', position, 'FHIR is read in JSON, not in XML.');
  }
  const read = READ_FORMATS.join(', ');
  return readError('markup', position, `This is an HTML page or XML, not a payer's answer; read are ${read}.`);
}
