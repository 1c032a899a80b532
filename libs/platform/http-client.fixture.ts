import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

const ecdsaWithSha256 = [0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const commonName = [0x06, 0x03, 0x55, 0x04, 0x03];
const subjectAltName = [0x06, 0x03, 0x55, 0x1d, 0x11];

/**
 * A fresh key and a certificate of its own making for 127.0.0.1 alone, so that no key stands in the repository.
 * Shape: RFC 5280 section 4.1 in DER.
 *
 * @param change other times of validity (UTCTime) or another address
 */
export function selfSignedCertificate(change: { from?: string; to?: string; address?: readonly number[] } = {}): {
  key: string;
  cert: string;
} {
  const { from = '200101000000Z', to = '491231235959Z', address = [127, 0, 0, 1] } = change;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const name = der(0x30, der(0x31, der(0x30, commonName, der(0x0c, Buffer.from('simulated payer')))));
  const validity = der(0x30, der(0x17, Buffer.from(from)), der(0x17, Buffer.from(to)));
  const alternative = der(0x30, der(0x87, [...address]));
  const extensions = der(0xa3, der(0x30, der(0x30, subjectAltName, der(0x04, alternative))));
  const algorithm = der(0x30, ecdsaWithSha256);
  const version = der(0xa0, der(0x02, [2]));
  const toSign = der(0x30, version, der(0x02, [1]), algorithm, name, validity, name, publicKey, extensions);
  const signature = sign('sha256', toSign, privateKey);
  const certificate = der(0x30, toSign, algorithm, der(0x03, [0], signature));
  const cert = `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`;
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
}

/** One DER value: tag, length, content. */
function der(tag: number, ...content: (Uint8Array | number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part)));
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}
