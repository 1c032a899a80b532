import { type JsonFormat, jsonFormatOf, snapshotsOfJson } from '@openvob/benefits';
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
  const format = isJsonFormat(request.format) ? request.format : jsonFormatOf(parsed.document);
  if (format === undefined) {
    const start = text.search(/[^\s\uFEFF]/);
    return readError('json_unknown', start, `This JSON is no answer of a payer; read are ${READ_FORMATS.join(', ')}.`);
  }
  const { snapshots, issues } = snapshotsOfJson(
    parsed.document,
    format,
    request.on === undefined ? {} : { on: request.on },
  );
  if (snapshots.length === 0)
    return readError('format_mismatch', 0, `The document has nothing of the format ${format}.`);
  const chosen = answersOf(snapshots, request);
  return { format, answers: chosen.answers, acknowledgements: [], issues: [...issues, ...chosen.issues] };
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
