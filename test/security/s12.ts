import { part2Notice, part2ShortNotice } from '@openvob/results';
import { noticeHeader } from '@openvob/verification';
import { Client } from 'pg';
import type { Measurement } from '../setup/measure';
import { type Body, requestFor, startSpine, TestCaller } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { untilAllTold, watchWebhooks } from './webhook-watch';

const kinds = ['summary', 'patient_estimate', 'good_faith_estimate'] as const;
const letterhead = {
  address: { street: '12 Elm Street', city: 'Albany', state: 'NY', postalCode: '12207' },
  tin: '12-3456789',
};
/** Of the first paragraph, where no character is written otherwise in HTML. */
const noticeText = 'This record which has been disclosed to you is protected by Federal confidentiality rules';

async function documentOf(caller: TestCaller, id: string, kind: string): Promise<string> {
  const { text } = await caller.get(`/v1/verifications/${id}/document?kind=${kind}&format=html`).buffer(true);
  return text;
}

/**
 * S12, the notice of 42 CFR 2.32: on every inquiry, webhook, document and export about substance use treatment, each on the account of disclosures.
 *
 * @param count verifications, exports, and documents of each kind
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
      await admin.put('/v1/facility/letterhead', letterhead);
      let withNotice = 0;
      for (let turn = 0; turn < count; turn += 1) {
        const { id } = await admin.verify(requestFor('NWH0010001'));
        const { patientId } = (await admin.post(`/v1/verifications/${id}/patient`, {})).body;
        for (const kind of kinds) withNotice += (await documentOf(admin, id, kind)).includes(noticeText) ? 1 : 0;
        exports.push((await admin.post(`/v1/patients/${patientId}/export`, { to: 'the patient' })).body);
      }
      await untilAllTold(owner);
      const { rows } = await owner.query<{
        sends: number;
        noticed: number;
        handed: number;
        exported: number;
        told: number;
      }>(
        `SELECT (SELECT sum(sends)::integer FROM inquiry) AS sends,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'inquiry' AND notice <> 'none') AS noticed,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'document' AND notice = 'full') AS handed,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'export' AND notice = 'full') AS exported,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'webhook' AND notice = 'short') AS told`,
      );
      const { sends = 0, noticed = 0, handed = 0, exported = 0, told = 0 } = rows[0] ?? {};
      const messages = receiver.received;
      const unnoticed = messages.filter(
        ({ headers, body }) =>
          headers[noticeHeader.toLowerCase()] !== part2ShortNotice || JSON.parse(body).notice !== part2ShortNotice,
      ).length;
      const without = exports.filter(({ notice }) => JSON.stringify(notice) !== JSON.stringify(part2Notice)).length;
      return [
        all('inquiries on the account, with the notice', noticed, sends, 'inquiries'),
        all('documents on the account', handed, count * kinds.length, 'documents'),
        all('documents with the notice in them', withNotice, count * kinds.length, 'documents'),
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
