import { type CivilDate, isCivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';

/** Why no inquiry is written. */
export interface InquiryError {
  readonly code: string;
  /** JSON Pointer into the request, or the option that has to be mended, e.g. `--npi`. */
  readonly path: string;
  /** What would be right; never a value of the request. */
  readonly message: string;
}

/** An inquiry error on its way to where it becomes a value. */
export class InquiryFault extends Error {
  override readonly name = 'InquiryFault';

  constructor(readonly error: InquiryError) {
    super(`${error.code} at ${error.path}: ${error.message}`);
  }
}

/** What of a verification request an inquiry is made of. */
export type InquiryRequest = Pick<AdmissionRequest, 'patient' | 'subscriber' | 'coverages' | 'admission'>;

type Reader<T> = (value: unknown, path: string) => T;
type Readers<T> = { readonly [K in keyof T]-?: Reader<Exclude<T[K], undefined>> };
type Json = Readonly<Record<string, unknown>>;

const MOST_COVERAGES = 3;

/**
 * Reads a request in the shape of the body of `POST /v1/verifications`. What an inquiry does not need is not looked at, but
 * for its name: a field that no request has may be one that was misspelt.
 *
 * @throws InquiryFault naming the first field that cannot be used
 */
export function readInquiryRequest(text: string): InquiryRequest {
  return request(parse(text.replace(/^\uFEFF/, '')), '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse('invalid_json', '', 'a verification request in JSON is expected');
  }
}

const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') refuse('wrong_type', path, 'a string is expected');
  return value.trim() === '' ? refuse('missing', path, 'must not be empty') : value;
};

const date: Reader<CivilDate> = (value, path) => {
  const found = text(value, path);
  return isCivilDate(found) ? found : refuse('no_such_date', path, 'a date of the calendar is expected, YYYY-MM-DD');
};

const anything: Reader<never> = (value) => value as never;

const patient = record<InquiryRequest['patient']>({
  firstName: text,
  middleName: anything,
  lastName: text,
  birthDate: date,
  sex: choice('female', 'male', 'unknown'),
  relationship: choice('self', 'spouse', 'child', 'other'),
  phone: anything,
  email: anything,
});
const subscriber = record<NonNullable<InquiryRequest['subscriber']>>({
  firstName: text,
  lastName: text,
  birthDate: date,
});
const payer = record<NonNullable<AdmissionRequest['coverages'][number]['payer']>>({ id: text, name: text });
const coverage = record<AdmissionRequest['coverages'][number]>({
  order: choice('primary', 'secondary', 'tertiary'),
  payer,
  memberId: text,
  groupNumber: anything,
  planName: anything,
});
const admission = record<AdmissionRequest['admission']>({
  startDate: date,
  track: anything,
  network: anything,
  steppingDownFrom: anything,
  pendingClaims: anything,
  screening: anything,
});

function coverages(value: unknown, path: string): AdmissionRequest['coverages'] {
  if (!Array.isArray(value)) refuse('wrong_type', path, 'a list is expected');
  if (value.length === 0) refuse('missing', path, 'at least one coverage is needed');
  if (value.length > MOST_COVERAGES) refuse('too_many', path, `at most ${MOST_COVERAGES} are allowed`);
  return value.map((each, at) => coverage(each, `${path}/${at}`));
}

const whole = record<InquiryRequest & Record<'program' | 'consent' | 'priority' | 'neededBy' | 'reference', never>>({
  patient,
  subscriber,
  coverages,
  admission,
  program: anything,
  consent: anything,
  priority: anything,
  neededBy: anything,
  reference: anything,
});

function request(value: unknown, path: string): InquiryRequest {
  const read = whole(value, path);
  if (read.patient === undefined) refuse('missing', '/patient', 'is required');
  if (read.coverages === undefined) refuse('missing', '/coverages', 'is required');
  const isSelf = (read.patient.relationship ?? 'self') === 'self';
  if (!isSelf && read.subscriber === undefined) {
    refuse('missing', '/subscriber', 'is required unless the relationship is self');
  }
  const insured = isSelf || read.subscriber === undefined ? {} : { subscriber: read.subscriber };
  return { patient: read.patient, ...insured, coverages: read.coverages, admission: read.admission ?? {} };
}

/** An object of known fields, each of which may be left out. */
function record<T extends object>(readers: Readers<T>): Reader<Partial<T>> {
  return (value, path) => {
    const given = jsonObject(value, path);
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(readers, key)) refuse('unknown_field', pointer(path, key), 'is not a field of a request');
    }
    const read: Partial<T> = {};
    for (const key of Object.keys(readers) as (keyof T & string)[]) {
      if (given[key] !== undefined) read[key] = readers[key](given[key], pointer(path, key));
    }
    return read;
  };
}

function choice<const C extends string>(...allowed: readonly C[]): Reader<C> {
  return (value, path) => {
    const found = allowed.find((each) => each === value);
    return found ?? refuse('unknown_value', path, `one of ${allowed.join(', ')} is expected`);
  };
}

function jsonObject(value: unknown, path: string): Json {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Json) : refuse('wrong_type', path, 'an object is expected');
}

function pointer(path: string, key: string): string {
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function refuse(code: string, path: string, message: string): never {
  throw new InquiryFault({ code, path, message });
}
