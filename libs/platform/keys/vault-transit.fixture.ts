import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Json = Readonly<Record<string, string>>;

/** Speaks as much of Vault's transit API as we use, over HTTP: a key with versions, associated data, a token. */
export class VaultServer {
  readonly token = `hvs.${randomBytes(12).toString('hex')}`;
  isSealed = false;
  private versions: Buffer[] | undefined = [randomBytes(32)];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  rotate(): void {
    this.versions?.push(randomBytes(32));
  }

  removeKey(): void {
    this.versions = undefined;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const [status, body] = this.reply(request, text === '' ? {} : (JSON.parse(text) as Json));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }

  private reply(request: IncomingMessage, body: Json): [number, object] {
    if (this.isSealed) return [503, { errors: ['Vault is sealed'] }];
    if (request.headers['x-vault-token'] !== this.token) return [403, { errors: ['permission denied'] }];
    const versions = this.versions;
    switch (`${request.method} ${request.url}`) {
      case 'GET /v1/transit/keys/openvob':
        return versions ? [200, { data: { latest_version: versions.length } }] : [404, { errors: [] }];
      case 'POST /v1/transit/encrypt/openvob':
        return versions ? [200, { data: encrypted(versions, body) }] : [400, { errors: ['encryption key not found'] }];
      case 'POST /v1/transit/decrypt/openvob':
        return versions ? decrypted(versions, body) : [400, { errors: ['encryption key not found'] }];
      default:
        return [404, { errors: [] }];
    }
  }
}

function encrypted(versions: readonly Buffer[], { plaintext = '', associated_data = '' }: Json): object {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', versions.at(-1) ?? Buffer.alloc(32), iv);
  cipher.setAAD(Buffer.from(associated_data, 'base64'));
  const sealed = Buffer.concat([cipher.update(Buffer.from(plaintext, 'base64')), cipher.final(), cipher.getAuthTag()]);
  const text = Buffer.concat([iv, sealed]).toString('base64');
  return { ciphertext: `vault:v${versions.length}:${text}`, key_version: versions.length };
}

function decrypted(versions: readonly Buffer[], { ciphertext = '', associated_data = '' }: Json): [number, object] {
  const [, version = '', text = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? [];
  const bytes = Buffer.from(text, 'base64');
  try {
    const key = versions[Number(version) - 1] ?? Buffer.alloc(0);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
    decipher.setAAD(Buffer.from(associated_data, 'base64'));
    decipher.setAuthTag(bytes.subarray(-16));
    const plain = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
    return [200, { data: { plaintext: plain.toString('base64') } }];
  } catch {
    return [400, { errors: ['cipher: message authentication failed'] }];
  }
}
