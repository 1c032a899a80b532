import { type Http, HttpFailure, type HttpResponse } from '../http';
import { contextBytes, type KeyContext, type KeyManagement, KeyServiceError, type WrappedKey } from './key-management';

export interface VaultTransitOptions {
  /** Without a path, e.g. `https://vault.internal:8200`. */
  address: string;
  /** Where the transit engine is mounted, e.g. `transit`. */
  mount: string;
  /** The key's name: of a type that takes associated data (aes256-gcm96, the default). */
  key: string;
  /** Read anew for each request: an agent renews it. */
  token: () => string;
  namespace?: string;
  timeoutMs?: number;
}

/**
 * Master keys in HashiCorp Vault's transit engine. `associated_data` binds the context (Vault 1.9 and newer).
 *
 * Vault has no client of its own for Node, and those of others are not kept: this is its HTTP API
 * (https://developer.hashicorp.com/vault/api-docs/secret/transit).
 */
export class VaultTransit implements KeyManagement {
  constructor(
    private readonly http: Http,
    private readonly options: VaultTransitOptions,
  ) {}

  async wrap(dataKey: Buffer, context: KeyContext): Promise<WrappedKey> {
    const data = await this.send('POST', `encrypt/${this.options.key}`, {
      plaintext: dataKey.toString('base64'),
      associated_data: contextBytes(context).toString('base64'),
    });
    const ciphertext = textOf(data.ciphertext);
    return { masterKey: this.named(versionOf(ciphertext)), bytes: Buffer.from(ciphertext, 'utf8') };
  }

  async unwrap({ masterKey, bytes }: WrappedKey, context: KeyContext): Promise<Buffer> {
    if (!masterKey.startsWith(this.named(''))) throw new KeyServiceError('refused', 'another_key_service');
    const data = await this.send('POST', `decrypt/${this.options.key}`, {
      ciphertext: bytes.toString('utf8'),
      associated_data: contextBytes(context).toString('base64'),
    });
    return Buffer.from(textOf(data.plaintext), 'base64');
  }

  async masterKey(): Promise<string> {
    const data = await this.send('GET', `keys/${this.options.key}`);
    if (typeof data.latest_version !== 'number') throw new KeyServiceError('refused', 'unreadable_answer');
    return this.named(String(data.latest_version));
  }

  private named(version: string): string {
    return `vault:${this.options.mount}/${this.options.key}:v${version}`;
  }

  private async send(method: 'GET' | 'POST', path: string, body?: object): Promise<Record<string, unknown>> {
    const { address, mount, namespace, timeoutMs = 5_000 } = this.options;
    const headers = {
      'X-Vault-Token': this.token(),
      'X-Vault-Request': 'true',
      ...(namespace ? { 'X-Vault-Namespace': namespace } : {}),
      ...(body ? { 'Content-Type': 'application/json' } : {}),
    };
    const url = `${address}/v1/${mount}/${path}`;
    const sent = { method, url, headers, timeoutMs, ...(body ? { body: JSON.stringify(body) } : {}) };
    return dataOf(await this.http.send(sent).catch(unreachable));
  }

  private token(): string {
    try {
      return this.options.token();
    } catch (cause) {
      throw new KeyServiceError('refused', 'token_unreadable', { cause });
    }
  }
}

function unreachable(cause: unknown): never {
  throw new KeyServiceError('unreachable', cause instanceof HttpFailure ? cause.why : 'other', { cause });
}

/** Vault says 503 while it is sealed, 429 and 472 to 473 while it stands by: it may answer in a moment. */
function dataOf({ status, body }: HttpResponse): Record<string, unknown> {
  if (status >= 500 || status === 429 || status === 472 || status === 473)
    throw new KeyServiceError('unreachable', `status_${status}`);
  if (status !== 200) throw new KeyServiceError('refused', `status_${status}`);
  const answer = parsed(body);
  if (typeof answer !== 'object' || answer === null || !('data' in answer))
    throw new KeyServiceError('refused', 'unreadable_answer');
  return (answer.data ?? {}) as Record<string, unknown>;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value === '') throw new KeyServiceError('refused', 'unreadable_answer');
  return value;
}

/** `vault:v3:…` was made by version 3 of the key. */
function versionOf(ciphertext: string): string {
  const version = /^vault:v(\d{1,9}):/.exec(ciphertext)?.[1];
  if (version === undefined) throw new KeyServiceError('refused', 'unreadable_answer');
  return version;
}
