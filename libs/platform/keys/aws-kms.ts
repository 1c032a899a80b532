import type { KMSClient } from '@aws-sdk/client-kms';
import { type KeyContext, type KeyManagement, KeyServiceError, type WrappedKey } from './key-management';

export interface AwsKmsOptions {
  /** Id, ARN or alias of a symmetric key, e.g. `alias/openvob`. */
  keyId: string;
  region: string;
  /** A private endpoint (VPC); without it the region's own. */
  endpoint?: string;
  timeoutMs?: number;
  /** Without them, as the SDK finds them. */
  credentials?: { accessKeyId: string; secretAccessKey: string };
}

/** What will be the same however often it is asked. */
const refusals = new Set([
  'AccessDeniedException',
  'DisabledException',
  'IncorrectKeyException',
  'InvalidArnException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'KMSInvalidStateException',
  'NotFoundException',
  'UnrecognizedClientException',
]);

const prefix = 'aws:';

/**
 * Master keys in AWS KMS; the encryption context is the data key's. Credentials come as the SDK finds them (role, environment, profile).
 * To change the master key, let the alias point at another one; the key's own yearly rotation needs nothing.
 */
export class AwsKms implements KeyManagement {
  private client: Promise<KMSClient> | undefined;

  constructor(private readonly options: AwsKmsOptions) {}

  async wrap(dataKey: Buffer, context: KeyContext): Promise<WrappedKey> {
    const { EncryptCommand } = await import('@aws-sdk/client-kms');
    const command = new EncryptCommand({
      KeyId: this.options.keyId,
      Plaintext: dataKey,
      EncryptionContext: encryptionContext(context),
    });
    const { KeyId, CiphertextBlob } = await this.asked((client) => client.send(command));
    if (!KeyId || !CiphertextBlob) throw new KeyServiceError('refused', 'unreadable_answer');
    return { masterKey: prefix + KeyId, bytes: Buffer.from(CiphertextBlob) };
  }

  async unwrap({ masterKey, bytes }: WrappedKey, context: KeyContext): Promise<Buffer> {
    if (!masterKey.startsWith(prefix)) throw new KeyServiceError('refused', 'another_key_service');
    const { DecryptCommand } = await import('@aws-sdk/client-kms');
    const command = new DecryptCommand({
      KeyId: masterKey.slice(prefix.length),
      CiphertextBlob: bytes,
      EncryptionContext: encryptionContext(context),
    });
    const { Plaintext } = await this.asked((client) => client.send(command));
    if (!Plaintext) throw new KeyServiceError('refused', 'unreadable_answer');
    return Buffer.from(Plaintext);
  }

  async masterKey(): Promise<string> {
    const { DescribeKeyCommand } = await import('@aws-sdk/client-kms');
    const command = new DescribeKeyCommand({ KeyId: this.options.keyId });
    const { KeyMetadata } = await this.asked((client) => client.send(command));
    if (!KeyMetadata?.Arn) throw new KeyServiceError('refused', 'unreadable_answer');
    if (!KeyMetadata.Enabled) throw new KeyServiceError('refused', 'DisabledException');
    return prefix + KeyMetadata.Arn;
  }

  private async asked<T>(work: (client: KMSClient) => Promise<T>): Promise<T> {
    try {
      this.client ??= this.connect();
      return await work(await this.client);
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : 'other';
      throw new KeyServiceError(refusals.has(name) ? 'refused' : 'unreachable', name, { cause });
    }
  }

  /** The SDK is loaded by those alone who keep their keys there. */
  private async connect(): Promise<KMSClient> {
    const { KMSClient } = await import('@aws-sdk/client-kms');
    const { region, endpoint, credentials, timeoutMs = 5_000 } = this.options;
    const requestHandler = { requestTimeout: timeoutMs, connectionTimeout: timeoutMs, throwOnRequestTimeout: true };
    return new KMSClient({
      region,
      maxAttempts: 2,
      requestHandler,
      ...(endpoint ? { endpoint } : {}),
      ...(credentials ? { credentials } : {}),
    });
  }
}

function encryptionContext({ facility, purpose, version }: KeyContext): Record<string, string> {
  return { application: 'openvob', facility, purpose, version };
}
