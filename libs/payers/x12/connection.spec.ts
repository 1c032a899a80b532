import type { Connection } from '../contract';
import { connectionFaults, readConnection } from './connection';

function connection(changes: Partial<Connection> = {}): Connection {
  return {
    id: 'con_1',
    adapter: 'x12',
    endpointUrl: 'https://payer.example/core',
    settings: { senderId: 'HARBOR-HOUSE', receiverId: 'PAYER' },
    credentials: {},
    timeoutMs: 20_000,
    ...changes,
  };
}

function withSettings(settings: Record<string, string>): Connection {
  return connection({ settings: { senderId: 'HARBOR-HOUSE', receiverId: 'PAYER', ...settings } });
}

describe('a connection over X12', () => {
  it('needs nothing but an endpoint and two ids', () => {
    expect(connectionFaults(connection())).toEqual([]);
    expect(readConnection(connection())).toEqual({
      endpointUrl: 'https://payer.example/core',
      timeoutMs: 20_000,
      envelope: 'soap',
      sender: { qualifier: 'ZZ', id: 'HARBOR-HOUSE' },
      receiver: { qualifier: 'ZZ', id: 'PAYER' },
      usage: 'P',
      originator: '9HARBORHOU',
      coreSender: 'HARBOR-HOUSE',
      coreReceiver: 'PAYER',
    });
  });

  it('takes every setting that is given', () => {
    const given = withSettings({
      envelope: 'mime',
      senderQualifier: '30',
      receiverQualifier: '01',
      groupSenderId: 'GROUP1',
      groupReceiverId: 'GROUP2',
      coreSenderId: 'CORE1',
      coreReceiverId: 'CORE2',
      usageIndicator: 'T',
      originator: '1123456789',
      payerIdQualifier: 'XV',
    });
    expect(connectionFaults(given)).toEqual([]);
    expect(readConnection({ ...given, credentials: { username: 'u', password: 'p' } })).toMatchObject({
      envelope: 'mime',
      sender: { qualifier: '30', id: 'HARBOR-HOUSE' },
      receiver: { qualifier: '01', id: 'PAYER' },
      groupSender: 'GROUP1',
      groupReceiver: 'GROUP2',
      usage: 'T',
      originator: '1123456789',
      payerIdQualifier: 'XV',
      coreSender: 'CORE1',
      coreReceiver: 'CORE2',
      login: { username: 'u', password: 'p' },
    });
  });

  it.each([
    ['settings.senderId', withSettings({ senderId: '' })],
    ['settings.senderId', withSettings({ senderId: 'LONGERTHANFIFTEEN' })],
    ['settings.receiverId', withSettings({ receiverId: 'A*B' })],
    ['settings.senderQualifier', withSettings({ senderQualifier: 'ZZZ' })],
    ['settings.envelope', withSettings({ envelope: 'SOAP 1.2' })],
    ['settings.usageIndicator', withSettings({ usageIndicator: 'X' })],
    ['settings.originator', withSettings({ originator: '12345' })],
    ['settings.payerIdQualifier', withSettings({ payerIdQualifier: 'MI' })],
    ['endpointUrl', connection({ endpointUrl: 'payer.example' })],
    ['endpointUrl', connection({ endpointUrl: 'http://payer.example/core' })],
    ['endpointUrl', connection({ endpointUrl: 'https://user:secret@payer.example/core' })],
    ['credentials.username', connection({ credentials: { username: 'u' } })],
    ['credentials.username', connection({ credentials: { password: 'p' } })],
    ['timeoutMs', connection({ timeoutMs: 0 })],
  ])('names %s when it is wrong, and the remedy', (setting, faulty) => {
    const faults = connectionFaults(faulty);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${setting}.*: .{10,}`));
    expect(faults[0]).not.toContain('secret');
  });

  it('may go over plain HTTP on this machine, and to another one only when that is allowed', () => {
    expect(connectionFaults(connection({ endpointUrl: 'http://127.0.0.1:3900/x12' }))).toEqual([]);
    const endpointUrl = 'http://payer-simulator:3900/x12';
    const { settings } = withSettings({ insecureHttp: 'allow' });
    expect(connectionFaults(connection({ endpointUrl }))).toHaveLength(1);
    expect(connectionFaults(connection({ endpointUrl, settings }))).toEqual([]);
  });
});
