import request from 'supertest';
import { describeOnBothBackends } from '../setup/backends';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const token = 'metrics-token-of-the-tests';

/** What operations see of a running installation, wherever its queue lives. */
describeOnBothBackends('seen by operations', (backend) => {
  let spine: Spine;
  let caller: TestCaller;
  beforeAll(async () => {
    spine = await startSpine({
      redisUrl: backend.redisUrl(),
      settings: { METRICS_TOKEN: token, CANARY_EVERY_MS: '300', CANARY_LATE_MS: '1500' },
    });
    caller = new TestCaller(spine);
  });
  afterAll(() => spine.stop());

  test('readiness is shown by jobs that came out of every lane', async () => {
    const ready = await request(spine.api.getHttpServer()).get('/health/ready');
    expect(ready.body).toMatchObject({ status: 'ok', checks: { database: 'ok', queue: 'ok' } });
    expect(ready.body.canary.map((one: { lane: string; state: string }) => [one.lane, one.state])).toEqual([
      ['caller_waiting', 'ok'],
      ['today', 'ok'],
      ['routine', 'ok'],
    ]);
  });

  test('verify', async () => {
    const shown = await caller.verify(requestFor('NWH0010001'));
    expect(shown.status).toBe('verified');
  });
});
