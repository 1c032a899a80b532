import type { FieldFault, Inquiry, InquiryPerson } from '../contract';

/**
 * What of an inquiry the vendor would not take, as fields and codes. Source: Stedi, OpenAPI of healthcare 2024-04-01,
 * EligibilityCheckRequestContent; for a dependent both names are required by the 2026-06-01 endpoint.
 */
export function faultsOf(inquiry: Inquiry): FieldFault[] {
  const { payer, provider, subscriber, dependent, serviceTypes } = inquiry;
  const { memberId, birthDate, lastName } = subscriber;
  return [
    ...check('/payer/id', payer.id, /^\S.{0,79}$/, { needed: true }),
    ...check('/provider/name', provider.name, /^.{1,60}$/, { needed: true }),
    ...check('/provider/npi', provider.npi, /^\d{10}$/, { needed: true }),
    ...(blank(memberId) && blank(birthDate) && blank(lastName) ? [{ field: '/subscriber', code: 'required' }] : []),
    ...check('/subscriber/memberId', memberId, /^[A-Za-z0-9 -]{2,80}$/),
    ...personFaults('/subscriber', subscriber, false),
    ...(dependent === undefined ? [] : personFaults('/dependent', dependent, true)),
    ...serviceTypes.flatMap((code, index) => check(`/serviceTypes/${index}`, code, /^[A-Z0-9]{1,3}$/)),
  ];
}

function personFaults(place: string, person: InquiryPerson, needed: boolean): FieldFault[] {
  return [
    ...check(`${place}/firstName`, person.firstName, /^.{1,35}$/u, { needed }),
    ...check(`${place}/lastName`, person.lastName, /^.{1,60}$/u, { needed }),
    ...check(`${place}/birthDate`, person.birthDate, /^\d{4}-\d{2}-\d{2}$/),
  ];
}

function check(
  field: string,
  value: string | undefined,
  pattern: RegExp,
  { needed = false }: { readonly needed?: boolean } = {},
): FieldFault[] {
  if (blank(value)) return needed ? [{ field, code: 'required' }] : [];
  return pattern.test(value?.trim() ?? '') ? [] : [{ field, code: 'format' }];
}

function blank(value: string | undefined): boolean {
  return value === undefined || value.trim() === '';
}
