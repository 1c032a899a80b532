import type { ChosenPayer } from './PayerInput';
import { readDate } from './read-date';

/** A request as it is typed: texts, whatever they are worth yet. */
export interface RequestForm {
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly phone: string;
  readonly relationship: 'self' | 'spouse' | 'child' | 'other';
  readonly subscriberFirstName: string;
  readonly subscriberLastName: string;
  readonly subscriberBirthDate: string;
  readonly coverages: readonly CoverageForm[];
  readonly programId: string;
  readonly startDate: string;
  readonly network: '' | 'in' | 'out' | 'unknown';
  readonly steppingDownFrom: string;
  readonly screening: Readonly<Record<ScreeningKey, '' | 'no' | 'yes'>>;
  readonly hasConsent: boolean;
  readonly signedOn: string;
  readonly scope: 'treatment_payment_operations' | 'this_payer';
  readonly priority: 'caller_waiting' | 'today' | 'routine';
  readonly reference: string;
}

export interface CoverageForm {
  readonly payer: ChosenPayer;
  readonly memberId: string;
  readonly groupNumber: string;
}

export type ScreeningKey = 'withdrawalRisk' | 'needs24HourCare' | 'unsafeHome';

export const emptyCoverage: CoverageForm = { payer: { name: '' }, memberId: '', groupNumber: '' };

/** A form to begin with. @param today at the facility */
export function emptyForm(today: string): RequestForm {
  return {
    firstName: '',
    lastName: '',
    birthDate: '',
    phone: '',
    relationship: 'self',
    subscriberFirstName: '',
    subscriberLastName: '',
    subscriberBirthDate: '',
    coverages: [emptyCoverage],
    programId: '',
    startDate: today,
    network: '',
    steppingDownFrom: '',
    screening: { withdrawalRisk: '', needs24HourCare: '', unsafeHome: '' },
    hasConsent: false,
    signedOn: today,
    scope: 'treatment_payment_operations',
    priority: 'caller_waiting',
    reference: '',
  };
}

/** Whether anything was typed that is worth keeping. */
export function isTouched(form: RequestForm): boolean {
  const { firstName, lastName, birthDate, coverages } = form;
  const texts = [firstName, lastName, birthDate, ...coverages.flatMap(({ payer, memberId }) => [payer.name, memberId])];
  return texts.some((text) => text.trim() !== '');
}

/** The body of the request. What is empty is left out; a date that cannot be read goes as it was typed, to be named by the API. */
export function bodyOf(form: RequestForm, today: string): Record<string, unknown> {
  const { relationship, coverages, programId, hasConsent, signedOn, scope, priority, reference } = form;
  const patient = filled({
    firstName: form.firstName,
    lastName: form.lastName,
    birthDate: dateOf(form.birthDate, today),
    relationship,
    phone: form.phone,
  });
  const subscriber = filled({
    firstName: form.subscriberFirstName,
    lastName: form.subscriberLastName,
    birthDate: dateOf(form.subscriberBirthDate, today),
  });
  return {
    patient,
    ...(relationship === 'self' ? {} : { subscriber }),
    coverages: coverages.map(coverageOf),
    program: { id: programId },
    admission: admissionOf(form),
    ...(hasConsent ? { consent: { part2: { signedOn, scope } } } : {}),
    priority,
    ...(reference.trim() ? { reference: reference.trim() } : {}),
  };
}

function coverageOf({ payer, memberId, groupNumber }: CoverageForm, index: number): object {
  return {
    order: (['primary', 'secondary', 'tertiary'] as const)[index],
    payer: payer.id ? { id: payer.id } : filled({ name: payer.name }),
    ...filled({ memberId: memberId.replaceAll(/\s+/g, ''), groupNumber }),
  };
}

function admissionOf({ startDate, network, steppingDownFrom, screening }: RequestForm): object {
  const answered = Object.entries(screening).flatMap(([key, value]) => (value === '' ? [] : [[key, value === 'yes']]));
  return {
    ...filled({ startDate, network, steppingDownFrom }),
    ...(answered.length > 0 ? { screening: Object.fromEntries(answered) as object } : {}),
  };
}

function dateOf(text: string, today: string): string {
  return readDate(text, today) ?? text;
}

function filled(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** What a kept draft holds of a form's fields; whatever else came with it is left. */
export function formOf(content: unknown, today: string): RequestForm {
  const empty = emptyForm(today);
  if (typeof content !== 'object' || content === null) return empty;
  const known = Object.entries(content).filter(
    ([key, value]) => key in empty && typeof value === typeof empty[key as keyof RequestForm],
  );
  const form = { ...empty, ...Object.fromEntries(known) } as RequestForm;
  return form.coverages.length > 0 ? form : { ...form, coverages: [emptyCoverage] };
}
