import { fieldMatrix, type Role, roles } from '@openvob/access';
import type { Measurement } from '../setup/measure';
import { type Body, requestFor, startSpine, TestCaller } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';

/** S13, fields: every role reads verifications that are filled as far as can be; nothing is seen that the field matrix does not give it. */
export function run(): Promise<Measurement[]> {
  return withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined });
    try {
      const caller = new TestCaller(spine);
      const ids: string[] = [];
      for (const memberId of ['NWH0010001', 'NWH0020001', 'NWH0040001'])
        ids.push((await caller.verify(requestFor(memberId, { reference: 'intake 17' }))).id);
      const extra = new Set<string>();
      const seen = new Set<string>();
      for (const role of roles) {
        const as = new TestCaller(spine, await spine.keyFor(role));
        for (const body of await bodiesOf(as, ids))
          for (const field of Object.keys(body)) {
            seen.add(field);
            if (!isGiven(field, role)) extra.add(`${role}: ${field}`);
          }
      }
      for (const fault of extra) console.error(`  ${fault}`);
      const identifying = ['patient', 'reference'].filter((field) => seen.has(field));
      return [
        none('fields that a role sees beyond the matrix', extra.size, 'fields'),
        all('identifying fields that others do see', identifying.length, 2, 'fields'),
      ];
    } finally {
      await spine.stop();
    }
  });
}

async function bodiesOf(caller: TestCaller, ids: readonly string[]): Promise<Body[]> {
  const listed = (await caller.get('/v1/verifications')).body.items ?? [];
  const read = await Promise.all(ids.map(async (id) => caller.get(`/v1/verifications/${id}`)));
  return [...listed, ...read.flatMap(({ status, body }) => (status === 200 ? [body] : []))];
}

function isGiven(field: string, role: Role): boolean {
  return fieldMatrix[field]?.includes(role) ?? false;
}
