import { X509Certificate } from 'node:crypto';
import { createHttp } from '@openvob/platform';
import { inquiryText } from './inquiry.fixture';
import { makeSelfSigned } from './self-signed';
import { startSimulator } from './simulator';

describe('a certificate that nobody vouches for', () => {
  it('is whole, names this machine and is signed by itself', () => {
    const certificate = new X509Certificate(makeSelfSigned(new Date('2026-03-01T12:00:00Z')).certificate);
    expect(certificate.subject).toBe('CN=payer-simulator');
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(new Date(certificate.validFrom).toISOString()).toBe('2026-03-01T12:00:00.000Z');
    expect(new Date(certificate.validTo).toISOString()).toBe('2027-03-01T12:00:00.000Z');
  });

  it('is what a payer over HTTPS shows: refused, unless one was told to trust it', async () => {
    const simulator = await startSimulator({ port: 0, host: '127.0.0.1', tlsPort: 0 });
    if (simulator.tls === undefined) throw new Error('no TLS');
    const { url, certificate } = simulator.tls;
    const request = { method: 'POST', url: `${url}/x12`, body: inquiryText(), timeoutMs: 5_000 } as const;
    const strict = createHttp();
    const trusting = createHttp({ ca: certificate });
    await expect(strict.send(request)).rejects.toMatchObject({ why: 'tls' });
    const answer = await trusting.send(request);
    expect(answer.body).toContain('ST*271');
    strict.close();
    trusting.close();
    await simulator.close();
  });
});
