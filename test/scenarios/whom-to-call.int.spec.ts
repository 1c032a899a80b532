import { FieldCipher } from '@openvob/platform';
import { Database, PayerEdits, StoredPayerDirectory } from '@openvob/store';
import { type Body, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const alwaysOpen = { days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' } as const;

describe('whom to call', () => {
  let spine: Spine;
  let caller: TestCaller;
  let database: Database;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    database = await Database.open({ url: spine.config.databaseUrl, poolSize: 2 });
  });
  afterAll(async () => {
    await database.close();
    await spine.stop();
  });

  const scriptOf = async (id: string): Promise<Body> => (await caller.get(`/v1/verifications/${id}/call-script`)).body;
  const printed = async (id: string): Promise<string> =>
    (await caller.get(`/v1/verifications/${id}/call-script?format=text`)).text;

  test('is the administrator first, with the number that the answer gave, where it did not answer', async () => {
    const shown = await caller.verify(requestFor('NWH0140001'));
    expect(shown.needs[0].message).toContain('5550107007');
    const { contacts } = await scriptOf(shown.id);
    expect(contacts).toMatchObject([
      {
        payer: { id: 'pay_demo_lantern', name: 'Lantern Behavioral Network' },
        ringFor: expect.stringContaining('behavioral health of Northwind Health Plan'),
        phones: [
          {
            label: 'behavioral health',
            number: '5550107007',
            source: expect.stringMatching(/^Northwind Health Plan’s answer, segment \d+$/),
          },
        ],
      },
      { payer: { id: 'pay_demo_northwind' }, ringFor: expect.stringContaining('the plan itself') },
    ]);
    expect(await printed(shown.id)).toMatch(
      /Lantern Behavioral Network: behavioral health 5550107007 \(North.*\nNorth/s,
    );
  });

  test('is the administrator first where it answered, with the number that the plan’s answer gave', async () => {
    const shown = await caller.verify(requestFor('MFT1010001'));
    const { contacts } = await scriptOf(shown.id);
    expect(contacts.map(({ payer }: Body) => payer.name)).toEqual([
      'Driftmere Behavioral Administrators',
      'Maplefen Employers Trust',
    ]);
    const source = expect.stringMatching(/^Maplefen Employers Trust’s answer/);
    expect(contacts[0].phones).toEqual([{ label: 'behavioral health', number: '5550107011', source }]);
  });

  test('is the first one of a circle, of whom to ask who holds it', async () => {
    const shown = await caller.verify(requestFor('CBH1030001'));
    expect(shown.reason).toBe('carve_out_loop');
    const { contacts } = await scriptOf(shown.id);
    expect(contacts.map(({ payer }: Body) => payer.name)).toEqual([
      'Copperbrook Health',
      'Willowfen Behavioral Partners',
    ]);
  });

  test('is the payer that comes first, where an answer tells of one', async () => {
    const shown = await caller.verify(requestFor('NWH0160001'));
    const { contacts } = await scriptOf(shown.id);
    expect(contacts.map(({ payer }: Body) => payer.name)).toEqual(['Cedar & Vale Mutual', 'Northwind Health Plan']);
  });

  test('is told with the number of a connection by hand, its hours and its notes', async () => {
    const directory = new StoredPayerDirectory(database, new FieldCipher(spine.config.keyRing));
    const connection = {
      id: 'con_rung',
      adapter: 'manual',
      payerReference: 'RUNG',
      endpointUrl: 'tel:+15550107188',
      settings: {
        hours: 'Mon-Sun 00:00-24:00',
        timeZone: 'America/Chicago',
        portalUrl: 'https://portal.rung.example/',
        notes: 'Choose 3, then 1, then say “representative”.',
      },
      credentials: {},
      timeoutMs: 20_000,
    };
    const payer = { id: 'pay_rung', name: 'Rung Mutual', aliases: [], memberIdPrefixes: [] };
    await directory.put(payer, [connection], new Date());
    const shown = await caller.verify(requestFor('x', { coverages: [{ payer: { id: 'pay_rung' }, memberId: 'R-1' }] }));
    expect(shown.needs[0].message).toContain('call Rung Mutual at +15550107188');
    const { contacts } = await scriptOf(shown.id);
    expect(contacts).toEqual([
      {
        payer: { id: 'pay_rung', name: 'Rung Mutual' },
        phones: [{ label: 'ring first', number: '+15550107188' }],
        hours: 'Mon-Sun 00:00-24:00',
        timeZone: 'America/Chicago',
        isOpenNow: true,
        portal: 'https://portal.rung.example/',
        notes: 'Choose 3, then 1, then say “representative”.',
      },
    ]);
    const text = await printed(shown.id);
    expect(text).toContain('Rung Mutual: ring first +15550107188; open Mon-Sun 00:00-24:00 (America/Chicago)');
    expect(text).toContain('Notes: Choose 3, then 1, then say “representative”.');
  });

  test('is told with the lines of the directory by their purpose, when each is open, and the portal', async () => {
    const hours = { timeZone: 'America/New_York', open: [alwaysOpen] };
    const behavioral = { purpose: 'behavioral_health', number: '555-010-7199', hours } as const;
    const lines = [{ purpose: 'authorization', number: '555-010-7198' } as const, behavioral];
    const given = {
      id: 'pay_lines',
      name: 'Lines and Portals Trust',
      phones: lines,
      portalUrl: 'https://lines.example/',
    };
    await new PayerEdits(database).add(given, { actor: { kind: 'system', id: 'spec' } } as never, new Date());
    const shown = await caller.verify(
      requestFor('x', { coverages: [{ payer: { id: 'pay_lines' }, memberId: 'L-1' }] }),
    );
    const [contact] = (await scriptOf(shown.id)).contacts;
    expect(contact).toEqual({
      payer: { id: 'pay_lines', name: 'Lines and Portals Trust' },
      phones: [
        {
          label: 'behavioral health',
          number: '555-010-7199',
          hours: 'Mon-Sun 00:00-24:00',
          timeZone: 'America/New_York',
          isOpenNow: true,
        },
        { label: 'authorization', number: '555-010-7198' },
      ],
      portal: 'https://lines.example/',
    });
  });
});
