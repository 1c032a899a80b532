import type { CallSheetJson } from '@openvob/results';

type Contacts = CallSheetJson['contacts'];

/** Whom a call may have been to: where one of the sheet holds a benefit for another, that has to be said. */
export function choicesOf(contacts: Contacts): { value: string; label: string }[] {
  if (contacts.length < 2 || contacts.every(({ ringFor }) => ringFor === undefined)) return [];
  return contacts.map(({ payer }) => ({ value: payer.id ?? payer.name, label: payer.name }));
}

/** Whom the record of a call names; without a choice it follows from the coverages that were answered about. */
export function calledOf(
  contacts: Contacts,
  chosen: string | undefined,
): { payer?: { id: string } | { name: string } } {
  if (choicesOf(contacts).length === 0) return {};
  const called = contactOf(contacts, chosen)?.payer;
  if (!called) return {};
  return { payer: called.id === undefined ? { name: called.name } : { id: called.id } };
}

export function nameOfCalled(contacts: Contacts, chosen: string | undefined): string | undefined {
  return contactOf(contacts, chosen)?.payer.name;
}

function contactOf(contacts: Contacts, chosen: string | undefined): Contacts[number] | undefined {
  return contacts.find(({ payer }) => (payer.id ?? payer.name) === chosen) ?? contacts[0];
}
