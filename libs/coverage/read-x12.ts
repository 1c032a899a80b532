import type { ReadError, ReadRequest, ReadResult } from './read-result';
import { X12Reading } from './x12-reading';

/** As `X12Reading`, of a text that is there as a whole. */
export function readX12Message(text: string, request: ReadRequest): ReadResult | ReadError {
  const reading = new X12Reading(request);
  const answers = [...reading.push(text), ...reading.end()];
  const rest = reading.rest();
  if ('error' in rest) return rest;
  return { format: rest.format, answers, acknowledgements: rest.acknowledgements, issues: rest.issues };
}
