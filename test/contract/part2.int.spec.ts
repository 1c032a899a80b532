import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { part2ShortNotice } from '@openvob/results';
import { noticeHeader } from '@openvob/verification';
import { Client } from 'pg';
import { startWorker } from '../../apps/worker/main';
import { SuiteClock } from '../setup/clock';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const details = {
  information: 'Eligibility and benefits for the admission',
  recipient: 'Northwind Health',
  purpose: 'Payment',
  signedHow: 'electronic',
  signedBy: 'patient',
};

describe('42 CFR Part 2 over HTTP', () => {
  let spine: Spine;
  let caller: TestCaller;
  let owner: Client;
  const clock = new SuiteClock(new Date().toISOString());
  const day = (offset: number): string => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
  const consent = (change: object = {}): object => ({
    consent: { part2: { signedOn: day(-30), scope: 'treatment_payment_operations', ...change } },
  });
  const sent = async (id: string): Promise<number> => {
    const { rows } = await owner.query<{ sends: number }>(
      'SELECT coalesce(sum(sends), 0)::integer AS sends FROM inquiry WHERE verification_id = $1',
      [id],
    );
    return rows[0]?.sends ?? 0;
  };

  /** Where the trail says that it was moved to. */
  const recorded = async (id: string): Promise<object[]> => {
    const { rows } = await owner.query<{ detail: object }>(
      `SELECT detail FROM audit_entry WHERE subject_id = $1 AND action = 'verification.moved' ORDER BY id`,
      [id],
    );
    return rows.map(({ detail }) => detail);
  };

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock });
    caller = new TestCaller(spine);
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
  });

  test('a revocation comes after what went out before it was committed, by whichever clock', async () => {
    const asked = (await caller.post('/v1/verifications', requestFor('NWH0010001', consent()))).body;
    const path = `/v1/verifications/${asked.id}/consents`;
    const [{ id: consentId }] = (await caller.get(path)).body.items;
    await owner.query(
      `INSERT INTO disclosure (id, facility_id, verification_id, at, how, basis, payer_id, purpose, what, consent_id, notice, subject_id, disclosed_by)
       SELECT 'dis_of_a_fast_clock', facility_id, id, $2, 'inquiry', 'consent', 'pay_demo_northwind', 'payment', '{eligibility}', $3, 'short', 'inq_1', 'worker' FROM verification WHERE id = $1`,
      [asked.id, new Date(clock.now().getTime() + 1500), consentId],
    );
    await caller.post(`${path}/${consentId}/revoke`, {});
    const { rows } = await owner.query<{ late: boolean }>(
      'SELECT d.at > c.revoked_at AS late FROM disclosure d JOIN consent c ON c.id = d.consent_id WHERE c.id = $1',
      [consentId],
    );
    expect(rows).toEqual([{ late: false }]);
  });

  test('a consent revoked while it waits stops the verification at once: nothing is sent, and the reason is told', async () => {
    const queued = (await caller.post('/v1/verifications', requestFor('NWH0010001', consent(details)))).body;
    const listed = await caller.get(`/v1/verifications/${queued.id}/consents`);
    expect(listed.body.items).toEqual([expect.objectContaining({ ...details, recordedBy: expect.any(String) })]);
    const [{ id: consentId }] = listed.body.items;
    const revoked = await caller.post(`/v1/verifications/${queued.id}/consents/${consentId}/revoke`, { how: 'spoken' });
    expect(revoked.body).toMatchObject({
      status: 'needs_consent',
      reason: 'no_live_consent',
      needs: [
        { kind: 'consent', message: expect.stringMatching(/^The patient's consent .* ask for a new one [^.]*\.$/) },
      ],
    });
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const other = await caller.verify(requestFor('NWH0010001', consent()));
      expect(other.status).toBe('verified');
      expect(await sent(queued.id)).toBe(0);
      expect((await caller.get(`/v1/verifications/${queued.id}/disclosures`)).body.items).toEqual([]);
      const again = await caller.post(`/v1/verifications/${queued.id}/consent`, {
        part2: { signedOn: day(-1), scope: 'treatment_payment_operations' },
      });
      expect(again.status).toBe(202);
      expect((await caller.rested(queued.id)).status).toBe('verified');
      expect(await sent(queued.id)).toBeGreaterThan(0);
    } finally {
      await worker.close();
    }
  });

  test('a consent that ran out while it waited, a clock that jumped included, is none', async () => {
    const queued = (await caller.post('/v1/verifications', requestFor('NWH0010001', consent({ expiresOn: day(2) }))))
      .body;
    clock.set(new Date(Date.now() + 5 * 86_400_000).toISOString());
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const rested = await caller.rested(queued.id);
      expect(rested).toMatchObject({ status: 'needs_consent', reason: 'no_live_consent' });
      expect(rested.needs[0].message).toMatch(/^[^.]+\.$/);
      expect(await recorded(queued.id)).toContainEqual(
        expect.objectContaining({ to: 'needs_consent', reason: 'no_live_consent' }),
      );
      expect(await sent(queued.id)).toBe(0);
    } finally {
      clock.set(new Date().toISOString());
      await worker.close();
    }
  });

  test('a consent that is not signed yet, by a clock that jumped back, is none', async () => {
    const queued = (await caller.post('/v1/verifications', requestFor('NWH0010001', consent()))).body;
    clock.set(new Date(Date.now() - 90 * 86_400_000).toISOString());
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const rested = await caller.rested(queued.id);
      expect(rested).toMatchObject({ status: 'needs_consent', reason: 'no_live_consent' });
      expect(rested.needs[0].message).toMatch(/^[^.]+\.$/);
      expect(await sent(queued.id)).toBe(0);
    } finally {
      clock.set(new Date().toISOString());
      await worker.close();
    }
  });

  test('a consent of somebody else is none: a request that is corrected to be about another person waits for theirs', async () => {
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const { id } = await caller.verify(requestFor('NWH0010001', consent()));
      const { patientId: former } = (await caller.post(`/v1/verifications/${id}/patient`, {})).body;
      const correct = (patient: object) => caller.post(`/v1/verifications/${id}/information`, { patient });
      const before = await sent(id);
      await correct({ lastName: 'Somebodyelse', birthDate: '1970-12-13' });
      const rested = await caller.rested(id);
      expect([rested.status, rested.needs[0].message]).toEqual([
        'needs_consent',
        expect.stringMatching(/^The consent .* was given by another person, [^.]*\.$/),
      ]);
      expect(await sent(id)).toBe(before);
      expect((await caller.get(`/v1/verifications/${id}/consents`)).body.items[0].revokedHow).toBe('another_person');
      expect((await caller.get(`/v1/patients/${former}`)).body.verifications).toEqual([]);
      const told = async (patientId: string): Promise<number> =>
        (await caller.get(`/v1/patients/${patientId}/disclosures`)).body.items.length;
      const { rows } = await owner.query<{ latter: string }>(
        'SELECT patient_id AS latter FROM verification WHERE id = $1',
        [id],
      );
      const [{ latter } = { latter: '' }] = rows;
      expect([await told(former), await told(latter)]).toEqual([before, 0]);
      await caller.post(`/v1/verifications/${id}/consent`, {
        part2: { signedOn: day(-1), scope: 'treatment_payment_operations' },
      });
      expect((await caller.rested(id)).status).toBe('verified');
    } finally {
      await worker.close();
    }
  });

  test('whom no payer found was mistyped: the consent holds for who it is corrected to be', async () => {
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const { id, status } = await caller.verify(requestFor('NWH0060001', consent()));
      expect(status).toBe('not_found');
      const patient = { lastName: 'Bramblewick', birthDate: '1961-02-03' };
      await caller.post(`/v1/verifications/${id}/information`, { patient });
      expect((await caller.rested(id)).status).toBe('not_found');
    } finally {
      await worker.close();
    }
  });

  test('every inquiry is on the account of disclosures before it is sent, with the notice beside it', async () => {
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    const notices: unknown[] = [];
    const watch = (message: unknown): void => {
      const { request } = message as { request: ClientRequest };
      if (request.path.startsWith('/x12')) notices.push(request.getHeader(noticeHeader));
    };
    subscribe('http.client.request.start', watch);
    try {
      const verified = await caller.verify(requestFor('NWH0010001', consent()));
      const { items } = (await caller.get(`/v1/verifications/${verified.id}/disclosures`)).body;
      expect(items).toHaveLength(await sent(verified.id));
      for (const line of items)
        expect(line).toMatchObject({
          how: 'inquiry',
          basis: 'consent',
          consentId: expect.stringMatching(/^cst_/),
          recipient: { payerId: verified.payer.id, name: verified.payer.name },
          purpose: 'payment',
          notice: 'short',
          what: expect.arrayContaining(['identity', 'insurance', expect.stringMatching(/^service_type_/)]),
        });
      expect(notices.length).toBeGreaterThan(0);
      expect(new Set(notices)).toEqual(new Set([part2ShortNotice]));
    } finally {
      unsubscribe('http.client.request.start', watch);
      await worker.close();
    }
  });

  describe('a call to the payer', () => {
    const phoned = (change: object = {}) =>
      requestFor('x', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-1' }], ...change });
    const call = (change: object = {}): object => ({
      ...{ representative: 'Tamsin Oakhurst', referenceNumber: 'R-1', ...change },
      startedAt: new Date(Date.now() - 20 * 60_000).toISOString(),
      endedAt: new Date(Date.now() - 60_000).toISOString(),
      answers: [{ questionId: 'carved_out:0', value: 'no' }],
    });
    const account = async (id: string): Promise<Body[]> =>
      (await caller.get(`/v1/verifications/${id}/disclosures`)).body.items;
    const refusals = async (id: string): Promise<object[]> => {
      const { rows } = await owner.query<{ detail: object }>(
        `SELECT detail FROM audit_entry WHERE subject_id = $1 AND action = 'disclosure.refused'`,
        [id],
      );
      return rows.map(({ detail }) => detail);
    };

    test('is on the account with the consent that allows it; a correction tells nobody anew, an administrator is one more', async () => {
      const worker = await startWorker(spine.config, spine.log, undefined, clock);
      try {
        const open = await caller.verify(phoned(consent({ scope: 'this_payer' })));
        const { opening } = (await caller.get(`/v1/verifications/${open.id}/call-script`)).body;
        expect(opening[0]).toContain(part2ShortNotice);
        const record = (change: object = {}) => caller.post(`/v1/verifications/${open.id}/calls`, call(change));
        expect((await record()).status).toBe(200);
        const [made] = (await caller.get(`/v1/verifications/${open.id}/calls`)).body.items;
        expect((await record({ amends: made.id })).status).toBe(200);
        const line = {
          ...{ how: 'phone', basis: 'consent', consentId: expect.stringMatching(/^cst_/), purpose: 'payment' },
          ...{
            recipient: { payerId: 'pay_phone', name: expect.any(String) },
            what: ['identity', 'insurance', 'program'],
          },
        };
        expect(await account(open.id)).toEqual([expect.objectContaining(line)]);
        const other = { payer: { name: 'Whoever Behavioral' } };
        expect((await record(other)).body.status).toBe(409);
        expect(await refusals(open.id)).toEqual([expect.objectContaining({ how: 'phone', why: 'no_live_consent' })]);
        const wider = { part2: { signedOn: day(-1), scope: 'treatment_payment_operations' } };
        await caller.post(`/v1/verifications/${open.id}/consent`, wider);
        expect((await record(other)).status).toBe(200);
        expect((await account(open.id))[0]).toMatchObject({ how: 'phone', recipient: { name: 'Whoever Behavioral' } });
        expect((await record({ payer: { id: 'pay_nobody' } })).body.errors[0].pointer).toBe('/payer/id');
      } finally {
        await worker.close();
      }
    });

    test('that no consent allowed is neither kept nor on the account; the trail has it, and the sheet says so before', async () => {
      const { id } = (await caller.post('/v1/verifications', phoned({ consent: undefined }))).body;
      const { opening } = (await caller.get(`/v1/verifications/${id}/call-script`)).body;
      expect(opening[0]).toMatch(/^Do not call .* yet: no consent/);
      const refused = await caller.post(`/v1/verifications/${id}/calls`, call());
      expect(refused.body).toMatchObject({ status: 409, code: 'wrong_state' });
      expect(refused.body.detail).toMatch(/^No consent of the patient [^.]+\.$/);
      expect([await account(id), (await caller.get(`/v1/verifications/${id}/calls`)).body.items]).toEqual([[], []]);
      expect(await refusals(id)).toEqual([expect.objectContaining({ how: 'phone', why: 'no_live_consent' })]);
    });

    test('is held against the consent of its own time: one that was revoked since counts', async () => {
      const { id } = (await caller.post('/v1/verifications', phoned(consent()))).body;
      const [{ id: consentId }] = (await caller.get(`/v1/verifications/${id}/consents`)).body.items;
      await caller.post(`/v1/verifications/${id}/consents/${consentId}/revoke`, {});
      expect((await caller.post(`/v1/verifications/${id}/calls`, call())).status).toBe(200);
      expect(await account(id)).toEqual([expect.objectContaining({ how: 'phone', consentId })]);
      const earlier = { startedAt: new Date(Date.now() - 40 * 86_400_000).toISOString() };
      const refused = await caller.post(`/v1/verifications/${id}/calls`, { ...call(), ...earlier });
      expect(refused.status).toBe(409);
    });

    test('about the treatment of mental health needs none', async () => {
      const admission = { track: 'mh' };
      const { id } = (await caller.post('/v1/verifications', phoned({ admission, consent: undefined }))).body;
      expect((await caller.post(`/v1/verifications/${id}/calls`, call())).status).toBe(200);
      expect(await account(id)).toEqual([expect.objectContaining({ basis: 'treatment_payment_operations' })]);
    });
  });

  test('a facility that does not want it known is asked for under a neutral name, for no substance use', async () => {
    const admin = new TestCaller(spine, await spine.keyFor('admin'));
    const put = await admin.put('/v1/facility/privacy', {
      minimumInquiry: true,
      inquiryName: 'Testwood Group',
      inquiryNpi: '1234567893',
    });
    expect(put.body).toEqual({ minimumInquiry: true, inquiryName: 'Testwood Group', inquiryNpi: '1234567893' });
    expect((await admin.put('/v1/facility/privacy', { minimumInquiry: true, inquiryNpi: '12' })).body.errors).toEqual([
      expect.objectContaining({ pointer: '/inquiryNpi' }),
    ]);
    const worker = await startWorker(spine.config, spine.log, undefined, clock);
    try {
      const verified = await caller.verify(requestFor('NWH0010001', consent()));
      const { rows } = await owner.query<{ types: string[] }>(
        `SELECT array_agg(service_type) AS types FROM inquiry WHERE verification_id = $1`,
        [verified.id],
      );
      expect(rows[0]?.types?.filter((type) => ['AI', 'AJ', 'AK', 'CG', 'CI', 'CJ', '67'].includes(type))).toEqual([]);
      const plain = await caller.post('/v1/verifications?dryRun=true', requestFor('NWH0010001', consent()));
      expect(plain.status).toBe(200);
    } finally {
      await worker.close();
      await admin.put('/v1/facility/privacy', { minimumInquiry: false });
    }
  });
});
