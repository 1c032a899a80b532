import { Client } from 'pg';
import { Spine as ApiSpine } from '../../apps/api/spine';
import { requestAbout } from '../chaos/payers.people';
import { type Spine, TestCaller } from '../setup/spine';

const northwind = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };

/** Elements that an inquiry may carry, by segment (and by its first element where that tells what it is), as 005010X279A1 numbers them. */
const allowed: Readonly<Record<string, readonly number[]>> = {
  ISA: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
  GS: [1, 2, 3, 4, 5, 6, 7, 8],
  ST: [1, 2, 3],
  BHT: [1, 2, 3, 4, 5, 6],
  HL: [1, 2, 3, 4],
  TRN: [1, 2, 3],
  // the payer: name and id
  'NM1*PR': [1, 2, 3, 8, 9],
  // the facility: name and NPI
  'NM1*1P': [1, 2, 3, 8, 9],
  PRV: [1, 2, 3],
  // whose policy it is: name and member id
  'NM1*IL': [1, 2, 3, 4, 5, 8, 9],
  // a person of the family: name
  'NM1*03': [1, 2, 3, 4, 5],
  // group number
  'REF*6P': [1, 2],
  // birth date, sex
  DMG: [1, 2, 3],
  INS: [1, 2],
  DTP: [1, 2, 3],
  EQ: [1],
  SE: [1, 2],
  GE: [1, 2],
  IEA: [1, 2],
};

/** Of what people said, what no payer needs: phone, e-mail, plan name, reference. */
const kept = ['4155550173', 'zq-mailbox', 'Plumquist', 'REFQZ41'];

export interface InquiryFields {
  messages: number;
  elements: number;
  extra: string[];
  told: string[];
}

/** Reads the messages that left for the payer, about grown-ups and children whose requests say everything, taken apart by hand. */
export async function inquiryFields(spine: Spine, people: number): Promise<InquiryFields> {
  const caller = new TestCaller(spine);
  for (let number = 0; number < people; number += 1) await caller.verify(requestAbout(number, northwind));
  const texts = (await rawRequests(spine)).flatMap((text) =>
    [...text.matchAll(/ISA\*[\s\S]*?~IEA\*[^~]*~/g)].map(String),
  );
  const extra = new Set<string>();
  let elements = 0;
  for (const text of texts)
    for (const segment of text
      .split('~')
      .map((one) => one.trim())
      .filter(Boolean)) {
      const [tag = '', ...values] = segment.split('*');
      const positions = allowed[`${tag}*${values[0]}`] ?? allowed[tag] ?? [];
      for (const [index, value] of values.entries()) {
        if (value === '') continue;
        elements += 1;
        if (!positions.includes(index + 1)) extra.add(`${tag}${String(index + 1).padStart(2, '0')}`);
      }
    }
  const told = kept.filter((word) => texts.some((text) => text.toLowerCase().includes(word.toLowerCase())));
  return { messages: texts.length, elements, extra: [...extra], told };
}

/** As they were sent, from what is kept of each exchange. */
async function rawRequests(spine: Spine): Promise<string[]> {
  const { cipher, database } = spine.api.get(ApiSpine);
  const owner = new Client({ connectionString: spine.database.ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ id: string; facilityId: string; raw: Buffer }>(
      `SELECT a.id, a.facility_id AS "facilityId", a.raw_request AS raw FROM answer a WHERE a.raw_request IS NOT NULL`,
    );
    const texts: string[] = [];
    for (const { id, facilityId, raw } of rows)
      texts.push(
        await database.inFacility(facilityId, async () =>
          cipher.decrypt(raw, { facilityId, table: 'answer', row: id, column: 'raw_request' }),
        ),
      );
    return texts;
  } finally {
    await owner.end();
  }
}
