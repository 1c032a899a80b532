import { stediAdapter } from '@openvob/payers/stedi';
import { x12Adapter } from '@openvob/payers/x12';
import { type RunningSimulator, startSimulator } from '../../apps/payer-simulator/simulator';
import { mockChecks } from '../../apps/payer-simulator/stedi/mock-checks';
import { askAll, needed, sandboxInquiry } from './ask.sandbox';
import { addressFrom, connectionTo, mockRequests } from './stedi';
import { connectionFrom, inquiryFrom } from './x12';

describe('asking a vendor’s test system', () => {
  let simulator: RunningSimulator;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  });

  afterAll(() => simulator.close());

  it('refuses without a key, naming the variable', () => {
    expect(() => needed(['STEDI_API_KEY'], {})).toThrow('Nothing is sent: set STEDI_API_KEY.');
    expect(() => connectionFrom({ X12_SANDBOX_URL: 'https://core.example' })).toThrow(
      'Nothing is sent: set X12_SANDBOX_SENDER_ID and X12_SANDBOX_RECEIVER_ID.',
    );
  });

  it('refuses a production key before anything is sent', async () => {
    await expect(askAll(stediAdapter, connectionTo('v3', 'live-key'), [])).rejects.toThrow('credentials.apiKey');
  });

  it.each(['v3', '2026-06-01'])('tells case by case what came: Stedi, %s', async (endpoint) => {
    const cases = mockChecks.map(({ title, payerId, subscriber, dependent }) => ({
      title,
      inquiry: sandboxInquiry({
        payer: { name: title, id: payerId },
        subscriber,
        ...(dependent === undefined ? {} : { dependent: { ...dependent, relationship: 'child' as const } }),
      }),
      expected: title.startsWith('Rejected') ? 'rejected 73' : 'benefits',
    }));
    const connection = connectionTo(endpoint, 'test_key', `${simulator.url}/stedi`);
    const rows = await askAll(stediAdapter, connection, cases);
    expect(rows.map(({ what, against, pass }) => [what, against, pass])).toEqual(
      cases.map(({ title, expected }) => [title, expected, true]),
    );
  });

  it.each(['v3', '2026-06-01'])(
    'can be tried against the simulator with what the vendor publishes: %s',
    async (endpoint) => {
      const address = addressFrom({ STEDI_SANDBOX_URL: `${simulator.url}/stedi` });
      const rows = await askAll(stediAdapter, connectionTo(endpoint, 'test_key', address), mockRequests);
      expect(rows.map(({ what, against, pass }) => [what, against, pass])).toEqual(
        mockRequests.map(({ title, expected }) => [title, expected, true]),
      );
    },
  );

  it('asks the vendor where no other address is given', () => {
    expect(addressFrom({})).toBe('https://healthcare.us.stedi.com');
  });

  it.each(['', 'mime', 'plain'])('tells what came over X12 «%s», also when it is something else', async (envelope) => {
    const env = {
      X12_SANDBOX_URL: `${simulator.url}/x12`,
      X12_SANDBOX_SENDER_ID: 'HARBORHOUSE',
      X12_SANDBOX_RECEIVER_ID: 'SIMULATOR',
      X12_SANDBOX_USERNAME: 'harbor',
      X12_SANDBOX_PASSWORD: 'house',
      X12_SANDBOX_ENVELOPE: envelope,
    };
    const ask = (member: string) =>
      askAll(x12Adapter, connectionFrom(env), [
        { title: 'a test member', inquiry: inquiryFrom({ X12_SANDBOX_MEMBER: member }), expected: 'benefits' },
      ]);
    expect(await ask('NW001 NWH0010001 Imogen Marlowe 1988-04-12')).toMatchObject([
      { against: 'benefits', pass: true },
    ]);
    expect(await ask('NW001 NWH0060001 Imogen Marlowe 1988-04-12')).toMatchObject([
      { against: 'rejected 75', pass: false },
    ]);
  });

  it('names a member that is not told in full', () => {
    expect(() => inquiryFrom({ X12_SANDBOX_MEMBER: 'NW001 NWH0010001' })).toThrow('X12_SANDBOX_MEMBER');
    expect(inquiryFrom({}).payer.id).toBe('60054');
  });
});
