import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readX12 } from '@openvob/x12';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const samples = process.env.OPENVOB_SHARED ?? resolve(__dirname, '../../../shared');
const folder = resolve(samples, 'samples/x12');

/** Answers that the project's team did not write, dropped into the simulator and read through the whole path. */
const describeWithSamples = existsSync(folder) ? describe : describe.skip;

describeWithSamples('a real-world answer, served by the simulator, through the whole path', () => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  interface Drop {
    memberId: string;
    /** What is changed in the file before it is dropped. */
    edit?: (text: string) => string;
    change?: object;
  }

  /** Serves a file for a member id, and verifies that member. */
  async function verifyWith(
    file: string,
    { memberId, edit = (text) => text, change = {} }: Drop,
  ): Promise<{ shown: Body; sent: string[] }> {
    const text = edit(readFileSync(resolve(folder, file), 'latin1'));
    const put = await fetch(`${spine.simulator.url}/control/members/${memberId}`, {
      method: 'PUT',
      body: text,
    });
    expect(put.status).toBeLessThan(300);
    return { shown: await caller.verify(requestFor(memberId, change)), sent: segmentsOf(text) };
  }

  /** Every source of a decision, as the segment that it names. */
  const sourcesOf = (decision: Body): { segment: number; raw: string }[] => {
    const chosen = Object.values(decision).filter(
      (value): value is Body => typeof value === 'object' && value !== null && 'source' in value,
    );
    return chosen.flatMap((one) => one.source);
  };

  const spouse = {
    patient: { firstName: 'Jane', lastName: 'Doe', birthDate: '1952-11-21', relationship: 'spouse' },
    subscriber: { firstName: 'John', lastName: 'Doe', birthDate: '1976-02-14' },
  };

  test('UnitedHealthcare-shaped, of a spouse, while the plan of the subscriber is in force: every figure from the file', async () => {
    const inForce = (text: string): string => text.replace('20240101-20241231', '20260101-20261231');
    const { shown, sent } = await verifyWith('stedi-json/x12-embedded-01.271', {
      memberId: 'NWH0010900',
      change: spouse,
      edit: inForce,
    });
    const { decision } = shown;
    expect(decision.decision).toMatch(/^covered/);
    expect(decision.deductibleFamily.value).toMatchObject({ limitCents: 320_000, remainingCents: 0 });
    expect(decision.outOfPocketFamily.value).toMatchObject({ limitCents: 685_000, remainingCents: 129_484 });
    expect(decision.deductibleIndividual).toBeUndefined();
    expectSourcesIn(sent, sourcesOf(decision));
  });

  test('the same after the plan has ended: inactive, on the word of its plan dates', async () => {
    const { shown } = await verifyWith('stedi-json/x12-embedded-01.271', { memberId: 'NWH0010901', change: spouse });
    expect(shown).toMatchObject({ status: 'inactive', decision: { decision: 'not_covered' } });
  });

  test('4010 with | and ~ and line breaks: individual met, family maximum met, coinsurance of 20 %', async () => {
    const { shown, sent } = await verifyWith('tigershark/271-example-2.txt', { memberId: 'NWH0010902' });
    const { decision } = shown;
    expect(decision.deductibleIndividual.value).toMatchObject({ limitCents: 11_800, remainingCents: 0 });
    expect(decision.deductibleFamily.value).toMatchObject({ limitCents: 23_600, remainingCents: 23_600 });
    expect(decision.outOfPocketIndividual.value).toMatchObject({ limitCents: 150_000, remainingCents: 0 });
    expect(decision.outOfPocketFamily.value).toMatchObject({ limitCents: 300_000, remainingCents: 0 });
    expectSourcesIn(sent, sourcesOf(decision));
  });

  /** The served message keeps its benefit segments: what a source quotes stands in the file that was dropped. */
  function expectSourcesIn(sent: readonly string[], sources: readonly { segment: number; raw: string }[]): void {
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) expect(sent).toContain(source.raw);
  }
});

function segmentsOf(text: string): string[] {
  return readX12(text).segments.map((segment) => segment.raw);
}
