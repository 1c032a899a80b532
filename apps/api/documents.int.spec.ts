import { FieldCipher } from '@openvob/platform';
import { documentPolicy, type Letterhead } from '@openvob/results/documents';
import { Database, Letterheads } from '@openvob/store';
import type { Response } from 'supertest';
import { type PdfFacts, pdfFacts } from '../../test/setup/pdf-facts';
import { facilityId, requestFor, type Spine, startSpine, TestCaller, usualStart } from '../../test/setup/spine';

const letterhead: Letterhead = {
  address: { street: '12 Elm Street', city: 'Albany', state: 'NY', postalCode: '12207' },
  phone: '555-0123',
  tin: '12-3456789',
};
const request = () => requestFor('NWH0010001');

describe('documents of a verification', () => {
  let spine: Spine;
  let caller: TestCaller;
  let id: string;

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    id = (await caller.verify(request())).id;
  });
  afterAll(() => spine.stop());

  const get = (query: string, from = caller, of = id) =>
    from.get(`/v1/verifications/${of}/document?${query}`).buffer(true).parse(bytesOf);

  it('come as HTML that runs and loads nothing, under a name that tells nothing of the patient', async () => {
    const { status, headers, body } = await get('kind=summary&format=html');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      'content-disposition': `inline; filename="summary-${id}.html"`,
      'content-security-policy': documentPolicy,
      'cache-control': 'no-store',
    });
    const html = body.toString();
    for (const part of ['Marlow Quillfeather', 'March 14, 1988', 'NWH0010001', '20 %', '40 %', 'segment ', 'tests', id])
      expect(html).toContain(part);
    expect(html).toContain('This record which has been disclosed to you');
  });

  it('come as tagged PDF, also where nothing is asked for but a document', async () => {
    const answers = [
      await caller.get(`/v1/verifications/${id}/document`).buffer(true).parse(bytesOf),
      await get('kind=patient_estimate&language=es&print=large&format=pdf'),
    ];
    for (const { headers } of answers) expect(headers['content-type']).toBe('application/pdf');
    const [summary, estimate] = pdfFacts(...answers.map(({ body }) => body)) as [PdfFacts, PdfFacts];
    expect(summary).toMatchObject({ title: 'Verification of benefits', language: 'en', part: '1' });
    expect(estimate).toMatchObject({ title: 'Cuánto puede costar su cuidado', language: 'es', part: '1' });
    expect(estimate.text).toContain('Northwind Health Plan');
  });

  it.each([
    ['text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'kind=summary', 'text/html; charset=utf-8'],
    ['application/pdf', 'kind=summary', 'application/pdf'],
    ['text/html', 'kind=summary&format=pdf', 'application/pdf'],
  ])('of Accept: %s with %s are %s', async (accept, query, type) => {
    expect((await get(query).set('Accept', accept)).headers['content-type']).toBe(type);
  });

  it.each(['kind=letter', 'to=everybody', 'language=fr', 'format=docx', 'print=huge', 'kind=summary&kind=summary'])(
    'are refused for %s',
    async (query) => {
      const { status, body } = await caller.get(`/v1/verifications/${id}/document?${query}`);
      expect([status, body.code]).toEqual([400, 'malformed_request']);
    },
  );

  it('are for the roles that hand them out, and of the own facility', async () => {
    for (const role of ['auditor', 'ops'] as const)
      expect((await get('kind=summary', new TestCaller(spine, await spine.keyFor(role)))).status).toBe(403);
    const elsewhere = new TestCaller(spine, await spine.keyFor('admin', 'fac_elsewhere'));
    expect((await get('kind=summary', elsewhere)).status).toBe(404);
    expect((await get('kind=summary', caller, 'ver_none')).status).toBe(404);
  });

  it('stand in the trail as disclosures, with no word of what they say', async () => {
    await get('kind=patient_estimate&format=html&language=es');
    const { body } = await caller.get(`/v1/verifications/${id}/history`);
    const lines = body.items.filter(({ what }: { what: string }) => what === 'document.disclosed');
    expect(lines.at(-1)?.detail).toEqual({
      kind: 'patient_estimate',
      format: 'html',
      language: 'es',
      to: 'patient',
      round: 1,
      consented: true,
    });
    expect(JSON.stringify(lines)).not.toMatch(/Quillfeather|NWH001/);
  });

  it('stand on the account of disclosures with whom they were for, on what ground, and the notice', async () => {
    const account = async (of: string) => (await caller.get(`/v1/verifications/${of}/disclosures`)).body.items;
    const fresh = await caller.verify(request());
    const consents = (await caller.get(`/v1/verifications/${fresh.id}/consents`)).body.items;
    const [{ id: consentId }] = consents;
    for (const query of ['kind=summary', 'kind=patient_estimate', 'kind=summary&to=payer'])
      expect((await get(`${query}&format=html`, caller, fresh.id)).status).toBe(200);
    expect((await account(fresh.id)).filter(({ how }: { how: string }) => how === 'document')).toMatchObject([
      { basis: 'consent', consentId, recipient: { payerId: fresh.payer.id }, purpose: 'payment', notice: 'full' },
      { basis: 'patient_request', recipient: { name: 'the patient' }, purpose: 'access', notice: 'full' },
      { basis: 'consent', consentId, recipient: { name: 'the chart' }, purpose: 'operations', notice: 'full' },
    ]);
    await caller.post(`/v1/verifications/${fresh.id}/consents/${consentId}/revoke`, {});
    const before = (await account(fresh.id)).length;
    const refused = await caller.get(`/v1/verifications/${fresh.id}/document?kind=summary&format=html&to=payer`);
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      expect.stringMatching(/^The patient has given [^.]*\.$/),
    ]);
    expect((await account(fresh.id)).length).toBe(before);
    const { items } = (await caller.get(`/v1/verifications/${fresh.id}/history`)).body;
    expect(items.find(({ what }: { what: string }) => what === 'disclosure.refused')?.detail).toMatchObject({
      to: 'payer',
    });
  });

  it('are not there before there is something to write, and that leaves no disclosure', async () => {
    const waiting = await caller.verify({ ...request(), consent: undefined });
    expect(waiting.status).toBe('needs_consent');
    for (const kind of ['summary', 'patient_estimate'])
      expect((await caller.get(`/v1/verifications/${waiting.id}/document?kind=${kind}`)).body).toMatchObject({
        status: 409,
        code: 'wrong_state',
      });
    const { body } = await caller.get(`/v1/verifications/${waiting.id}/history`);
    expect(body.items.map(({ what }: { what: string }) => what)).not.toContain('document.disclosed');
  });

  it('of a member who was not found tell so, and can still be a Good Faith Estimate', async () => {
    const admin = new TestCaller(spine, await spine.keyFor('admin'));
    const { id: unknown, status } = await caller.verify(requestFor('NWH0060001'));
    expect(status).toBe('not_found');
    expect((await get('kind=summary&format=html', caller, unknown)).body.toString()).toContain('member not found');
    const refused = await caller.get(`/v1/verifications/${unknown}/document?kind=good_faith_estimate`);
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('/v1/facility/letterhead')]);
    const set = await put(admin, letterhead);
    expect([set.status, set.body]).toEqual([200, letterhead]);
    const html = (await get('kind=good_faith_estimate&format=html', caller, unknown)).body.toString();
    for (const part of ['$295.00', '12-3456789', '12 Elm Street, Albany, NY 12207', '1999999984', '$400'])
      expect(html).toContain(part);
    expect(html).toContain(longDate(usualStart()));
  });

  it('take diagnosis codes for a Good Faith Estimate, and refuse what is none', async () => {
    const ask = (diagnosisCodes: unknown) =>
      caller.post(`/v1/verifications/${id}/document`, { format: 'html', diagnosisCodes }).buffer(true).parse(bytesOf);
    const { status, body } = await ask(['f1020', 'F41.1']);
    expect([status, body.toString()]).toEqual([200, expect.stringContaining('F10.20, F41.1')]);
    for (const codes of [['90837'], ['F'], 'F10.20', Array(13).fill('F10.20')])
      expect((await ask(codes)).status).toBe(422);
  });

  it('take their letterhead from an administrator alone, checked field by field, and the trail names the fields', async () => {
    const admin = new TestCaller(spine, await spine.keyFor('admin'));
    expect((await put(caller, letterhead)).status).toBe(403);
    const refused = await put(admin, { ...letterhead, tin: '1', fax: '1', address: { city: 'Albany', state: 'ny' } });
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/address/postalCode',
      '/address/state',
      '/address/street',
      '/fax',
      '/tin',
    ]);
    await put(admin, { ...letterhead, hours: '9 to 5', sentences: { es: { patientEstimate: ['Hablamos español.'] } } });
    expect((await caller.get('/v1/facility/letterhead')).body.hours).toBe('9 to 5');
    const spanish = (await get('kind=patient_estimate&language=es&format=html')).body.toString();
    expect(spanish).toContain('Hablamos español.');
    expect(spanish).toContain('Llame al 555-0123 (9 to 5).');
    const trail = (await admin.get('/v1/audit?action=letterhead.changed')).text;
    expect(trail).toContain('hours,sentences');
    expect(trail).not.toContain('12-3456789');
  });

  it('keep a letterhead encrypted, each facility its own', async () => {
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 1 });
    const letterheads = new Letterheads(database, new FieldCipher(spine.config.keyRing));
    expect(await letterheads.get('fac_elsewhere')).toBeUndefined();
    const rows = await database.inFacility(facilityId, ({ manager }) =>
      manager.query<{ content: Buffer }[]>('SELECT content FROM facility_letterhead'),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.content.toString('latin1')).not.toContain('Elm Street');
    await database.close();
  });

  function put(by: TestCaller, body: object) {
    return by.put('/v1/facility/letterhead', body);
  }
});

function bytesOf(response: Response, done: (error: Error | null, body: Buffer) => void): void {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer) => chunks.push(chunk));
  response.on('end', () => done(null, Buffer.concat(chunks)));
}

function longDate(date: string): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });
}
