import { part2Notice, part2ShortNotice } from '@openvob/results';
import { noticeHeader } from '@openvob/verification';
import { Client } from 'pg';
import type { Measurement } from '../setup/measure';
import { type Body, requestFor, startSpine, TestCaller } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { untilAllTold, watchWebhooks } from './webhook-watch';

/**
 * S12, the notice of 42 CFR 2.32: on every inquiry, webhook and export about substance use treatment, each on the account of disclosures.
 *
 * @param count verifications, and exports
 */
export function run({ count = 300 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined, settings: { WEBHOOK_EVERY_MS: '100' } });
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    const receiver = await watchWebhooks(spine);
    try {
      const admin = new TestCaller(spine, await spine.keyFor('admin'));
      const exports: Body[] = [];
      for (let turn = 0; turn < count; turn += 1) {
        const { id } = await admin.verify(requestFor('NWH0010001'));
        const { patientId } = (await admin.post(`/v1/verifications/${id}/patient`, {})).body;
        exports.push((await admin.post(`/v1/patients/${patientId}/export`, { to: 'the patient' })).body);
      }
      await untilAllTold(owner);
      const { rows } = await owner.query<{ sends: number; noticed: number; exported: number; told: number }>(
        `SELECT (SELECT sum(sends)::integer FROM inquiry) AS sends,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'inquiry' AND notice <> 'none') AS noticed,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'export' AND notice = 'full') AS exported,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'webhook' AND notice = 'short') AS told`,
      );
      const { sends = 0, noticed = 0, exported = 0, told = 0 } = rows[0] ?? {};
      const messages = receiver.received;
      const unnoticed = messages.filter(
        ({ headers, body }) =>
          headers[noticeHeader.toLowerCase()] !== part2ShortNotice || JSON.parse(body).notice !== part2ShortNotice,
      ).length;
      const without = exports.filter(({ notice }) => JSON.stringify(notice) !== JSON.stringify(part2Notice)).length;
      return [
        all('inquiries on the account, with the notice', noticed, sends, 'inquiries'),
        all('exports on the account, with the notice', exported, count, 'exports'),
        all('webhooks on the account, with the notice', told, messages.length, 'webhooks'),
        none('webhooks without the notice in them', unnoticed, 'webhooks'),
        none('exports without the whole notice in them', without, 'exports'),
      ];
    } finally {
      await receiver.stop();
      await owner.end();
      await spine.stop();
    }
  });
}
