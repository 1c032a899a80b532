import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Inquiry } from '@openvob/payers';
import { x12Adapter } from '@openvob/payers/x12';
import { createHttp, type HttpClient, systemClock } from '@openvob/platform';
import { SimulatorDriver } from '../../libs/testing/simulator-driver';
import { type RunningSimulator, startSimulator } from './simulator';

const folder = resolve(__dirname, '../../../shared/samples/x12');
const isThere = existsSync(folder);

/** Every 271 that payers and their imitators wrote, published faults kept. */
const samples = isThere
  ? (JSON.parse(readFileSync(`${folder}/INDEX.json`, 'utf8')) as { path: string; st: Record<string, number> }[])
      .filter(({ st }) => st['271'] !== undefined)
      .map(({ path }) => [path, readFileSync(`${folder}/${path}`, 'utf8')] as const)
  : [];

(isThere ? describe : describe.skip)('every 271 of the samples, given for a member id', () => {
  let simulator: RunningSimulator;
  let driver: SimulatorDriver;
  let http: HttpClient;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
    driver = new SimulatorDriver(simulator.url);
    http = createHttp();
  });

  afterAll(async () => {
    http.close();
    await simulator.close();
  });

  const subscriber = { firstName: 'Imogen', lastName: 'Marlowe', birthDate: '1988-04-12', memberId: 'SAMPLE1' };
  const tobias = { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05', relationship: 'child' } as const;

  async function ask(more: Partial<Inquiry> = {}) {
    const inquiry: Inquiry = {
      id: 'inq_1',
      trace: 'SAMPLETRACE1',
      payer: { name: 'Any Payer', id: 'ANY01' },
      provider: { name: 'Harbor House Recovery', npi: '1999999984' },
      subscriber,
      serviceTypes: ['30'],
      serviceDate: '2026-03-02',
      ...more,
    };
    const connection = {
      id: 'con_1',
      adapter: 'x12',
      endpointUrl: `${simulator.url}/x12`,
      settings: { senderId: 'HARBORHOUSE', receiverId: 'SIMULATOR' },
      credentials: {},
      timeoutMs: 20_000,
    };
    const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
    return x12Adapter.verify(inquiry, connection, {
      signal: new AbortController().signal,
      clock: systemClock,
      http,
      log,
    });
  }

  it.each(samples)('%s answers a subscriber and a dependent', async (_path, text) => {
    await driver.putAnswer('SAMPLE1', text);
    for (const [asked, more] of [
      [subscriber, {}],
      [tobias, { dependent: tobias }],
    ] as const) {
      const answer = await ask(more);
      if (answer.kind !== 'benefits' && answer.kind !== 'rejected') throw new Error(`got ${answer.kind}`);
      const { snapshot } = answer;
      if (Object.keys(snapshot.patient).length <= 1) continue;
      expect(snapshot.trace).toContain('SAMPLETRACE1');
      expect(snapshot.patient).toMatchObject({
        firstName: asked.firstName.toUpperCase(),
        lastName: 'MARLOWE',
        birthDate: asked.birthDate,
      });
      expect(snapshot.subscriber.memberId).toBe('SAMPLE1');
    }
  });

  it.each(samples)('%s is served byte for byte when it is asked for as it is', async (_path, text) => {
    await driver.putAnswer('SAMPLE1', text, { asIs: true });
    const answer = await ask();
    const lines = (each: string | undefined) => each?.replaceAll('\r\n', '\n').trim();
    expect(lines(answer.evidence.response)).toBe(lines(text));
    expect(['benefits', 'rejected']).not.toContain(answer.kind);
  });
});
