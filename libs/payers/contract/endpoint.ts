import type { Connection } from './adapter';

/**
 * Faults of the address that a connection asks at. `http:` is taken to this machine, and to another one only where the
 * setting `insecureHttp` is `allow`: on test networks.
 *
 * @param what the address that is wanted, for the remedy: `the payer’s CORE real-time address, https://…`
 */
export function endpointFaults({ endpointUrl, settings }: Connection, what: string): string[] {
  const url = URL.canParse(endpointUrl) ? new URL(endpointUrl) : undefined;
  if (url === undefined) return [`endpointUrl: is no URL; give ${what}`];
  if (url.username !== '' || url.password !== '') return ['endpointUrl: holds a login; put it into the credentials'];
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const isAllowed =
    url.protocol === 'https:' || (url.protocol === 'http:' && (isLocal || settings.insecureHttp === 'allow'));
  return isAllowed ? [] : ['endpointUrl: must begin with https:// (settings.insecureHttp: allow is for test networks)'];
}

/** A fault of the deadline of a connection. */
export function timeoutFaults({ timeoutMs }: Connection): string[] {
  const isUsable = Number.isFinite(timeoutMs) && timeoutMs > 0;
  return isUsable ? [] : ['timeoutMs: must be more than 0 milliseconds, e.g. 20000'];
}

/** One setting of a protocol: what it may hold, and what to do when it does not. */
export interface SettingRule {
  readonly setting: string;
  readonly needed: boolean;
  readonly pattern: RegExp;
  readonly remedy: string;
}

/** A setting of every protocol with an address. */
const everywhere = 'insecureHttp';

/**
 * Faults of settings, each naming the setting and the remedy; one that is not needed may be left out or empty. A setting that the protocol does
 * not know is a fault too: misspelled, it would be passed over.
 */
export function settingFaults({ settings }: Connection, rules: readonly SettingRule[]): string[] {
  const known = [...rules.map(({ setting }) => setting), everywhere];
  const unknown = Object.keys(settings).filter((setting) => !known.includes(setting));
  return [
    ...rules.flatMap(({ setting, needed, pattern, remedy }) => {
      const value = settings[setting];
      const fits = value === undefined || value === '' ? !needed : pattern.test(value);
      return fits ? [] : [`settings.${setting}: ${remedy}`];
    }),
    ...unknown.map((setting) => `settings.${setting}: is no setting of this protocol; it has ${known.join(', ')}`),
  ];
}
