import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { describeOnBothBackends } from '../setup/backends';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

describeOnBothBackends('a payer in trouble', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  let payers: SimulatorDriver;
  beforeAll(async () => {
    const settings = { PAYER_RETRY_SECONDS: '0.3,0.3', PAYER_PROBE_MS: '700' };
    spine = await startSpine({ redisUrl: backend.redisUrl(), settings });
    caller = new TestCaller(spine);
    payers = new SimulatorDriver(spine.simulator.url);
  });
  afterEach(() => payers.clearFaults());
  afterAll(() => spine.stop());

  const request = async (memberId: string, change: object = {}): Promise<string> =>
    (await caller.post('/v1/verifications', requestFor(memberId, change))).body.id;
  const statusOf = async (id: string): Promise<Body> => (await caller.get(`/v1/verifications/${id}`)).body;
  const inquiriesTo = async (payerId: string): Promise<number> =>
    (await payers.ledger()).filter((entry) => entry.payerId === payerId).length;

  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = performance.now() + 20_000; !(await holds()); ) {
      if (performance.now() > deadline) throw new Error('It did not come to that within 20 s');
      await new Promise((next) => setTimeout(next, 50));
    }
  }

  test('that is down is left alone by all but one probe, its backlog waits and then goes on by itself', async () => {
    await payers.playFault({ kind: 'status', status: 503, payerId: 'CV002' });
    const startedAt = performance.now();
    const ids: string[] = [];
    for (let serial = 0; serial < 30; serial += 1) ids.push(await request(`CVM001${String(serial).padStart(4, '0')}`));
    // all but the one that may be probing just now
    await until(async () => {
      const shown = await Promise.all(ids.map(statusOf));
      return shown.filter(({ status }) => status !== 'waiting_for_payer').length <= 1;
    });
    const asked = await inquiriesTo('CV002');
    // ten may be under way before the fifth failure is known; then one each 0.7 s
    const probes = (): number => Math.ceil((performance.now() - startedAt) / 700);
    expect(asked).toBeLessThanOrEqual(15 + probes());
    // it may be the one that probes just now
    await until(async () => (await statusOf(ids[29] ?? '')).reason === 'payer_down');
    await payers.clearFaults();
    const rested = await Promise.all(ids.map((id) => caller.rested(id)));
    expect(new Set(rested.map((shown) => shown.status))).toEqual(new Set(['verified']));
    expect(await inquiriesTo('CV002')).toBeLessThanOrEqual(asked + 30 + probes());
  }, 60_000);

  test('that is down is phoned meanwhile by whoever cannot wait: offered from the first try on, and the electronic check goes on by itself', async () => {
    const memberId = 'SRA0010777';
    await payers.playFault({ kind: 'status', status: 503, memberId });
    const id = await request(memberId);
    let shown: Body = {};
    await until(async () => {
      shown = await statusOf(id);
      return shown.status === 'waiting_for_payer';
    });
    expect(shown).toMatchObject({ reason: 'payer_down', needs: [{ kind: 'call' }] });
    expect(shown.needs[0].questions.length).toBeGreaterThan(5);
    // the offer stands while the payer is tried again
    for (let look = 0; look < 20; look += 1) expect((await statusOf(id)).needs).toHaveLength(1);
    const { body: offered } = await caller.get('/v1/verifications?needs=call');
    expect(offered.items.map((one: Body) => one.id)).toContain(id);
    await payers.clearFaults();
    expect(await caller.rested(id)).toMatchObject({ status: 'verified' });
  }, 60_000);

  test('that is silent, then shows a web page, is waited for as for its silence', async () => {
    const memberId = 'SRA0010778';
    const waitsFor = (id: string, why: string): Promise<void> =>
      until(async () => {
        const { status, reason } = await statusOf(id);
        if (status === 'failed') throw new Error('it was given up');
        return reason === why;
      });
    await payers.playFault({ kind: 'status', status: 503, memberId });
    const id = await request(memberId);
    await waitsFor(id, 'payer_down');
    await payers.clearFaults();
    await payers.playFault({ kind: 'html', memberId });
    const asked = (await payers.ledger()).length;
    await waitsFor(id, 'unreadable_answer');
    await until(async () => (await payers.ledger(asked)).filter((one) => one.memberId === memberId).length > 4);
    await waitsFor(id, 'unreadable_answer');
    await payers.clearFaults();
    expect(await caller.rested(id)).toMatchObject({ status: 'verified' });
  }, 60_000);

  test('that never answers holds up nobody else', async () => {
    await payers.playFault({ kind: 'silent', payerId: 'BH003' });
    const stuck: string[] = [];
    for (let serial = 0; serial < 25; serial += 1)
      stuck.push(await request(`BHN001${String(serial).padStart(4, '0')}`));
    const others = await Promise.all(
      Array.from({ length: 20 }, (_, serial) => caller.verify(requestFor(`SRA001${String(serial).padStart(4, '0')}`))),
    );
    expect(new Set(others.map((shown) => shown.status))).toEqual(new Set(['verified']));
    expect((await Promise.all(stuck.map(statusOf))).some((shown) => shown.status === 'verified')).toBe(false);
    for (const id of stuck) await caller.post(`/v1/verifications/${id}/cancel`);
  }, 60_000);

  test('that suddenly turns everybody away is suspected of an outage: nobody is asked to enter a right member id again', async () => {
    for (let serial = 0; serial < 8; serial += 1)
      await caller.verify(requestFor(`HLC001${String(serial).padStart(4, '0')}`));
    await age(spine);
    const turnedAway: string[] = [];
    for (let serial = 0; serial < 8; serial += 1) {
      const id = await request(`HLC006${String(serial).padStart(4, '0')}`, withMiddleName);
      turnedAway.push(id);
      await until(async () => ['waiting_for_payer', 'not_found'].includes((await statusOf(id)).status));
    }
    const shown = await Promise.all(turnedAway.map(statusOf));
    const suspected = shown.filter((one) => one.reason === 'payer_outage_suspected');
    expect(suspected.length).toBeGreaterThan(0);
    expect(suspected[0].needs).toMatchObject([{ kind: 'call' }]);
    const { body: health } = await caller.get('/v1/payers/pay_demo_harborlight/health');
    expect(health.connections[0].outageSuspectedSince).toBeDefined();
    // whoever is the last is turned away while the outage is suspected: nothing of the person is varied
    const last = (await caller.get(shown.at(-1).links.answers)).body.items;
    expect(last.some(({ variation }: Body) => variation !== undefined)).toBe(false);
    for (const id of turnedAway) await caller.post(`/v1/verifications/${id}/cancel`);
  }, 60_000);

  test('that suddenly knows no participant is suspected of an outage: who rested as failed waits, and all go on after it', async () => {
    for (let serial = 0; serial < 8; serial += 1)
      await caller.verify(requestFor(`NWH001${String(serial).padStart(4, '0')}`));
    await age(spine);
    await payers.playFault({ kind: 'reject', code: '79', level: 'payer', payerId: 'NW001' });
    const ids: string[] = [];
    for (let serial = 100; serial < 106; serial += 1) {
      const id = await request(`NWH001${String(serial).padStart(4, '0')}`);
      ids.push(id);
      await until(async () => ['waiting_for_payer', 'failed'].includes((await statusOf(id)).status));
    }
    // it may be the one that probes just now
    const waits = ({ status, reason }: Body): boolean =>
      status === 'asking_payer' || (status === 'waiting_for_payer' && reason === 'payer_outage_suspected');
    await until(async () => (await Promise.all(ids.map(statusOf))).every(waits));
    await payers.clearFaults();
    const rested = await Promise.all(ids.map((id) => caller.rested(id)));
    expect(new Set(rested.map((shown) => shown.status))).toEqual(new Set(['verified']));
  }, 60_000);

  test('that suddenly shows everybody a web page is suspected of an outage as well, and goes on by itself', async () => {
    for (let serial = 0; serial < 8; serial += 1)
      await caller.verify(requestFor(`GPA001${String(serial).padStart(4, '0')}`));
    await age(spine);
    const payerId = (await payers.ledger()).findLast(({ memberId }) => memberId === 'GPA0010007')?.payerId;
    if (payerId === undefined) throw new Error('the payer was not asked');
    await payers.playFault({ kind: 'html', payerId });
    const ids: string[] = [];
    for (let serial = 8; serial < 14; serial += 1) {
      const id = await request(`GPA001${String(serial).padStart(4, '0')}`);
      ids.push(id);
      await until(async () => ['waiting_for_payer', 'failed'].includes((await statusOf(id)).status));
    }
    const last = ids.at(-1) ?? '';
    await until(async () => (await statusOf(last)).reason === 'payer_outage_suspected');
    expect((await statusOf(last)).needs).toMatchObject([{ kind: 'call' }]);
    // probes that are shown the page as well do not end it, nor do they give anybody up
    const asked = (await payers.ledger()).length;
    await until(async () => (await payers.ledger(asked)).filter((one) => one.payerId === payerId).length > 1);
    expect((await statusOf(last)).status).not.toBe('failed');
    await payers.clearFaults();
    expect(await caller.rested(last)).toMatchObject({ status: 'verified' });
  }, 60_000);
});

const withMiddleName = {
  patient: {
    firstName: 'Marlow',
    middleName: 'Quinn',
    lastName: 'Quillfeather',
    birthDate: '1988-03-14',
    relationship: 'self',
  },
};

/** What the connections learnt so far becomes yesterday's. */
async function age(spine: Spine): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: spine.database.ownerUrl });
  await client.connect();
  await client.query(`UPDATE connection_outcome SET at = at - interval '1 day'`);
  await client.end();
}
