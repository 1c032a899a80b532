import type { DirectoryPayer, PayerConnection } from '@openvob/verification';
import type { PayerContact } from './call-sheet';

/** Settings of a connection by hand (`libs/payers/manual`) that say how a payer is reached. */
const phoneLabels = {
  behavioralHealthPhone: 'behavioral health',
  providerPhone: 'providers',
  phone: 'main',
} as const;

/** How a payer is reached by phone, from its row and from its connection by hand. */
export function contactOf({ id, name, phone }: DirectoryPayer, byHand: PayerConnection | undefined): PayerContact {
  const settings = byHand?.settings ?? {};
  const stated = Object.entries(phoneLabels).flatMap(([key, label]) => {
    const number = settings[key];
    return number ? [{ label, number }] : [];
  });
  const listed = phone && stated.every(({ number }) => number !== phone) ? [{ label: 'main', number: phone }] : [];
  const { hours, timeZone, portalUrl } = settings;
  return {
    payer: { id, name },
    phones: [...stated, ...listed],
    ...(hours ? { hours } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(portalUrl ? { portal: portalUrl } : {}),
  };
}
