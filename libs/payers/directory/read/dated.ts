import type { Fault } from './value';

/** Where something was read, and on which day. */
export interface Dated {
  readonly source?: string | null;
  readonly asOf?: string | null;
}

/**
 * A source without its day tells as little as a day without its source.
 *
 * @param place JSON Pointer of what they are of
 */
export function datedFaults({ source, asOf }: Dated, place = ''): Fault[] {
  const isGiven = (value: string | null | undefined): boolean => typeof value === 'string';
  if (isGiven(source) === isGiven(asOf)) return [];
  const missing = isGiven(source) ? 'asOf' : 'source';
  const detail = 'is missing: a source and the day it was read go together';
  return [{ pointer: `${place}/${missing}`, code: 'required', detail }];
}
