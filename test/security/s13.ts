import { fieldMatrix, type Role, roles } from '@openvob/access';
import type { Measurement } from '../setup/measure';
import { type Body, requestFor, startSpine, TestCaller } from '../setup/spine';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';
import { inquiryFields } from './s13.inquiries';

const people = 20;

/** S13, fields: every role reads verifications that are filled as far as can be, and payers are sent inquiries about them; nothing is seen or sent beyond what is listed. */
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
      const sent = await inquiryFields(spine, people);
      for (const fault of [...sent.extra, ...sent.told]) console.error(`  in a 270: ${fault}`);
      return [
        {
          ...{ what: '270s that were looked at', value: sent.messages, unit: 'messages' },
          ...{ goal: `at least ${people}`, pass: sent.messages >= people },
        },
        none(`of their ${sent.elements} elements, kinds beyond the list`, sent.extra.length, 'elements'),
        none('fields in them that no payer needs', sent.told.length, 'fields'),
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
