import type { CivilDate, Issue } from '@openvob/benefits';
import type { Acknowledgement } from '@openvob/x12';
import type { ReadAnswer } from './iop-benefit';
import type { IopRequest } from './iop-request';

/** The formats in which payers answer. */
export const READ_FORMATS = [
  'x12-271',
  'x12-999',
  'x12-ta1',
  'stedi-v3',
  'stedi-2026-06-01',
  'fhir-r4',
  'fhir-r5',
] as const;

export type ReadFormat = (typeof READ_FORMATS)[number];

/** What a payer's message says, whatever its format. */
export interface ReadResult {
  /** Of a mixed file: the first. */
  format: ReadFormat;
  /** In file order. */
  answers: ReadAnswer[];
  acknowledgements: Acknowledgement[];
  issues: Issue[];
}

/**
 * Why a text is no payer's message.
 * - `empty`: nothing but blanks. - `inquiry`: a question (270), not an answer. - `markup`: an HTML page or other XML.
 * - `fhir_in_xml`: FHIR is read in JSON only. - `json_invalid`: cut off or no JSON. - `json_unknown`: JSON of another kind.
 * - `x12_unknown`: X12 without 271, 999 or TA1. - `not_a_payer_message`: anything else.
 * - `format_mismatch`: not of the format that was demanded.
 */
export type ReadErrorCode =
  | 'empty'
  | 'inquiry'
  | 'markup'
  | 'fhir_in_xml'
  | 'json_invalid'
  | 'json_unknown'
  | 'x12_unknown'
  | 'not_a_payer_message'
  | 'format_mismatch';

export interface ReadError {
  error: {
    code: ReadErrorCode;
    /** 0-based offset of the character at which reading stopped. */
    position: number;
    message: string;
  };
}

export interface ReadRequest extends Omit<IopRequest, 'on'> {
  /** Date of service; without it the one that the message names. */
  readonly on?: CivilDate;
  /** Reads the text as this format, whatever it looks like. */
  readonly format?: ReadFormat;
}

/** What can be done about it, for whoever has the file. */
const REMEDIES: Readonly<Record<ReadErrorCode, string>> = {
  empty: 'Hand in the message as the payer sent it; if nothing came, ask the payer again.',
  inquiry: 'Hand in what came back for it.',
  markup:
    'It may be the error page of a gateway: look at the address and the log-in of the connection, then ask again.',
  fhir_in_xml: 'Ask the payer for application/fhir+json.',
  json_invalid: 'Hand in the whole message as it was received.',
  json_unknown: "Hand in the body of the payer's answer as it was received, nothing around it.",
  x12_unknown: "Hand in the file that holds the payer's answer.",
  not_a_payer_message: 'Hand in the message as it was received, unpacked and not converted.',
  format_mismatch: 'Let the format be recognised instead of demanding one.',
};

/** A refusal as a value: what is wrong, and what can be done about it. */
export function readError(code: ReadErrorCode, position: number, message: string): ReadError {
  return { error: { code, position, message: `${message} ${REMEDIES[code]}` } };
}
