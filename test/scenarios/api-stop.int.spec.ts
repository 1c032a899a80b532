import { requestFor, startSpine, TestCaller } from '../setup/spine';

test('an API that has to stop ends what would stay open: who follows comes back, who waits gets what there is', async () => {
  const spine = await startSpine({ redisUrl: undefined, withWorker: false });
  await spine.api.listen(0, '127.0.0.1');
  const { id } = (await new TestCaller(spine).post('/v1/verifications', requestFor('NWH0010001'))).body;
  const origin = await spine.api.getUrl();
  const open = (path: string): Promise<Response> =>
    fetch(`${origin}/v1/verifications/${path}`, { headers: { authorization: `Bearer ${spine.apiKey}` } });
  const waits = open(`${id}?wait=20`);
  const follows = await Promise.all([open('events'), open(`${id}/events`)]);
  const heard = follows.map((response) => response.text());
  await spine.stop();
  expect((await Promise.all(heard)).map((text) => text.includes('event: '))).toEqual([true, true]);
  expect(await (await waits).json()).toMatchObject({ id });
});
