import { type Connection, type SettingRule, settingFaults } from '../contract';

/**
 * Settings of a connection by hand: how the payer is reached by people, as the sheet of a call tells it. `endpointUrl` is the number that is
 * rung first, `tel:+15550199`, or the portal's address, `https://…`.
 *
 * - `phone`, `providerPhone`, `behavioralHealthPhone`: further numbers, the last one ahead of the others.
 * - `hours`: when somebody answers, `Mon-Fri 08:00-18:00; Sat 09:00-12:00`; `timeZone`: of those hours, `America/New_York`. With both the sheet
 *   says whether it is open now.
 * - `portalUrl`: the payer's portal for providers. - `notes`: what helps to get through (which prompts to choose).
 */
const rules: readonly SettingRule[] = [
  ...['phone', 'providerPhone', 'behavioralHealthPhone'].map((setting) => ({
    setting,
    needed: false,
    pattern: /^[0-9+() ./x-]{3,40}$/,
    remedy: 'must be a phone number, e.g. +1 555 0199',
  })),
  { setting: 'hours', needed: false, pattern: /^.{1,80}$/, remedy: 'must be opening hours, e.g. Mon-Fri 08:00-18:00' },
  {
    setting: 'timeZone',
    needed: false,
    pattern: /^[A-Za-z_]+(?:\/[A-Za-z_+-]+)*$/,
    remedy: 'must be a time zone, e.g. America/New_York',
  },
  { setting: 'portalUrl', needed: false, pattern: /^https:\/\/\S+$/, remedy: 'must begin with https://' },
  {
    setting: 'notes',
    needed: false,
    pattern: /^[^\p{Cc}]{1,500}$/u,
    remedy: 'must be one line of at most 500 characters',
  },
];

const reachable = /^(?:tel:[0-9+().x-]{3,40}|https:\/\/\S+)$/;

/** Faults of a connection, each naming the setting and what to do about it; empty when it can be used. */
export function connectionFaults(connection: Connection): string[] {
  const isReachable = reachable.test(connection.endpointUrl);
  return [
    ...(isReachable ? [] : ['endpointUrl: must be the number to call, tel:+15550199, or the portal, https://…']),
    ...settingFaults(connection, rules),
  ];
}
