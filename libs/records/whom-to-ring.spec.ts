import type { PayerRecord } from '@openvob/payers/directory';
import type { DirectoryPayer, PayerConnection, ToCall } from '@openvob/verification';
import { contactsOf, type RingParts } from './whom-to-ring';

const now = new Date('2026-03-02T15:00:00Z');
const lantern: DirectoryPayer = { id: 'pay_lantern', name: 'Lantern Behavioral Network', phone: '555-010-7000' };
const plan: ToCall = {
  name: 'Northwind',
  payerId: 'pay_northwind',
  because: 'requested',
  behavioralHealth: 'elsewhere',
};

function parts({
  record,
  connections = [],
}: {
  record?: Partial<PayerRecord>;
  connections?: object[];
} = {}): RingParts {
  const kept = {
    ...lantern,
    aliases: [],
    memberIdPrefixes: [],
    states: [],
    identifiers: [],
    phones: [],
    administrators: [],
  };
  return {
    directory: {
      byId: async (id) => (id === lantern.id ? lantern : undefined),
      byName: async (name) =>
        name === 'LANTERN BEHAVIORAL NETWORK' ? { exact: lantern, candidates: [] } : { candidates: [] },
      administratorsOf: async () => [],
      connectionsOf: async () => connections as PayerConnection[],
    },
    payerFacts: { read: async () => ({ record: { ...kept, ...record }, createdAt: now, updatedAt: now }) },
    adapters: new Map(),
  };
}

const held = (name: string, phone?: string): ToCall => ({
  name,
  because: 'carve_out',
  of: 'Northwind',
  ...(phone ? { told: { phone, by: 'Northwind', source: { segment: 17 } } } : {}),
});

describe('whom to ring', () => {
  test('is the administrator by the directory’s number where the answer gave none', async () => {
    const [first, second] = await contactsOf(parts(), [held('LANTERN BEHAVIORAL NETWORK'), plan], now);
    expect(first).toMatchObject({
      payer: { id: 'pay_lantern', name: 'Lantern Behavioral Network' },
      ringFor: expect.stringContaining('behavioral health of Northwind'),
      phones: [{ label: 'main', number: '555-010-7000' }],
    });
    expect(second).toMatchObject({
      payer: { id: 'pay_northwind' },
      ringFor: expect.stringContaining('the plan itself'),
    });
  });

  test('has the number of the answer ahead of those of the directory, each line once', async () => {
    const phones = [
      {
        purpose: 'authorization',
        number: '555-010-7002',
        source: 'https://lantern.example/contact',
        asOf: '2026-01-05',
      },
      {
        purpose: 'eligibility',
        number: '(555) 010-7007',
        hours: { timeZone: 'America/Chicago', open: [{ days: ['mon'], from: '10:00', to: '12:00' }] },
      },
    ] as const;
    const [contact] = await contactsOf(
      parts({ record: { phones } }),
      [held('LANTERN BEHAVIORAL NETWORK', '5550107007')],
      now,
    );
    expect(contact?.phones).toEqual([
      {
        label: 'behavioral health',
        number: '5550107007',
        source: 'Northwind’s answer, segment 17',
        hours: 'Mon 10:00-12:00',
        timeZone: 'America/Chicago',
        isOpenNow: false,
      },
      { label: 'authorization', number: '555-010-7002', source: 'https://lantern.example/contact, 2026-01-05' },
    ]);
  });

  test('names somebody whom the directory does not know, and no number that is none', async () => {
    const hostile = held('SOMEBODY\u0000\u202e\nBEHAVIORAL', '555-010-7007<script>alert(1)</script>');
    expect(await contactsOf(parts(), [hostile], now)).toEqual([
      { payer: { name: 'SOMEBODY BEHAVIORAL' }, phones: [], ringFor: expect.any(String) },
    ]);
  });

  test('names everybody once', async () => {
    const twice = [
      held('LANTERN BEHAVIORAL NETWORK'),
      { name: 'Lantern', payerId: 'pay_lantern', because: 'requested' } as const,
    ];
    expect(await contactsOf(parts(), twice, now)).toHaveLength(1);
  });

  test('knows the portal of a connection by hand that is nothing but one', async () => {
    const connections = [{ adapter: 'manual', endpointUrl: 'https://portal.example/', settings: {} }];
    const [contact] = await contactsOf(parts({ connections }), [held('LANTERN BEHAVIORAL NETWORK')], now);
    expect(contact).toMatchObject({ portal: 'https://portal.example/', phones: [{ number: '555-010-7000' }] });
  });

  test('says so of a number that somebody was told by phone', async () => {
    const call = { id: 'cal_1', date: '2026-03-01', representative: 'Tamsin', reference: 'REF-1' };
    const told = { phone: '555-010-7009', by: 'Northwind', source: { call } };
    const [contact] = await contactsOf(parts(), [{ ...held('Somebody'), told }], now);
    expect(contact?.phones).toEqual([
      {
        label: 'behavioral health',
        number: '555-010-7009',
        source: 'Northwind by phone on 2026-03-01, reference REF-1',
      },
    ]);
  });
});
