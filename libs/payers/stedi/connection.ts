import { type Connection, endpointFaults, type SettingRule, settingFaults, timeoutFaults } from '../contract';

/** Which of the two eligibility endpoints is asked. */
export type StediEndpoint = 'v3' | '2026-06-01';

const paths: Readonly<Record<StediEndpoint, string>> = {
  v3: '/2024-04-01/change/medicalnetwork/eligibility/v3',
  '2026-06-01': '/2026-06-01/eligibility-check',
};

/** What a Stedi connection's settings and credentials say. */
export interface StediConnection {
  /** Of the endpoint, path included. */
  readonly url: string;
  readonly endpoint: StediEndpoint;
  readonly testMode: boolean;
  readonly apiKey: string;
  /** The provider's own, for the portal of the payer. */
  readonly portalPassword?: string;
  readonly timeoutMs: number;
}

/**
 * Settings of a connection of this protocol, for its page and its check. `endpointUrl` is the base address,
 * `https://healthcare.us.stedi.com`; `timeoutMs` 70000 or more, for payers behind it may take a minute.
 *
 * - `endpoint`: `v3` (default) or `2026-06-01`.
 * - `testMode`: `true` asks with a test key, which gets canned answers about the vendor's own invented people; default `false`.
 * - `insecureHttp`: `allow` takes an `http:` endpoint of another machine; without it only of this one.
 *
 * Credential `apiKey`: the key alone, without `Key` in front. Test keys begin with `test_`. Credential `portalPassword`: what the provider logs in
 * with at the payer's portal; Medi-Cal (its PIN), AltaMed and Kern Family Health Care do not answer without it, others do not ask for it. It goes
 * with the endpoint `v3` and is kept with no answer. Source: Stedi, OpenAPI of healthcare 2024-04-01, portalPassword.
 */
export function readConnection({ endpointUrl, settings, credentials, timeoutMs }: Connection): StediConnection {
  const { apiKey = '', portalPassword } = credentials;
  const endpoint = settings.endpoint === '2026-06-01' ? '2026-06-01' : 'v3';
  return {
    url: endpointUrl.replace(/\/{1,9}$/, '') + paths[endpoint],
    endpoint,
    testMode: settings.testMode === 'true',
    apiKey,
    ...(portalPassword ? { portalPassword } : {}),
    timeoutMs,
  };
}

const base = 'https://healthcare.us.stedi.com';

const rules: readonly SettingRule[] = [
  { setting: 'endpoint', needed: false, pattern: /^(?:v3|2026-06-01)$/, remedy: 'must be v3 or 2026-06-01' },
  { setting: 'testMode', needed: false, pattern: /^(?:true|false)$/, remedy: 'must be true or false' },
];

/** Faults of a connection, each naming the setting and what to do about it; empty when it can be used. */
export function connectionFaults(connection: Connection): string[] {
  const addressFaults = endpointFaults(connection, base);
  return [
    ...(addressFaults.length > 0 ? addressFaults : baseFaults(connection.endpointUrl)),
    ...timeoutFaults(connection),
    ...settingFaults(connection, rules),
    ...keyFaults(connection),
    ...portalFaults(connection),
  ];
}

function baseFaults(endpointUrl: string): string[] {
  const { pathname, search, hash } = new URL(endpointUrl);
  const isBase = search === '' && hash === '' && !/eligibility|\d{4}-\d{2}-\d{2}/i.test(pathname);
  return isBase
    ? []
    : [`endpointUrl: is more than the base address; give ${base}, the path comes from settings.endpoint`];
}

/** A test key asked with in earnest, or a production key in test mode, would each get an answer that means something else. */
function keyFaults({ settings, credentials: { apiKey } }: Connection): string[] {
  if (!apiKey) return ['credentials.apiKey: is missing; make a key in the vendor’s portal, API Keys'];
  if (!/^[\x21-\x7e]{1,500}$/.test(apiKey)) return ['credentials.apiKey: must be the key alone, without blanks'];
  const isTestKey = apiKey.startsWith('test_');
  const isTestMode = settings.testMode === 'true';
  if (isTestKey && !isTestMode) return ['credentials.apiKey: is a test key; set settings.testMode to true'];
  if (isTestMode && !isTestKey) return ['credentials.apiKey: is no test key (test_…); settings.testMode needs one'];
  return [];
}

/** The redesigned endpoint takes no field that it does not know. */
function portalFaults({ settings, credentials: { portalPassword } }: Connection): string[] {
  if (!portalPassword) return [];
  if (!/^[^\p{Cc}]{1,50}$/u.test(portalPassword))
    return ['credentials.portalPassword: must have 1 to 50 characters, as at the payer’s portal'];
  return settings.endpoint === '2026-06-01'
    ? ['credentials.portalPassword: is for settings.endpoint v3; choose that one for this payer']
    : [];
}
