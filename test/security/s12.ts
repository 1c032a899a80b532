import { part2Notice } from '@openvob/results';
import { Client } from 'pg';
import type { Measurement } from '../setup/measure';
import { type Body, requestFor, startSpine, TestCaller } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';

/**
 * S12, the notice of 42 CFR 2.32: on every inquiry and every export about substance use treatment, each on the account of disclosures.
 *
 * @param count verifications, and exports
 */
export function run({ count = 300 }: { count?: number } = {}): Promise<Measurement[]> {
  return withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined });
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    try {
      const admin = new TestCaller(spine, await spine.keyFor('admin'));
      const exports: Body[] = [];
      for (let turn = 0; turn < count; turn += 1) {
        const { id } = await admin.verify(requestFor('NWH0010001'));
        const { patientId } = (await admin.post(`/v1/verifications/${id}/patient`, {})).body;
        exports.push((await admin.post(`/v1/patients/${patientId}/export`, { to: 'the patient' })).body);
      }
      const { rows } = await owner.query<{ sends: number; noticed: number; exported: number }>(
        `SELECT (SELECT sum(sends)::integer FROM inquiry) AS sends,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'inquiry' AND notice <> 'none') AS noticed,
           (SELECT count(*)::integer FROM disclosure WHERE how = 'export' AND notice = 'full') AS exported`,
      );
      const { sends = 0, noticed = 0, exported = 0 } = rows[0] ?? {};
      const without = exports.filter(({ notice }) => JSON.stringify(notice) !== JSON.stringify(part2Notice)).length;
      return [
        all('inquiries on the account, with the notice', noticed, sends, 'inquiries'),
        all('exports on the account, with the notice', exported, count, 'exports'),
        none('exports without the whole notice in them', without, 'exports'),
      ];
    } finally {
      await owner.end();
      await spine.stop();
    }
  });
}
