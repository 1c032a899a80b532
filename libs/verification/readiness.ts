import type { CivilDate } from '@openvob/benefits';
import { type AdmissionRequest, sentIndex } from '@openvob/intake';
import type { Need } from './need';
import type { Claim, DirectoryPayer } from './ports';

/** A coverage's payer after the directory was asked: one payer, or the candidates among which a person must choose. */
export type PayerMatch = { payer: DirectoryPayer } | { candidates: DirectoryPayer[] };

/**
 * What is still needed from a person before a payer can be asked about these coverages; empty when all is there.
 *
 * @param matches one per coverage of the request, in its order
 */
export function missingInformation(
  request: AdmissionRequest,
  matches: readonly PayerMatch[],
  knowsProgram: boolean,
): Need[] {
  const fields = [
    ...missingOfPatient(request),
    ...missingOfSubscriber(request),
    ...missingOfCoverages(request),
    ...(knowsProgram ? [] : ['/program/id']),
    ...request.unusable.filter(isNeeded).map((fault) => fault.pointer),
  ];
  const asked = [...new Set(fields)];
  const information: Need[] =
    asked.length > 0 ? [{ kind: 'information', message: missingSentence(asked), fields: asked }] : [];
  return [...information, ...matches.flatMap((match, position) => unclearPayer(request, match, position))];
}

/**
 * A consent is live on a day from its signature to its expiry unless revoked (42 CFR 2.31); one that names a payer is for that payer alone.
 *
 * @param payerId the payer to be asked; without it, whether any consent is live
 */
export function hasLiveConsent(claim: Pick<Claim, 'consents'>, today: CivilDate, payerId?: string): boolean {
  return claim.consents.some(
    (consent) =>
      !consent.revoked &&
      consent.signedOn <= today &&
      (consent.expiresOn === undefined || consent.expiresOn >= today) &&
      (payerId === undefined || consent.payerId === undefined || consent.payerId === payerId),
  );
}

/** Asking a payer about a substance-use program discloses that a person seeks such treatment: tracks `sud` and `dual` need consent. */
export function needsConsent(track: 'sud' | 'mh' | 'dual'): boolean {
  return track !== 'mh';
}

/** The need that `needs_consent` rests with. */
export function consentNeed(claim: Pick<Claim, 'consents'>): Need {
  const message = consentMessage(claim);
  return { kind: 'consent', message, fields: ['/consent/part2'] };
}

function consentMessage({ consents }: Pick<Claim, 'consents'>): string {
  if (consents.length === 0) return "The patient's consent (42 CFR Part 2) is needed before the payer is asked.";
  return consents.every(({ anothers }) => anothers)
    ? 'The consent (42 CFR Part 2) was given by another person, whom the request was about before: ask this patient for one before the payer is asked.'
    : "The patient's consent (42 CFR Part 2) has expired or was revoked: ask for a new one before the payer is asked.";
}

function missingOfPatient({ patient }: AdmissionRequest): string[] {
  const needed = ['firstName', 'lastName', 'birthDate', 'relationship'] as const;
  return needed.filter((key) => !patient[key]).map((key) => `/patient/${key}`);
}

function missingOfSubscriber({ patient, subscriber }: AdmissionRequest): string[] {
  if (patient.relationship === undefined || patient.relationship === 'self') return [];
  return (['firstName', 'lastName'] as const).filter((key) => !subscriber?.[key]).map((key) => `/subscriber/${key}`);
}

function missingOfCoverages(request: AdmissionRequest): string[] {
  const { coverages } = request;
  if (coverages.length === 0) return ['/coverages'];
  return coverages.flatMap(({ payer, memberId }, position) => {
    const place = `/coverages/${sentIndex(request, position)}`;
    return [...(payer?.id || payer?.name ? [] : [`${place}/payer`]), ...(memberId ? [] : [`${place}/memberId`])];
  });
}

/** Unusable parts that stand in the way; what is merely unknown or optional is kept for reading but does not hold the request up. */
function isNeeded(fault: { pointer: string; code: string }): boolean {
  return (
    fault.code !== 'unknown_field' &&
    !/^\/(priority|neededBy|reference|patient\/(phone|email|sex|middleName)|.*\/planName)$/.test(fault.pointer)
  );
}

function unclearPayer(request: AdmissionRequest, match: PayerMatch, position: number): Need[] {
  const named = request.coverages[position]?.payer;
  if ('payer' in match || !(named?.id || named?.name)) return [];
  const message =
    match.candidates.length > 0
      ? 'Several payers go by that name: choose the one on the card.'
      : 'No payer in the directory goes by that name: check the name on the card.';
  const candidates = match.candidates.map(({ id, name }) => ({ id, name }));
  return [{ kind: 'information', message, fields: [`/coverages/${sentIndex(request, position)}/payer`], candidates }];
}

const words: Readonly<Record<string, string>> = {
  '/patient/firstName': 'first name',
  '/patient/lastName': 'last name',
  '/patient/birthDate': 'birth date',
  '/patient/relationship': 'relationship to the subscriber',
  '/subscriber/firstName': "subscriber's first name",
  '/subscriber/lastName': "subscriber's last name",
  '/coverages': 'insurance',
  '/program/id': 'program',
};

function missingSentence(fields: readonly string[]): string {
  const named = fields.map((field) => words[field] ?? wordOf(field));
  return `Missing or unusable: ${[...new Set(named)].join(', ')}.`;
}

function wordOf(field: string): string {
  if (field.endsWith('/memberId')) return 'member id';
  if (field.includes('/payer')) return 'payer';
  return field.slice(1).replaceAll('/', ' ');
}
