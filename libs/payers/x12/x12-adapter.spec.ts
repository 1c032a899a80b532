import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulator } from '../../../apps/payer-simulator/simulator';
import { SimulatorDriver } from '../../testing/simulator-driver';
import type { Connection, Inquiry } from '../contract';
import { type AdapterWorld, describeAdapter, type PayerBehavior } from '../contract/suite';
import { x12Adapter } from './x12-adapter';

const faults: Partial<Record<PayerBehavior, { kind: string; [setting: string]: string | number }>> = {
  reset: { kind: 'reset' },
  silent: { kind: 'silent' },
  drip: { kind: 'drip', everyMs: 50 },
  cut_body: { kind: 'cut_body' },
  status_401: { kind: 'status', status: 401 },
  status_429: { kind: 'status', status: 429, retryAfterSeconds: 30 },
  status_500: { kind: 'status', status: 500 },
  status_503: { kind: 'status', status: 503 },
  redirect: { kind: 'redirect' },
  html: { kind: 'html' },
  garbage: { kind: 'garbage' },
  empty: { kind: 'empty' },
  truncated: { kind: 'truncate' },
  gzip_bomb: { kind: 'gzip_bomb' },
  wrong_trace: { kind: 'wrong_trace' },
  other_person: { kind: 'other_person' },
  other_first_name: { kind: 'other_person', part: 'first_name' },
};

async function makeWorld(): Promise<AdapterWorld> {
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const driver = new SimulatorDriver(simulator.url);
  let asked = 0;
  const connection: Connection = {
    id: 'con_simulator',
    adapter: 'x12',
    endpointUrl: `${simulator.url}/x12`,
    settings: { senderId: 'HARBORHOUSE', receiverId: 'SIMULATOR', usageIndicator: 'T' },
    credentials: { username: 'harbor-house', password: 'pass-word-77' },
    timeoutMs: 5_000,
  };
  const inquiry = (): Inquiry => {
    asked += 1;
    return {
      id: `inq_${asked}`,
      trace: `SUITE${asked}`,
      payer: { name: 'Northwind Health Plan', id: 'NW001' },
      provider: { name: 'Harbor House Recovery', npi: '1999999984' },
      subscriber: { firstName: 'Imogen', lastName: 'Marlowe', birthDate: '1988-04-12', memberId: 'NWH0010001' },
      serviceTypes: ['30'],
      serviceDate: '2026-03-02',
    };
  };
  return {
    connection,
    inquiry,
    inquiryAboutDependent: () => ({
      ...inquiry(),
      dependent: { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05', relationship: 'child' },
    }),
    arrange: async (behavior) => {
      await driver.clearFaults();
      await driver.removeAnswer('NWH0010001').catch(() => undefined);
      if (behavior === 'benefits') return connection;
      if (behavior === 'refuse') return { ...connection, endpointUrl: await closedPort() };
      if (behavior === 'rejected') {
        await driver.putAnswer('NWH0010001', rejection);
        return connection;
      }
      if (behavior === 'other_member') {
        await driver.playFault({ kind: 'other_person', part: 'member_id', count: 1 });
        await driver.playFault({ kind: 'other_person', part: 'birth_date', count: 1 });
        return connection;
      }
      const fault = faults[behavior];
      if (fault === undefined) throw new Error(`no such behavior: ${behavior}`);
      await driver.playFault({ ...fault, count: 1 });
      return connection;
    },
    received: async () => (await driver.ledger()).length,
    close: () => simulator.close(),
  };
}

/** A subscriber who is not found, as some payer wrote it. */
const rejection = [
  'ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260301*0800*^*00501*000000001*0*T*:',
  'GS*HB*PAYER*CLINIC*20260301*0800*1*X*005010X279A1',
  'ST*271*0001*005010X279A1',
  'BHT*0022*11*REFERENCE*20260301*0800',
  'HL*1**20*1',
  'NM1*PR*2*NORTHWIND HEALTH PLAN*****PI*NW001',
  'HL*2*1*21*1',
  'NM1*1P*2*CLINIC*****XX*1999999984',
  'HL*3*2*22*0',
  'TRN*2*TRACE*9CLINIC0000',
  'NM1*IL*1*DOE*JANE****MI*XYZ',
  'AAA*N**75*C',
  'SE*11*0001',
  'GE*1*1',
  'IEA*1*000000001',
]
  .map((segment) => `${segment}~`)
  .join('');

async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/x12`;
}

describeAdapter('x12', { adapter: x12Adapter, makeWorld });
