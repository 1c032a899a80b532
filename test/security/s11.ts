import { Client } from 'pg';
import type { Measurement } from '../setup/measure';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { none } from './bar.rows';
import { withServers } from './bar.servers';
import { untilAllTold, watchWebhooks } from './webhook-watch';

const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const atOnce = 20;

/** How a consent fails to allow an inquiry. */
const kinds = ['none', 'expired', 'revoked'] as const;

/**
 * S11, consent: verifications without one, with one that has expired, and with one that is revoked while it is queued or under way; no payer
 * hears of anybody after that.
 *
 * @param count attempts
 */
export function run({ count = 10_000 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined, settings: { WEBHOOK_EVERY_MS: '100' } });
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    const receiver = await watchWebhooks(spine);
    try {
      const refused = await attempts(spine, count);
      await untilAllTold(owner);
      const { rows } = await owner.query<Figures>(figures);
      const { late = 1, unfounded = 1, unrecorded = 1, unconsented = 1, webhooks = 0, deadlocks = 1 } = rows[0] ?? {};
      return [
        none(
          `inquiries, documents and webhooks that left after the revocation, of ${count} attempts`,
          late,
          'disclosures',
        ),
        none('inquiries and webhooks sent without a consent that was live', unfounded, 'disclosures'),
        none('webhooks about those without consent', unconsented, 'webhooks'),
        none('webhooks that are not on the account', Math.abs(receiver.received.length - webhooks), 'webhooks'),
        none('sends that are not on the account of disclosures', unrecorded, 'sends'),
        none('transactions that waited for each other', deadlocks, 'deadlocks'),
        none('verifications without consent that did not come to rest as needs_consent', refused, 'verifications'),
      ];
    } finally {
      await receiver.stop();
      await owner.end();
      await spine.stop();
    }
  });
}

interface Figures {
  late: number;
  unfounded: number;
  unrecorded: number;
  unconsented: number;
  webhooks: number;
  /** What a revocation and a webhook would wait for each other over. */
  deadlocks: number;
}

const figures = `SELECT
  (SELECT count(*)::integer FROM disclosure d JOIN consent c ON c.id = d.consent_id WHERE d.at > c.revoked_at) AS late,
  (SELECT count(*)::integer FROM disclosure d LEFT JOIN consent c ON c.id = d.consent_id
     WHERE (c.id IS NULL OR c.expires_on < (d.at AT TIME ZONE 'America/New_York')::date)) AS unfounded,
  (SELECT coalesce(sum(sends), 0)::integer FROM inquiry) - (SELECT count(*)::integer FROM disclosure WHERE how = 'inquiry') AS unrecorded,
  (SELECT count(*)::integer FROM webhook_delivery w WHERE w.state = 'delivered'
     AND NOT EXISTS (SELECT FROM consent c WHERE c.verification_id = w.verification_id AND c.expires_on IS NULL)) AS unconsented,
  (SELECT count(*)::integer FROM disclosure WHERE how = 'webhook') AS webhooks,
  (SELECT deadlocks::integer FROM pg_stat_database WHERE datname = current_database()) AS deadlocks`;

/** @returns how many of those without any live consent rest as something else */
async function attempts(spine: Spine, count: number): Promise<number> {
  const caller = new TestCaller(spine);
  let wrong = 0;
  for (let from = 0; from < count; from += atOnce) {
    const wave = Array.from(
      { length: Math.min(atOnce, count - from) },
      (_, turn) => kinds[(from + turn) % kinds.length],
    );
    const ended = await Promise.all(wave.map((kind = 'none') => attempt(caller, kind)));
    wrong += ended.filter((isRight) => !isRight).length;
  }
  return wrong;
}

async function attempt(caller: TestCaller, kind: (typeof kinds)[number]): Promise<boolean> {
  const given = { signedOn: day(-30), scope: 'treatment_payment_operations' };
  const part2 = kind === 'expired' ? { ...given, expiresOn: day(-3) } : given;
  const asked = await caller.post(
    '/v1/verifications',
    requestFor('NWH0010001', kind === 'none' ? { consent: undefined } : { consent: { part2 } }),
  );
  const { id } = asked.body;
  if (kind !== 'revoked') return (await caller.rested(id)).status === 'needs_consent';
  const [consent] = (await caller.get(`/v1/verifications/${id}/consents`)).body.items;
  await caller.post(`/v1/verifications/${id}/consents/${consent.id}/revoke`, {});
  // It may have been answered before: what counts is what was sent after.
  await caller.rested(id);
  return true;
}
