import { type Adapter, connectionDefaults } from '@openvob/payers';
import { type ConnectionChange, isSameValue } from '@openvob/payers/directory';
import type { FieldCipher } from '@openvob/platform';
import { PayerConnectionRow } from '../entities';
import { openCredentials, sealCredentials } from './payer-connections';

export interface ChangeTools {
  readonly cipher: FieldCipher;
  readonly adapters: ReadonlyMap<string, Adapter>;
}

/** A connection of which nothing is known yet; a deadline of 0 stands for the protocol's own. */
export function blankConnection(id: string, payerId: string, preference: number): PayerConnectionRow {
  return {
    id,
    payerId,
    preference,
    adapter: '',
    payerReference: '',
    endpointUrl: '',
    settings: {},
    credentials: null,
    timeoutMs: 0,
    costCents: null,
    maxInFlight: 0,
    agreedInFlight: null,
    perMinute: null,
    serviceTypes: null,
    enrollment: null,
    source: null,
    asOf: null,
    variations: null,
    resendAfterMs: null,
    quietHours: null,
    pausedAt: null,
    disabledAt: null,
  };
}

/** The row after a change: limits that are left open are the protocol's, credentials are sealed. */
export function changedConnection(
  before: PayerConnectionRow,
  change: ConnectionChange,
  { cipher, adapters }: ChangeTools,
  now: Date,
): PayerConnectionRow {
  const { settings, credentials, disabled, timeoutMs, maxInFlight, ...plain } = change;
  const adapter = plain.adapter ?? before.adapter;
  const usual = connectionDefaults(adapters.get(adapter));
  const agreedInFlight = maxInFlight === undefined ? before.agreedInFlight : maxInFlight;
  const kept = timeoutMs === null || before.timeoutMs === 0 ? usual.timeoutMs : before.timeoutMs;
  return {
    ...before,
    ...given(plain),
    settings: merged(before.settings, settings),
    credentials:
      credentials === undefined
        ? before.credentials
        : sealCredentials(cipher, before.id, merged(readable(cipher, before), credentials)),
    timeoutMs: timeoutMs ?? kept,
    agreedInFlight,
    maxInFlight: agreedInFlight ?? usual.maxInFlight,
    disabledAt: disabled === undefined ? before.disabledAt : disabled ? (before.disabledAt ?? now) : null,
  };
}

/** Names of what a change altered, settings and credentials one by one; never what they hold. */
export function changedSettings(
  before: PayerConnectionRow,
  after: PayerConnectionRow,
  change: ConnectionChange,
): string[] {
  const { settings: _, credentials: __, maxInFlight: ___, pausedAt: ____, disabledAt: _____, ...own } = after;
  const names = (Object.keys(own) as (keyof typeof own)[]).filter((name) => !isSameValue(before[name], own[name]));
  const settings = Object.keys({ ...before.settings, ...after.settings }).filter(
    (name) => before.settings[name] !== after.settings[name],
  );
  return [
    ...names,
    ...settings.map((name) => `settings.${name}`),
    ...Object.keys(change.credentials ?? {}).map((name) => `credentials.${name}`),
    ...((before.disabledAt === null) === (after.disabledAt === null) ? [] : ['disabled']),
  ].sort();
}

/** Credentials that cannot be opened any more are as good as none: they are being given anew. */
function readable(cipher: FieldCipher, row: PayerConnectionRow): Record<string, string> {
  try {
    return openCredentials(cipher, row);
  } catch {
    return {};
  }
}

function merged(
  before: Readonly<Record<string, string>>,
  change: ConnectionChange['settings'],
): Record<string, string> {
  const all = Object.entries({ ...before, ...change });
  return Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null));
}

function given<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
