import { readFileSync } from 'node:fs';
import { isLoopback } from './config-access';
import { createHttp } from './http-client';
import { type KeyRing, parseKeyRing } from './key-ring';
import { AwsKms, type AwsKmsOptions } from './keys/aws-kms';
import type { KeyManagement } from './keys/key-management';
import { LocalKeys } from './keys/local-keys';
import { VaultTransit, type VaultTransitOptions } from './keys/vault-transit';

/** Where the master keys are that every other key is wrapped under. */
export type KeysConfig =
  | { kind: 'local'; read: () => KeyRing }
  | { kind: 'vault'; transit: VaultTransitOptions; ca?: string }
  | { kind: 'aws'; kms: AwsKmsOptions };

type Environment = Readonly<Record<string, string | undefined>>;

/** No key at all: what was encrypted directly under a ring, by earlier versions, cannot be read. */
const emptyRing: KeyRing = { current: '', keys: {}, index: Buffer.alloc(0) };

/** Reads where the keys are; each fault names the setting and its remedy, and shows no value. */
export function readKeysConfig(env: Environment, faults: string[]): { keys: KeysConfig; keyRing: KeyRing } {
  const service = env.KEY_SERVICE || 'local';
  const hasRing = Boolean(env.OPENVOB_KEYS || env.OPENVOB_KEYS_FILE);
  const keyRing = service === 'local' || hasRing ? readKeyRing(env, faults) : emptyRing;
  if (service === 'vault') return { keys: readVault(env, faults), keyRing };
  if (service === 'aws') return { keys: readAws(env, faults), keyRing };
  if (service !== 'local') faults.push('KEY_SERVICE must be local, vault or aws');
  return { keys: { kind: 'local', read: () => parseKeyRing(ringText(env) ?? '') }, keyRing };
}

/** The key service that the settings name. */
export function createKeyManagement(keys: KeysConfig): KeyManagement {
  switch (keys.kind) {
    case 'local':
      return new LocalKeys(keys.read);
    case 'vault':
      return new VaultTransit(createHttp(keys.ca === undefined ? {} : { ca: keys.ca }), keys.transit);
    case 'aws':
      return new AwsKms(keys.kms);
  }
}

function ringText(env: Environment): string | undefined {
  return env.OPENVOB_KEYS || (env.OPENVOB_KEYS_FILE ? readFileSync(env.OPENVOB_KEYS_FILE, 'utf8') : undefined);
}

function readKeyRing(env: Environment, faults: string[]): KeyRing {
  const remedy = 'set OPENVOB_KEYS_FILE to a key ring file, e.g. one written by npm run keys -- generate FILE';
  try {
    const text = ringText(env);
    if (text !== undefined) return parseKeyRing(text);
    faults.push(`The encryption keys are missing: ${remedy}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unreadable';
    faults.push(`The encryption keys cannot be used (${why}): ${remedy}`);
  }
  return emptyRing;
}

/** Tokens of `vault server -dev` and of examples. */
const exampleTokens = /^(root|dev|test|token|vault|changeme|secret|s\.0+|hvs\.0+)?$/i;

function readVault(env: Environment, faults: string[]): KeysConfig {
  const address = vaultAddress(env.VAULT_ADDR, faults);
  const { VAULT_TOKEN_FILE: file, VAULT_TOKEN: given, VAULT_NAMESPACE: namespace } = env;
  const token = (): string => (file ? readFileSync(file, 'utf8').trim() : (given ?? ''));
  const usable = attempt(() => !exampleTokens.test(token()));
  if (!usable)
    faults.push(
      'VAULT_TOKEN_FILE or VAULT_TOKEN must hold a token of Vault that may use the transit key, not an example',
    );
  const mount = pathPart(env, 'VAULT_TRANSIT_MOUNT', 'transit', faults);
  const key = pathPart(env, 'VAULT_TRANSIT_KEY', 'openvob', faults);
  const ca = env.VAULT_CACERT ? attempt(() => readFileSync(env.VAULT_CACERT ?? '', 'utf8')) : undefined;
  if (env.VAULT_CACERT && ca === undefined) faults.push('VAULT_CACERT cannot be read: set it to a PEM file');
  const transit = { address, mount, key, token, ...(namespace ? { namespace } : {}) };
  return { kind: 'vault', transit, ...(ca === undefined ? {} : { ca }) };
}

function vaultAddress(text: string | undefined, faults: string[]): string {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return url.origin;
  faults.push('VAULT_ADDR must be the https:// URL of Vault (http:// on this machine alone)');
  return '';
}

function pathPart(env: Environment, name: string, fallback: string, faults: string[]): string {
  const text = env[name] || fallback;
  if (!/^[\w-]+(\/[\w-]+)*$/.test(text)) faults.push(`${name} must be a name of letters, digits, "-" and "_"`);
  return text;
}

function readAws(env: Environment, faults: string[]): KeysConfig {
  const { AWS_KMS_KEY_ID: keyId = '', AWS_REGION: region = '', AWS_KMS_ENDPOINT: endpoint } = env;
  if (!/^[\w:/-]{1,300}$/.test(keyId))
    faults.push('AWS_KMS_KEY_ID must be the id, ARN or alias of a symmetric KMS key, e.g. alias/openvob');
  if (!/^[a-z0-9-]{5,30}$/.test(region)) faults.push('AWS_REGION must be the region of the KMS key, e.g. us-east-1');
  if (endpoint && !/^https:\/\//.test(endpoint))
    faults.push('AWS_KMS_ENDPOINT must be an https:// URL; leave it out for the region’s own');
  return { kind: 'aws', kms: { keyId, region, ...(endpoint ? { endpoint } : {}) } };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
