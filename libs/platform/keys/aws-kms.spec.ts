import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsKms } from './aws-kms';
import recorded from './aws-kms.exchanges.json';
import { describeKeyManagement } from './key-management.suite';

type Asked = { KeyId: string; Plaintext?: string; CiphertextBlob?: string; EncryptionContext?: object };

/** Answers as KMS did, to what it was asked and to nothing else. */
class RecordedKms {
  current: '1' | '2' = '1';
  error: keyof typeof recorded.errors | undefined;
  readonly server = createServer((request, response) => {
    void this.answer(request).then(({ status, body }) =>
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body)),
    );
  });

  private async answer(request: IncomingMessage): Promise<{ status: number; body: object }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.error) return recorded.errors[this.error];
    if (!/^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\//.test(request.headers.authorization ?? ''))
      return { status: 400, body: { __type: 'UnrecognizedClientException' } };
    const asked = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked;
    return this.reply(String(request.headers['x-amz-target']), asked);
  }

  private reply(target: string, asked: Asked): { status: number; body: object } {
    const KeyId = recorded.keys[this.current];
    const EncryptionAlgorithm = 'SYMMETRIC_DEFAULT';
    const context = { application: 'openvob', facility: 'fac_a', purpose: 'fields', version: '1' };
    const isOurs = JSON.stringify(asked.EncryptionContext) === JSON.stringify(context);
    if (target === 'TrentService.DescribeKey' && asked.KeyId === 'alias/openvob')
      return { status: 200, body: { KeyMetadata: { Arn: KeyId, KeyId: KeyId.slice(-36), Enabled: true } } };
    if (target === 'TrentService.Encrypt' && asked.Plaintext === recorded.plaintext && isOurs)
      return { status: 200, body: { CiphertextBlob: recorded.ciphertext[this.current], KeyId, EncryptionAlgorithm } };
    const of = (['1', '2'] as const).find((version) => recorded.ciphertext[version] === asked.CiphertextBlob);
    if (target === 'TrentService.Decrypt' && isOurs && of && asked.KeyId === recorded.keys[of])
      return { status: 200, body: { Plaintext: recorded.plaintext, KeyId: asked.KeyId, EncryptionAlgorithm } };
    return recorded.errors.invalid;
  }
}

/** The example of Amazon's own documentation. */
const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

describeKeyManagement('AWS KMS', async () => {
  const kms = new RecordedKms();
  await new Promise<void>((resolve) => kms.server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(kms.server.address() as AddressInfo).port}`;
  return {
    management: new AwsKms({ keyId: 'alias/openvob', region: 'us-east-1', endpoint, timeoutMs: 2_000, credentials }),
    rotate: async () => {
      kms.current = '2';
    },
    remove: async () => {
      kms.error = 'gone';
    },
    silence: async () => {
      kms.error = 'busy';
    },
    close: async () => {
      kms.server.closeAllConnections();
      await new Promise((resolve) => kms.server.close(resolve));
    },
  };
});
