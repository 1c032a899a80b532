import { part2ShortNotice } from '@openvob/results';
import type { KnownSoFar } from '@openvob/store';
import { hasLiveConsent, needsConsent } from '@openvob/verification';
import type { PayerContact } from './call-sheet';

/**
 * How a call about treatment of substance use begins (42 CFR 2.31, 2.32): with the notice where a consent allows the payer to be told, else
 * with what is missing. Nothing for another treatment.
 */
export function confidentiality(
  { request, program, consents, today }: Pick<KnownSoFar, 'request' | 'program' | 'consents' | 'today'>,
  contacts: readonly PayerContact[],
): string[] {
  if (!needsConsent(request.admission.track ?? program?.plan.track ?? 'sud')) return [];
  const missing = contacts.filter(
    ({ payer }) => !hasLiveConsent({ consents: allowing(consents, payer) }, today, payer.id),
  );
  const isNobodyAllowed = contacts.length === 0 && !hasLiveConsent({ consents }, today);
  const calls = isNobodyAllowed ? ['the payer'] : missing.map(({ payer }) => payer.name);
  const refusals = calls.map(
    (name) =>
      `Do not call ${name} yet: no consent of the patient (42 CFR Part 2) that allows it is live. Record one first.`,
  );
  const isAnybodyAllowed = calls.length === 0 || missing.length < contacts.length;
  return isAnybodyAllowed ? [...refusals, `Say first: “${part2ShortNotice}”`] : refusals;
}

/** A consent for one payer is not for another whom the directory does not know. */
function allowing(consents: KnownSoFar['consents'], { id }: PayerContact['payer']): KnownSoFar['consents'] {
  return id === undefined ? consents.filter(({ scope }) => scope !== 'this_payer') : consents;
}
