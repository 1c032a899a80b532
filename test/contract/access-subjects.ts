import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { SubjectKind } from '../../apps/api/access-matrix';
import { putPerson, signedIn } from '../setup/people';
import { facilityId, requestFor, type Spine, TestCaller } from '../setup/spine';
import { bodies } from './access-asking';

/** Makes what a route's `:id` names, in the test facility. */
export class Subjects {
  private readonly owner: Client;
  private count = 0;

  constructor(private readonly spine: Spine) {
    this.owner = new Client({ connectionString: spine.database.ownerUrl });
  }

  async open(): Promise<void> {
    await this.owner.connect();
    await putPerson(this.spine, { email: 'maker@testwood.example', role: 'admin' });
  }

  close(): Promise<void> {
    return this.owner.end();
  }

  /** The values of the path's parameters, in order. */
  async make(kind: SubjectKind): Promise<string[]> {
    this.count += 1;
    const makers: Record<SubjectKind, () => Promise<string[]>> = {
      verification: async () => [
        (await new TestCaller(this.spine).post('/v1/verifications', requestFor('NWH0010001'))).body.id,
      ],
      attachment: () => this.attachment(),
      exchange: () => this.exchange(),
      call: () => this.call(),
      consent: () => this.consent(),
      patient: () => this.patient(),
      program: () => this.program(),
      rate: () => this.rate(),
      batch: () => this.batch(),
      person: async () => [await putPerson(this.spine, { email: `nr${this.count}@testwood.example`, role: 'biller' })],
      key: () => this.byAdmin('/v1/keys', { name: 'x', scopes: ['payers:read'] }),
      identity_provider: () => this.provider(),
      emergency_access: () => this.emergency(),
      webhook_endpoint: () => this.webhookEndpoint(),
      webhook_delivery: () => this.webhookDelivery(),
      payer: async () => [(await this.payer())[0] ?? ''],
      connection: () => this.payer(),
    };
    return makers[kind]();
  }

  private async attachment(): Promise<string[]> {
    const [verification = ''] = await this.make('verification');
    await new TestCaller(this.spine)
      .post(`/v1/verifications/${verification}/attachments`)
      .set('Content-Type', 'image/png')
      .send(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    const { rows } = await this.owner.query<{ id: string }>('SELECT id FROM attachment WHERE verification_id = $1', [
      verification,
    ]);
    return [verification, rows[0]?.id ?? ''];
  }

  /** One that waits to be approved. */
  private async call(): Promise<string[]> {
    const [verification = ''] = await this.make('verification');
    const caller = new TestCaller(this.spine);
    const admin = await signedIn(this.spine, 'maker@testwood.example');
    const approval = (isOn: boolean) => admin.send('patch', '/v1/facility/calls', { approval: isOn });
    await approval(true);
    await caller.post(`/v1/verifications/${verification}/calls`, bodies['POST /v1/verifications/:id/calls']);
    await approval(false);
    const { items } = (await caller.get(`/v1/verifications/${verification}/calls`)).body;
    return [verification, items[0].id];
  }

  private async exchange(): Promise<string[]> {
    const [verification = ''] = await this.make('verification');
    const [payer, connection] = await this.payer();
    const id = `inq_${randomBytes(8).toString('hex')}`;
    await this.owner.query(
      `INSERT INTO inquiry (id, facility_id, verification_id, round, request_version, coverage_position, payer_id, connection_id, service_type,
         trace, state, recorded_at) VALUES ($1, $2, $3, 1, 1, 0, $4, $5, '30', $1, 'answered', now())`,
      [id, facilityId, verification, payer, connection],
    );
    return [verification, id];
  }

  private async consent(): Promise<string[]> {
    const caller = new TestCaller(this.spine);
    const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
    const { items } = (await caller.get(`/v1/verifications/${id}/consents`)).body;
    return [id, items[0].id];
  }

  private async patient(): Promise<string[]> {
    const caller = new TestCaller(this.spine);
    const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
    const { patientId } = (await caller.post(`/v1/verifications/${id}/patient`, {})).body;
    // What is under way is not erased.
    await caller.post(`/v1/verifications/${id}/cancel`);
    return [patientId];
  }

  private async program(): Promise<string[]> {
    const id = `prg_${randomBytes(8).toString('hex')}`;
    await this.owner.query(
      `INSERT INTO program (id, facility_id, name, description, plan, on_first_day, created_at)
       SELECT $1, facility_id, name, description, plan, on_first_day, now() FROM program WHERE facility_id = $2 LIMIT 1`,
      [id, facilityId],
    );
    return [id];
  }

  private async rate(): Promise<string[]> {
    const id = `rat_${randomBytes(8).toString('hex')}`;
    await this.owner.query(
      `INSERT INTO rate (id, facility_id, network, code, allowed_cents, source) VALUES ($1, $2, 'in', 'Z0001', 1, 'for the tests')`,
      [id, facilityId],
    );
    return [id];
  }

  private async batch(): Promise<string[]> {
    const response = await new TestCaller(this.spine)
      .post('/v1/verifications/batch', JSON.stringify(requestFor('NWH0010001')), randomUUID())
      .set('Content-Type', 'application/x-ndjson');
    return [String(response.headers.location).split('/').at(-1) ?? ''];
  }

  private async byAdmin(path: string, body: object): Promise<string[]> {
    const admin = await signedIn(this.spine, 'maker@testwood.example');
    return [(await admin.send('post', path, body)).body.id];
  }

  private async provider(): Promise<string[]> {
    const id = `idp_${randomBytes(8).toString('hex')}`;
    await this.owner.query(
      `INSERT INTO identity_provider (id, facility_id, name, issuer, client_id, email_domains, created_at)
       VALUES ($1, $2, 'x', 'https://login.example', 'x', '{}', now())`,
      [id, facilityId],
    );
    return [id];
  }

  private async emergency(): Promise<string[]> {
    const email = `nr${this.count}@testwood.example`;
    await putPerson(this.spine, { email, role: 'ops' });
    const browser = await signedIn(this.spine, email);
    await browser.send('post', '/v1/session/emergency-access', { reason: 'for the tests' });
    return [(await browser.get('/v1/session')).body.emergencyAccess.id];
  }

  private async webhookEndpoint(): Promise<string[]> {
    return this.byAdmin('/v1/webhook-endpoints', { url: 'http://127.0.0.1:1/', recipient: 'Records' });
  }

  private async webhookDelivery(): Promise<string[]> {
    const [endpoint = ''] = await this.webhookEndpoint();
    return [endpoint, ...(await this.byAdmin(`/v1/webhook-endpoints/${endpoint}/test`, {}))];
  }

  private async payer(): Promise<string[]> {
    const id = randomBytes(8).toString('hex');
    const sql = 'INSERT INTO payer (id, name, created_at) VALUES ($1, $1, now())';
    await this.owner.query(sql, [`pay_${id}`]);
    await this.owner.query(
      `INSERT INTO payer_connection (id, payer_id, adapter, payer_reference, endpoint_url, timeout_ms)
       VALUES ($1, $2, 'x12', 'x', 'http://127.0.0.1:1/x12', 5000)`,
      [`con_${id}`, `pay_${id}`],
    );
    return [`pay_${id}`, `con_${id}`];
  }
}
