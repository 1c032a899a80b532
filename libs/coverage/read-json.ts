import { type JsonFormat, jsonFormatOf, snapshotsOfJson } from '@openvob/benefits';
import { type Acknowledgement, readAcknowledgements, tryReadX12 } from '@openvob/x12';
import { jsonFaultAt } from './json-fault';
import { answersOf } from './read-answer';
import {
  READ_FORMATS,
  type ReadError,
  type ReadFormat,
  type ReadRequest,
  type ReadResult,
  readError,
} from './read-result';

/** Reads a payer's answer in JSON: Stedi's two shapes and FHIR. */
export function readJsonMessage(text: string, request: ReadRequest): ReadResult | ReadError {
  const parsed = parseJson(text);
  if ('error' in parsed) return parsed;
  const { document } = parsed;
  const format = isJsonFormat(request.format) ? request.format : jsonFormatOf(document);
  const acknowledgements = acknowledgementsIn(document);
  if (format === undefined && acknowledgements.length > 0)
    return { format: 'stedi-2026-06-01', answers: [], acknowledgements, issues: [] };
  if (format === undefined) return unknownJson(document, text.search(/[^\s\uFEFF]/));
  const { snapshots, issues } = snapshotsOfJson(document, format, request.on === undefined ? {} : { on: request.on });
  if (snapshots.length === 0)
    return readError('format_mismatch', 0, `The document has nothing of the format ${format}.`);
  const chosen = answersOf(snapshots, request);
  return { format, answers: chosen.answers, acknowledgements, issues: [...issues, ...chosen.issues] };
}

function unknownJson(document: unknown, position: number): ReadError {
  if (memberOf(document, 'resourceType') === 'CoverageEligibilityRequest')
    return readError('inquiry', position, "This is an inquiry (CoverageEligibilityRequest), not a payer's answer.");
  return readError('json_unknown', position, `This JSON is no answer of a payer; read are ${READ_FORMATS.join(', ')}.`);
}

/**
 * Acknowledgements among the X12 that a clearinghouse passes on in the member `x12`: a payer that cannot read an inquiry
 * sends a 999 in place of a 271, and nothing else is said then. Source: Stedi's client, as named where its answers are read.
 */
function acknowledgementsIn(document: unknown): Acknowledgement[] {
  const x12 = memberOf(document, 'x12');
  if (typeof x12 !== 'string' || !/\bST[^A-Z0-9]999[^A-Z0-9]/.test(x12)) return [];
  const read = tryReadX12(x12);
  return read.ok ? readAcknowledgements(read.file) : [];
}

function memberOf(document: unknown, name: string): unknown {
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, name)) return undefined;
  return (document as Record<string, unknown>)[name];
}

function isJsonFormat(format: ReadFormat | undefined): format is JsonFormat {
  return format !== undefined && !format.startsWith('x12-');
}

function parseJson(text: string): { document: unknown } | ReadError {
  const withoutMark = text.replace(/^\uFEFF/, '');
  try {
    return { document: JSON.parse(withoutMark) };
  } catch {
    const position = jsonFaultAt(withoutMark) + text.length - withoutMark.length;
    return readError('json_invalid', position, 'This is not JSON, or it is cut off.');
  }
}
