import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signedHeaders, verifiedMessageId } from './webhook-signature';

const now = new Date('2026-11-20T15:00:00Z');
const clock = { now: () => now };
const secret = `whsec_${randomBytes(32).toString('base64')}`;
const other = `whsec_${randomBytes(32).toString('base64')}`;
const body = '{"type":"verification.requested"}';

function signed(by: string, at: Date): { id: string; timestamp: string; signature: string } {
  return {
    id: 'msg_1',
    timestamp: String(Math.floor(at.getTime() / 1000)),
    signature: new Webhook(by).sign('msg_1', at, body),
  };
}
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

describe('a signed webhook', () => {
  test('is known by its message id when the signature fits', () => {
    expect(verifiedMessageId(body, signed(secret, now), [secret], clock)).toBe('msg_1');
  });

  test('may be signed with the old or the new secret during rotation, and carry several signatures', () => {
    expect(verifiedMessageId(body, signed(other, now), [secret, other], clock)).toBe('msg_1');
    const both = {
      ...signed(secret, now),
      signature: `v1,${randomBytes(32).toString('base64')} ${signed(secret, now).signature}`,
    };
    expect(verifiedMessageId(body, both, [secret], clock)).toBe('msg_1');
  });

  test.each([
    ['another secret', body, signed(other, now)],
    ['another body', `${body} `, signed(secret, now)],
    ['another id', body, { ...signed(secret, now), id: 'msg_2' }],
    ['another time', body, { ...signed(secret, now), timestamp: String(Math.floor(now.getTime() / 1000) + 1) }],
    ['six minutes ago', body, signed(secret, minutes(-6))],
    ['six minutes ahead', body, signed(secret, minutes(6))],
    ['a timestamp that is no number', body, { ...signed(secret, now), timestamp: 'now' }],
    ['no signature', body, { ...signed(secret, now), signature: undefined }],
    ['no id', body, { ...signed(secret, now), id: undefined }],
    [
      'an unknown version',
      body,
      { ...signed(secret, now), signature: signed(secret, now).signature.replace('v1,', 'v9,') },
    ],
  ])('is refused with %s', (_name, text, headers) => {
    expect(verifiedMessageId(text, headers, [secret], clock)).toBeUndefined();
  });
});

describe('a webhook of ours', () => {
  test('is taken by the published verifier under each of two secrets, and by nobody else', () => {
    const [old, fresh, foreign] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];
    const headers = signedHeaders({ id: 'evt_1', sentAt: new Date(), body }, [fresh, old]);
    for (const secret of [old, fresh]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => new Webhook(foreign).verify(body, headers)).toThrow();
    expect(() => new Webhook(old).verify(`${body} `, headers)).toThrow();
  });
});
