import { type CivilDate, isCivilDate } from '@openvob/benefits';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { defaultOrder, inOrder } from './coverage-order';
import {
  escapeKey,
  hasMoreFieldsThan,
  inheritedNames,
  isDeeperThan,
  unkeepable,
  withoutUnkeepable,
} from './json-faults';
import type { AdmissionRequest, Fault } from './request';
import { VerificationRequestDto } from './verification-request.dto';

/** What a body says, and everything that is wrong with it. */
export interface ReadRequest {
  request: AdmissionRequest;
  /** Fields that are needed and not there. */
  missing: Fault[];
  /** Fields that are there and cannot be used, unknown ones included. */
  unusable: Fault[];
}

const deepest = 8;
const mostFaults = 50;
/** A request has some forty; each unknown one is a fault of its own, and a quarter of a megabyte holds 20,000. */
const mostFields = 1_000;
const mostMonthsBack = 12;
const mostMonthsAhead = 18;

/**
 * Reads the body of a verification request. Usable fields are taken, the rest is named; the caller decides what that means
 * (the API refuses, an intake website's form is kept).
 *
 * @param today today's date at the facility, for dates that must not lie in the future
 * @param acceptedStart a start that was accepted before: it stays usable however long ago it is by now
 */
export function readRequest(body: unknown, today: CivilDate, acceptedStart?: CivilDate): ReadRequest {
  if (!isObject(body)) return refusedWhole('must be a JSON object', body);
  if (isDeeperThan(body, deepest)) return refusedWhole(`must be nested at most ${deepest} deep`, null);
  if (hasMoreFieldsThan(body, mostFields)) return refusedWhole(`must have at most ${mostFields} fields`, body);
  const root = tidied(body) as Record<string, unknown>;
  const faults = faultsOf(root, { today, acceptedStart });
  const unusable = outermost(faults.filter((fault) => fault.code !== 'required'));
  const usable = without(
    root,
    unusable.map((fault) => fault.pointer),
  );
  return {
    request: toRequest(usable, body, unusable),
    missing: withoutDoubles(faults.filter((fault) => fault.code === 'required')).slice(0, mostFaults),
    unusable: unusable.slice(0, mostFaults),
  };
}

interface Calendar {
  today: CivilDate;
  acceptedStart: CivilDate | undefined;
}

function faultsOf(root: Record<string, unknown>, calendar: Calendar): Fault[] {
  const inherited = inheritedNames(root);
  const plain = without(
    root,
    outermost(inherited).map((fault) => fault.pointer),
  );
  return [
    ...inherited,
    ...unkeepable(root, 'refused'),
    ...faultsOfShape(withoutUnkeepable(plain)),
    ...faultsOfMeaning(root, calendar),
  ];
}

/** A body of which no part can be read; `null` where it cannot even be kept as it is. */
function refusedWhole(detail: string, value: unknown): ReadRequest {
  const fault = { pointer: '', code: 'wrong_type', detail };
  return {
    request: { ...emptyRequest(), unusable: [{ ...fault, value: value ?? null }] },
    missing: [],
    unusable: [fault],
  };
}

/** Fields of free text: blanks at their ends mean nothing. */
const freeText = new Set(
  'firstName middleName lastName phone email id name memberId groupNumber planName reference'.split(' '),
);

function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied);
  if (!isContainer(value)) return value;
  const tidy = (key: string, item: unknown): unknown =>
    isText(item) && freeText.has(key) ? item.trim() : tidied(item);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, tidy(key, item)]));
}

/** Looks a JSON Pointer up; undefined when nothing is there. */
export function valueAt(root: unknown, pointer: string): unknown {
  return segmentsOf(pointer).reduce<unknown>(
    (value, key) => (isContainer(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    root,
  );
}

function faultsOfShape(body: unknown): Fault[] {
  const strays = strayCoverages(body);
  const inside = (pointer: string) => strays.some((stray) => pointer.startsWith(`${stray.pointer}/`));
  return [...strays, ...faultsOfClasses(withEmptyStrays(body)).filter(({ pointer }) => !inside(pointer))];
}

/** What stands among the coverages and is none: it is named by itself, so that the others are kept. */
function strayCoverages(body: unknown): Fault[] {
  const coverages = valueAt(body, '/coverages');
  if (!Array.isArray(coverages)) return [];
  return coverages.flatMap((coverage, index) =>
    isObject(coverage) ? [] : [{ pointer: `/coverages/${index}`, code: 'wrong_type', detail: 'must be a JSON object' }],
  );
}

/** The library takes a list with a stray in it for faulty as a whole. */
function withEmptyStrays(body: unknown): unknown {
  const coverages = valueAt(body, '/coverages');
  if (!isObject(body) || !Array.isArray(coverages)) return body;
  return { ...body, coverages: coverages.map((coverage) => (isObject(coverage) ? coverage : {})) };
}

function faultsOfClasses(body: unknown): Fault[] {
  const instance = plainToInstance(VerificationRequestDto, structuredClone(body));
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  return errors.flatMap((error) => flatten(error, ''));
}

function flatten(error: ValidationError, parent: string): Fault[] {
  const pointer = `${parent}/${escapeKey(error.property)}`;
  const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => faultOf(pointer, rule, message, error));
  own.sort((a, b) => gravity(a.code) - gravity(b.code));
  return [...own.slice(0, 1), ...(error.children ?? []).flatMap((child) => flatten(child, pointer))];
}

/** class-validator's rule names as our codes. */
const codes: Readonly<Record<string, string>> = {
  isDefined: 'required',
  whitelistValidation: 'unknown_field',
  isCivilDate: 'no_such_date',
  isSayableInX12: 'character_not_allowed',
  isIn: 'unknown_value',
  isFilled: 'too_short',
  maxLength: 'too_long',
  arrayMinSize: 'too_few',
  arrayMaxSize: 'too_many',
  min: 'out_of_range',
  max: 'out_of_range',
  isEmail: 'malformed',
  matches: 'malformed',
  isInstant: 'malformed',
};

/** Of several faults of one field the first of these is told: what is of another type has no meaningful length. */
function gravity(code: string): number {
  const position = ['required', 'unknown_field', 'wrong_type'].indexOf(code);
  return position < 0 ? 3 : position;
}

function faultOf(pointer: string, rule: string, message: string, error: ValidationError): Fault {
  const absent = error.value === undefined && rule !== 'whitelistValidation';
  const code = absent ? 'required' : (codes[rule] ?? 'wrong_type');
  return { pointer, code, detail: detailOf(code, error.property, message) };
}

function detailOf(code: string, property: string, message: string): string {
  if (code === 'required') return 'is needed';
  if (code === 'unknown_field') return 'is not a field of this request: check its spelling or leave it out';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}

/** Rules that span fields or need today's date. */
function faultsOfMeaning(body: Record<string, unknown>, calendar: Calendar): Fault[] {
  return [...faultsOfDates(body, calendar), ...faultsOfSubscriber(body), ...faultsOfCoverages(body)];
}

function faultsOfDates(body: Record<string, unknown>, calendar: Calendar): Fault[] {
  const { today } = calendar;
  const future = ['/patient/birthDate', '/subscriber/birthDate', '/consent/part2/signedOn']
    .filter((pointer) => isText(valueAt(body, pointer)) && String(valueAt(body, pointer)) > today)
    .map((pointer) => ({ pointer, code: 'in_the_future', detail: 'must not lie in the future' }));
  const ancient = ['/patient/birthDate', '/subscriber/birthDate']
    .filter((pointer) => isText(valueAt(body, pointer)) && String(valueAt(body, pointer)) < '1890')
    .map((pointer) => ({ pointer, code: 'out_of_range', detail: 'must lie after 1890' }));
  const signed = valueAt(body, '/consent/part2/signedOn');
  const expires = valueAt(body, '/consent/part2/expiresOn');
  const reversed = isText(signed) && isText(expires) && expires < signed;
  const order = { pointer: '/consent/part2/expiresOn', code: 'out_of_range', detail: 'must not lie before signedOn' };
  return [...future, ...ancient, ...(reversed ? [order] : []), ...faultsOfStart(body, calendar)];
}

/** A program starts within the year behind and the year and a half ahead, and not before the patient's birth. */
function faultsOfStart(body: Record<string, unknown>, { today, acceptedStart }: Calendar): Fault[] {
  const pointer = '/admission/startDate';
  const start = valueAt(body, pointer);
  const born = valueAt(body, '/patient/birthDate');
  if (!isCivilDate(start)) return [];
  const refused = (detail: string): Fault[] => [{ pointer, code: 'out_of_range', detail }];
  if (isCivilDate(born) && start < born) return refused('must not lie before the birth date');
  if (start === acceptedStart) return [];
  if (start < monthsFrom(today, -mostMonthsBack))
    return refused(`must not lie more than ${mostMonthsBack} months back`);
  if (start > monthsFrom(today, mostMonthsAhead))
    return refused(`must not lie more than ${mostMonthsAhead} months ahead`);
  return [];
}

/** The same day so many months away, for comparing alone: 31 may stand in a month of 30 days. */
function monthsFrom(date: CivilDate, months: number): string {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const index = year * 12 + (month - 1) + months;
  const parts = [Math.floor(index / 12), (index % 12) + 1].map((part) => String(part).padStart(2, '0'));
  return `${parts.join('-')}${date.slice(7)}`;
}

function faultsOfSubscriber(body: Record<string, unknown>): Fault[] {
  const relationship = valueAt(body, '/patient/relationship');
  const needed = isText(relationship) && relationship !== 'self' && body.subscriber === undefined;
  return needed
    ? [{ pointer: '/subscriber', code: 'required', detail: 'is needed unless the relationship is self' }]
    : [];
}

function faultsOfCoverages(body: Record<string, unknown>): Fault[] {
  if (!Array.isArray(body.coverages)) return [];
  const payers = body.coverages.flatMap((coverage, index) => {
    const payer = valueAt(coverage, '/payer');
    const named = !isObject(payer) || payer.id !== undefined || payer.name !== undefined;
    return named ? [] : [{ pointer: `/coverages/${index}/payer`, code: 'required', detail: 'needs an id or a name' }];
  });
  const orders = body.coverages.map((coverage, index) =>
    isObject(coverage) ? (coverage.order ?? defaultOrder(index)) : undefined,
  );
  const doubles = orders.flatMap((order, index) =>
    order !== undefined && orders.indexOf(order) < index
      ? [{ pointer: `/coverages/${index}/order`, code: 'duplicate', detail: 'is the order of another coverage too' }]
      : [],
  );
  return [...payers, ...doubles];
}

function toRequest(
  usable: Record<string, unknown>,
  original: Record<string, unknown>,
  unusable: Fault[],
): AdmissionRequest {
  const dto = usable as unknown as Partial<VerificationRequestDto>;
  return {
    patient: trimmed(dto.patient ?? {}),
    ...(dto.subscriber && dto.patient?.relationship !== 'self' ? { subscriber: trimmed(dto.subscriber) } : {}),
    ...inOrder((dto.coverages ?? []).map(trimmed), unusable),
    ...(dto.program?.id ? { program: { id: dto.program.id } } : {}),
    admission: dto.admission ?? {},
    ...(isCompleteConsent(dto.consent?.part2) ? { consent: dto.consent.part2 } : {}),
    ...(dto.priority ? { priority: dto.priority } : {}),
    ...(dto.neededBy ? { neededBy: new Date(dto.neededBy).toISOString() } : {}),
    ...(dto.reference ? { reference: dto.reference } : {}),
    unusable: unusable.map((fault) => ({ ...fault, value: sayable(valueAt(original, fault.pointer)) })),
  };
}

/** A value as JSON can hold it: what is no number in JSON is kept in words. */
function sayable(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : (value ?? null);
}

function isCompleteConsent(part2: unknown): part2 is NonNullable<AdmissionRequest['consent']> {
  return isObject(part2) && isText(part2.signedOn) && isText(part2.scope);
}

function trimmed<T extends object>(record: T): T {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, isText(value) ? value.trim() : value]),
  ) as T;
}

/** A copy of `body` without the values at the pointers; deepest first, so that array positions stay right. */
function without(body: Record<string, unknown>, pointers: string[]): Record<string, unknown> {
  const copy = structuredClone(body);
  for (const pointer of [...pointers].sort().reverse()) {
    const keys = segmentsOf(pointer);
    const last = keys.pop();
    const parent = keys.reduce<unknown>((value, key) => (isContainer(value) ? value[key] : undefined), copy);
    if (last === undefined || !isContainer(parent)) continue;
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }
  return copy;
}

/** Puts a value at a JSON Pointer, making objects on the way; into a list it is inserted. */
export function putAt(root: Record<string, unknown>, pointer: string, value: unknown): void {
  const keys = segmentsOf(pointer);
  const last = keys.pop();
  if (last === undefined || keys.includes('__proto__') || last === '__proto__') return;
  let place: Record<string, unknown> | unknown[] = root;
  for (const key of keys) {
    const below: unknown = Object.hasOwn(place, key) ? (place as Record<string, unknown>)[key] : undefined;
    const next = isContainer(below) ? below : {};
    if (Array.isArray(place)) place[Number(key)] = next;
    else place[key] = next;
    place = next;
  }
  if (Array.isArray(place)) place.splice(Number(last), 0, value);
  else place[last] = value;
}

/** The first fault of each place, without those inside of a place that is faulty as a whole. */
function outermost(faults: Fault[]): Fault[] {
  const places = new Set(faults.map((fault) => fault.pointer));
  const isInside = (pointer: string): boolean => {
    for (let end = pointer.lastIndexOf('/'); end > 0; end = pointer.lastIndexOf('/', end - 1))
      if (places.has(pointer.slice(0, end))) return true;
    return false;
  };
  return withoutDoubles(faults).filter((fault) => !isInside(fault.pointer));
}

function withoutDoubles(faults: Fault[]): Fault[] {
  const first = new Map(faults.toReversed().map((fault) => [fault.pointer, fault]));
  return faults.filter((fault) => first.get(fault.pointer) === fault);
}

function emptyRequest(): AdmissionRequest {
  return { patient: {}, coverages: [], admission: {}, unusable: [] };
}

function segmentsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
