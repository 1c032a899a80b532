import type { Inquiry, InquiryPerson } from '../contract';

/** The fields of an inquiry that a 270 would carry, as JSON pointers into the inquiry. */
export function sentFields(inquiry: Inquiry): string[] {
  const { payer, provider, subscriber, dependent } = inquiry;
  const person = (who: InquiryPerson) => ({
    lastName: who.lastName,
    firstName: who.firstName,
    middleName: who.middleName,
    birthDate: who.birthDate,
    sex: who.sex === 'unknown' ? undefined : who.sex,
  });
  return [
    ...given('/payer', { name: payer.name, id: payer.id }),
    ...given('/provider', { name: provider.name, npi: provider.npi, taxonomyCode: provider.taxonomyCode }),
    ...given('/subscriber', {
      memberId: subscriber.memberId,
      ...person(subscriber),
      groupNumber: subscriber.groupNumber,
    }),
    ...(dependent === undefined
      ? []
      : given('/dependent', { ...person(dependent), relationship: dependent.relationship })),
    '/serviceTypes',
    '/serviceDate',
    '/trace',
  ];
}

function given(place: string, values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => (value ? [`${place}/${name}`] : []));
}
