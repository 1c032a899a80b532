import type { CivilDate } from '@openvob/benefits';
import { todayIn } from '@openvob/platform';
import type { Inquiry, InquiryPerson } from '../contract';
import type { StediEndpoint } from './connection';

/**
 * The body of an eligibility check. Of a person only member id, names and birth date are sent: every further field is one
 * more that may differ from what the payer has on file. Neither endpoint takes a trace.
 *
 * Source: Stedi, OpenAPI of healthcare 2024-04-01 (v3); types of the vendor's SDK at 438066f (2026-06-01).
 */
export function writeRequest(
  inquiry: Inquiry,
  { endpoint, portalPassword }: { readonly endpoint: StediEndpoint; readonly portalPassword?: string },
  now: Date,
): string {
  const body = endpoint === 'v3' ? v3(inquiry, now) : redesigned(inquiry, now);
  return JSON.stringify({ ...body, ...(portalPassword === undefined ? {} : { portalPassword }) });
}

/** The fields of an inquiry that are sent, as JSON pointers into the inquiry. */
export function sentFields({ subscriber, dependent }: Inquiry): string[] {
  return [
    '/payer/id',
    '/provider/name',
    '/provider/npi',
    ...(text(subscriber.memberId) === undefined ? [] : ['/subscriber/memberId']),
    ...sentOf('/subscriber', subscriber),
    ...(dependent === undefined ? [] : sentOf('/dependent', dependent)),
    '/serviceTypes',
    '/serviceDate',
  ];
}

function sentOf(place: string, person: InquiryPerson): string[] {
  const names = ['firstName', 'lastName', 'birthDate'] as const;
  return names.filter((name) => text(person[name]) !== undefined).map((name) => `${place}/${name}`);
}

function v3(inquiry: Inquiry, now: Date): object {
  const { payer, provider, subscriber, dependent, serviceTypes } = inquiry;
  return {
    tradingPartnerServiceId: payer.id.trim(),
    provider: { organizationName: provider.name.trim(), npi: provider.npi },
    subscriber: { memberId: text(subscriber.memberId), ...v3Person(subscriber) },
    ...(dependent === undefined ? {} : { dependents: [v3Person(dependent)] }),
    encounter: { serviceTypeCodes: someOf(serviceTypes), ...v3Dates(inquiry, now) },
  };
}

function v3Person({ firstName, lastName, birthDate }: InquiryPerson): object {
  const dateOfBirth = text(birthDate);
  return {
    firstName: text(firstName),
    lastName: text(lastName),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth: packed(dateOfBirth) }),
  };
}

function v3Dates({ serviceDate }: Inquiry, now: Date): object {
  if (typeof serviceDate !== 'string') {
    return { beginningDateOfService: packed(serviceDate.from), endDateOfService: packed(serviceDate.to) };
  }
  return isTodayEverywhere(serviceDate, now) ? {} : { dateOfService: packed(serviceDate) };
}

function redesigned(inquiry: Inquiry, now: Date): object {
  const { payer, provider, subscriber, dependent, serviceTypes } = inquiry;
  const services = someOf(serviceTypes)?.map((value) => ({ system: 'STC', value }));
  return {
    payerId: payer.id.trim(),
    provider: { name: { organization: provider.name.trim() }, npi: provider.npi },
    subscriber: { memberId: text(subscriber.memberId), ...redesignedPerson(subscriber) },
    ...(dependent === undefined ? {} : { dependent: redesignedPerson(dependent) }),
    encounter: { services, ...redesignedDates(inquiry, now) },
  };
}

function redesignedPerson({ firstName, lastName, birthDate }: InquiryPerson): object {
  const person = { firstName: text(firstName), lastName: text(lastName) };
  const isNamed = person.firstName !== undefined || person.lastName !== undefined;
  return { ...(isNamed ? { name: { person } } : {}), dateOfBirth: text(birthDate) };
}

/** A single date stands in `start` alone. */
function redesignedDates({ serviceDate }: Inquiry, now: Date): object {
  if (typeof serviceDate !== 'string') {
    return { dates: { service: { start: serviceDate.from, end: serviceDate.to } } };
  }
  return isTodayEverywhere(serviceDate, now) ? {} : { dates: { service: { start: serviceDate } } };
}

/** The vendor asks to leave out today's date, which payers take in their own time zones: when it is today in all of them. */
function isTodayEverywhere(date: CivilDate, now: Date): boolean {
  return ['America/New_York', 'Pacific/Honolulu'].every((zone) => todayIn(zone, now) === date);
}

function packed(date: CivilDate): string {
  return date.replaceAll('-', '');
}

function text(value: string | undefined): string | undefined {
  return value?.trim() || undefined;
}

/** Without any service type the vendor asks for the plan as a whole (30). */
function someOf(codes: readonly string[]): readonly string[] | undefined {
  return codes.length > 0 ? codes : undefined;
}
