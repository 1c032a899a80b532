import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection, Inquiry } from '../contract';
import { type AdapterWorld, describeAdapter } from '../contract/suite';
import { connectionFaults } from './connection';
import { manualAdapter } from './manual-adapter';

const byPhone: Connection = {
  id: 'con_phone',
  adapter: 'manual',
  endpointUrl: 'tel:+15550199',
  settings: { behavioralHealthPhone: '+1 555 0142', hours: 'Mon-Fri 08:00-18:00', timeZone: 'America/New_York' },
  credentials: {},
  timeoutMs: 20_000,
};

let serial = 0;

function inquiry(): Inquiry {
  serial += 1;
  return {
    id: `inq_${serial}`,
    trace: `TRACE${serial}`,
    payer: { name: 'Paper and Phone Assurance', id: 'PPA' },
    provider: { name: 'Testwood Recovery', npi: '1999999984' },
    subscriber: { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '1988-03-14', memberId: `PPA${serial}` },
    serviceTypes: ['30'],
    serviceDate: '2026-03-02',
  };
}

/** A portal that counts whoever comes: nobody may. */
async function makeWorld(): Promise<AdapterWorld> {
  let received = 0;
  const portal = createServer((_request, response) => {
    received += 1;
    response.end();
  });
  await new Promise<void>((listening) => portal.listen(0, '127.0.0.1', listening));
  const { port } = portal.address() as AddressInfo;
  const connection = { ...byPhone, settings: { ...byPhone.settings, portalUrl: `https://127.0.0.1:${port}/` } };
  return {
    connection,
    inquiry,
    inquiryAboutDependent: () => ({ ...inquiry(), dependent: { firstName: 'Odile', relationship: 'child' } }),
    arrange: async () => connection,
    received: async () => received,
    close: () => new Promise<void>((closed) => portal.close(() => closed())),
  };
}

describeAdapter('manual', { adapter: manualAdapter, makeWorld });

describe('a connection by hand', () => {
  it.each([
    [{}, []],
    [{ endpointUrl: 'https://portal.example/providers' }, []],
    [{ endpointUrl: 'http://portal.example' }, ['endpointUrl']],
    [{ endpointUrl: '' }, ['endpointUrl']],
    [{ settings: { phone: 'call us' } }, ['settings.phone']],
    [{ settings: { timeZone: 'five o’clock' } }, ['settings.timeZone']],
    [{ settings: { portalUrl: 'portal' } }, ['settings.portalUrl']],
    [{ settings: { fax: '555' } }, ['settings.fax']],
  ])('%j is faulty at %j', (change, places) => {
    const faults = connectionFaults({ ...byPhone, ...(change as Partial<Connection>) });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(places);
  });
});
