import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { Webhook } from 'standardwebhooks';
import { describeOnBothBackends } from '../setup/backends';
import { Receiver } from '../setup/receiver';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const example = readFileSync(join(process.cwd(), 'apps/cli/examples/answer.271'), 'utf8');
const usedUp = example.replace('EB*C*IND*30***29*600*****Y', 'EB*C*IND*30***29*0*****Y');

describeOnBothBackends('a verification that somebody outside follows', (backend) => {
  let spine: Spine;
  let receiver: Receiver;
  beforeAll(async () => {
    receiver = await Receiver.start();
    spine = await startSpine({ redisUrl: backend.redisUrl(), settings: { WEBHOOK_EVERY_MS: '100' } });
  });
  afterAll(async () => {
    await spine.stop();
    await receiver.stop();
  });

  test('is told of as it is completed, as it needs somebody, and as its benefits change', async () => {
    const caller = new TestCaller(spine);
    const keeper = new TestCaller(spine, await spine.keyFor('ops'));
    const events = ['verification.completed', 'verification.needs_attention', 'verification.benefits_changed'];
    const { secret } = (await keeper.post('/v1/webhook-endpoints', { url: receiver.url, recipient: 'Records', events }))
      .body;
    const payers = new SimulatorDriver(spine.simulator.url);
    await payers.putAnswer('NWH0010401', example);
    const verified = await caller.verify(requestFor('NWH0010401'));
    await receiver.came(1);
    const open = await caller.verify(requestFor('NWH0030001'));
    await receiver.came(2);
    await payers.putAnswer('NWH0010401', usedUp);
    await caller.post(`/v1/verifications/${verified.id}/reverify`);
    await receiver.came(4);
    const told = receiver.received.map(({ body, headers }) => new Webhook(secret).verify(body, headers) as Body);
    expect(told.map(({ type, data: { id, status, round } }) => [type, id, status, round]).sort()).toEqual(
      [
        ['verification.completed', verified.id, 'verified', 1],
        ['verification.needs_attention', open.id, 'needs_call', 1],
        ['verification.benefits_changed', verified.id, 'verified', 2],
        ['verification.completed', verified.id, 'verified', 2],
      ].sort(),
    );
    expect(receiver.received.map(({ body }) => body).join()).not.toMatch(/Marlow|Quillfeather|NWH00|1988-03-14/);
    const link: string = told[0]?.data.links.self;
    expect((await caller.get(link)).body.status).toBe('verified');
  });
});
