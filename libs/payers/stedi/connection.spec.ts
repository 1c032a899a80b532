import type { Connection } from '../contract';
import { connectionFaults, readConnection } from './connection';

function connection(changes: Partial<Connection> = {}): Connection {
  return {
    id: 'con_1',
    adapter: 'stedi',
    endpointUrl: 'https://healthcare.us.stedi.com',
    settings: {},
    credentials: { apiKey: 'live-key' },
    timeoutMs: 60_000,
    ...changes,
  };
}

describe('a connection to Stedi', () => {
  it('needs nothing but the address and a key', () => {
    expect(connectionFaults(connection())).toEqual([]);
    expect(readConnection(connection())).toEqual({
      url: 'https://healthcare.us.stedi.com/2024-04-01/change/medicalnetwork/eligibility/v3',
      endpoint: 'v3',
      testMode: false,
      apiKey: 'live-key',
      timeoutMs: 60_000,
    });
  });

  it('takes the redesigned endpoint and test mode', () => {
    const given = connection({
      endpointUrl: 'https://healthcare.us.stedi.com/',
      settings: { endpoint: '2026-06-01', testMode: 'true' },
      credentials: { apiKey: 'test_key' },
    });
    expect(connectionFaults(given)).toEqual([]);
    expect(readConnection(given)).toMatchObject({
      url: 'https://healthcare.us.stedi.com/2026-06-01/eligibility-check',
      testMode: true,
    });
  });

  it('takes the provider’s password for the portal of a payer that asks for one', () => {
    const given = connection({ credentials: { apiKey: 'live-key', portalPassword: '123456' } });
    expect(connectionFaults(given)).toEqual([]);
    expect(readConnection(given).portalPassword).toBe('123456');
  });

  it.each([
    ['settings.endpoint', connection({ settings: { endpoint: 'v4' } })],
    ['settings.testMode', connection({ settings: { testMode: 'yes' } })],
    ['credentials.apiKey', connection({ credentials: {} })],
    ['credentials.apiKey', connection({ credentials: { apiKey: 'Key secret' } })],
    ['credentials.apiKey', connection({ credentials: { apiKey: 'secret\r\nx: y' } })],
    ['credentials.apiKey', connection({ credentials: { apiKey: 'test_secret' } })],
    ['credentials.apiKey', connection({ settings: { testMode: 'true' } })],
    ['credentials.portalPassword', connection({ credentials: { apiKey: 'k', portalPassword: 'secret'.repeat(9) } })],
    ['credentials.portalPassword', connection({ credentials: { apiKey: 'k', portalPassword: 'secret\n' } })],
    [
      'credentials.portalPassword',
      connection({ settings: { endpoint: '2026-06-01' }, credentials: { apiKey: 'k', portalPassword: 'secret' } }),
    ],
    ['endpointUrl', connection({ endpointUrl: 'http://healthcare.us.stedi.com' })],
    ['endpointUrl', connection({ endpointUrl: 'https://healthcare.us.stedi.com/2024-04-01' })],
    ['endpointUrl', connection({ endpointUrl: 'https://healthcare.us.stedi.com/?key=secret' })],
    ['endpointUrl', connection({ endpointUrl: 'stedi' })],
    ['timeoutMs', connection({ timeoutMs: Number.NaN })],
  ])('names %s when it is wrong, and the remedy', (setting, faulty) => {
    const faults = connectionFaults(faulty);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${setting}.*: .{10,}`));
    expect(faults[0]).not.toContain('secret');
  });
});
