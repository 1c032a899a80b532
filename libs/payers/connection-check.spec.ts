import { type CheckedConnection, connectionDefaults, faultsOfConnection } from './connection-check';
import { adapters } from './index';

const good: CheckedConnection = {
  id: 'con_test',
  adapter: 'x12',
  payerReference: 'NW001',
  endpointUrl: 'https://payer.example/core',
  settings: { senderId: 'TESTS', receiverId: 'NW001' },
  credentials: {},
  timeoutMs: 20_000,
};

describe('a connection', () => {
  test('that is set up rightly has no faults', () => {
    expect(
      faultsOfConnection(
        { ...good, serviceTypes: ['30', 'MH', 'A6'], maxInFlight: 5, perMinute: 60, costCents: 0 },
        adapters,
      ),
    ).toEqual([]);
  });

  test.each([
    [{ adapter: 'fax' }, /^adapter: must be one of x12, stedi/],
    [{ payerReference: '' }, /^payerReference: /],
    [{ payerReference: 'a~b' }, /^payerReference: /],
    [{ timeoutMs: 999 }, /^timeoutMs: /],
    [{ timeoutMs: 110_001 }, /^timeoutMs: /],
    [{ maxInFlight: 0 }, /^maxInFlight: /],
    [{ perMinute: 0.5 }, /^perMinute: /],
    [{ costCents: -1 }, /^costCents: /],
    [{ serviceTypes: ['30', 'IOP'] }, /^serviceTypes: IOP /],
    [{ settings: { receiverId: 'NW001' } }, /^settings.senderId: /],
    [{ endpointUrl: 'http://payer.example' }, /^endpointUrl: /],
  ])('is told what is wrong with %j', (change, fault) => {
    expect(faultsOfConnection({ ...good, ...change }, adapters)).toEqual([expect.stringMatching(fault)]);
  });

  test('takes its protocol’s limits where it leaves them open', () => {
    expect(connectionDefaults(adapters.get('stedi'))).toEqual({ maxInFlight: 50, timeoutMs: 70_000 });
    expect(connectionDefaults(adapters.get('x12'))).toEqual({ maxInFlight: 10, timeoutMs: 60_000 });
  });
});
