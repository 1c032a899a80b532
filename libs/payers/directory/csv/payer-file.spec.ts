import fc from 'fast-check';
import type { PayerRecord } from '../payer-record';
import { blankPayer, changedPayer } from '../read/payer-change';
import { guarded, joinCell, joinHours, splitCell, splitHours, unguarded } from './cells';
import { UnreadableText } from './lines';
import { type FileRow, readPayerFile } from './read-file';
import { rowsOfAdministrators, rowsOfPayer, writeRows } from './write-rows';

const variations = ['without_middle_name'];

async function* inPieces(text: string | Buffer, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, size = 1 << 20): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const row of readPayerFile(inPieces(text, size), variations)) rows.push(row);
  return rows;
}

/** Names of what was read, and where something was wrong. */
const gist = (rows: readonly FileRow[]): string[] =>
  rows.flatMap((row) =>
    'change' in row
      ? [`${row.change.line} ${row.change.payer} ${row.change.facts?.name ?? '-'}`]
      : row.faults.map(({ line, column }) => `${line} ${column ?? 'row'} faulty`),
  );

describe('a file of payers', () => {
  test.each([
    ['a plain file', 'payer,name\npay_a,Aspen\n', ['2 pay_a Aspen']],
    ['no end of line at the end', 'payer,name\npay_a,Aspen', ['2 pay_a Aspen']],
    ['Windows ends of line', 'payer,name\r\npay_a,Aspen\r\n', ['2 pay_a Aspen']],
    ['old Mac ends of line', 'payer,name\rpay_a,Aspen\r', ['2 pay_a Aspen']],
    ['a byte order mark', '\ufeffpayer,name\npay_a,Aspen\n', ['2 pay_a Aspen']],
    ['empty lines', 'payer,name\n\n,,\n  \npay_a,Aspen\n', ['5 pay_a Aspen']],
    ['quotation marks', 'payer,name\npay_a,"Aspen, ""the"" Plan"\n', ['2 pay_a Aspen, "the" Plan']],
    ['a header in capitals and blanks', ' Payer , NAME \npay_a,Aspen\n', ['2 pay_a Aspen']],
    ['fewer cells than columns', 'payer,name,kind,states\npay_a,Aspen\n', ['2 pay_a Aspen']],
    ['empty cells beyond the columns', 'payer,name\npay_a,Aspen,,\n', ['2 pay_a Aspen']],
    ['no ids', 'name\nAspen & Birch\n', ['2 pay_aspen_birch Aspen & Birch']],
    ['more cells than columns', 'payer,name\npay_a,Aspen, Inc\npay_b,Birch\n', ['2 row faulty', '3 pay_b Birch']],
    ['a mark inside a cell', 'payer,name\npay_a,Aspen "Plan"\npay_b,Birch\n', ['2 row faulty', '3 pay_b Birch']],
    [
      'a mark that is not closed',
      'payer,name\npay_a,"Aspen\npay_b,Birch\npay_c,Cedar\n',
      ['2 row faulty', '3 pay_b Birch', '4 pay_c Cedar'],
    ],
    [
      'two marks that are not closed',
      'payer,name\npay_a,"Aspen\npay_b,Birch\npay_c,"Cedar\npay_d,Dogwood\n',
      ['2 row faulty', '3 pay_b Birch', '4 row faulty', '5 pay_d Dogwood'],
    ],
    ['a line break in a name', 'payer,name\npay_a,"Aspen\nPlan"\npay_b,Birch\n', ['2 name faulty', '4 pay_b Birch']],
    [
      'bytes that are not UTF-8',
      Buffer.from('payer,name\npay_a,Asp\xe9n\npay_b,Birch\n', 'latin1'),
      ['2 name faulty', '3 pay_b Birch'],
    ],
    ['a row without end', `payer,name\npay_a,${'x'.repeat(300_000)}\npay_b,Birch\n`, ['2 row faulty', '3 pay_b Birch']],
  ])('is read with %s', async (_what, text, expected) => {
    expect(gist(await read(text))).toEqual(expected);
    expect(gist(await read(text, 7))).toEqual(expected);
  });

  test.each([
    ['nothing', '', /the file is empty: its first row must name columns, payer, name/],
    ['another column', 'payer,name,favourite colour\n', /these are none: "favourite colour"/],
    ['a column twice', 'payer,name,name\n', /the column name stands there twice/],
    ['semicolons', 'payer;name\npay_a;Aspen\n', /separated by commas/],
    ['UTF-16', Buffer.from('\ufeffpayer,name\n', 'utf16le'), /is UTF-16: save it as CSV UTF-8/],
    ['no payer', 'states\nNJ\n', /must name the column payer or name/],
  ])('is refused with %s in its first row', async (_what, text, message) => {
    await expect(read(text)).rejects.toThrow(UnreadableText);
    await expect(read(text)).rejects.toThrow(message);
  });

  test.each([
    ['payer,name,kind', 'aspen,Aspen,commercial', [['payer', /pay_ and/]]],
    ['payer,name', 'pay_a,...', [['name', /letter or digit/]]],
    ['payer,name,kind', 'pay_a,Aspen,hospital', [['kind', /one of commercial, blue/]]],
    ['payer,name,states', 'pay_a,Aspen,NJ | Jersey', [['states', /item 2 must be the two letters/]]],
    ['payer,states', 'pay_a,NJ', [['name', /is missing: states is of a payer/]]],
    ['payer,name,source', 'pay_a,Aspen,a list', [['as_of', /go together/]]],
    ['payer,name,source,as_of', 'pay_a,Aspen,a list,11/20/2026', [['as_of', /YYYY-MM-DD/]]],
    [
      'payer,network,identifier',
      'pay_a,edi,12345',
      [
        ['source', /where it was read/],
        ['as_of', /YYYY-MM-DD/],
      ],
    ],
    ['payer,network,identifier,source,as_of', 'pay_a,EDI,12345,a list,2026-11-20', [['network', /short name/]]],
    ['payer,purpose,phone', 'pay_a,fax,800-555-0199', [['purpose', /one of general/]]],
    ['payer,purpose,phone,hours', 'pay_a,general,800-555-0199,mon-fri 8-18', [['hours', /mon-fri 08:00-18:00/]]],
    ['payer,purpose,phone,hours', 'pay_a,general,800-555-0199,mon-fri 08:00-18:00', [['time_zone', /is missing/]]],
    [
      'payer,purpose,phone,hours,time_zone',
      'pay_a,general,800-555-0199,mon 08:00-18:00,EST',
      [['time_zone', /America\/New_York/]],
    ],
    ['payer,purpose,phone,source', 'pay_a,general,800-555-0199,a list', [['as_of', /go together/]]],
    [
      'payer,administrator,administrator_state,source,as_of',
      'pay_a,pay_b,Ohio,a list,2026-11-20',
      [['administrator_state', /two letters/]],
    ],
    [
      'payer,adapter,payer_reference,endpoint_url,settings',
      'pay_a,x12,1,https://a.example,senderId',
      [['settings', /like senderId=TESTS/]],
    ],
    [
      'payer,adapter,payer_reference,endpoint_url,timeout_ms',
      'pay_a,x12,1,https://a.example,soon',
      [['timeout_ms', /whole number/]],
    ],
    [
      'payer,adapter,payer_reference,endpoint_url,quiet_hours',
      'pay_a,x12,1,https://a.example,nights',
      [['quiet_hours', /must be JSON/]],
    ],
    [
      'payer,adapter,payer_reference,endpoint_url,disabled',
      'pay_a,x12,1,https://a.example,perhaps',
      [['disabled', /must be yes/]],
    ],
    ['payer,name,withdrawn', 'pay_a,Aspen,perhaps', [['withdrawn', /must be yes/]]],
    ['payer,name,remove', 'pay_a,Aspen,perhaps', [['remove', /must be yes/]]],
    ['payer,name', 'pay_a,', [[undefined, /says nothing about the payer/]]],
  ])('with %s tells of the row %s what to do', async (header, row, expected) => {
    const [read1] = await read(`${header}\n${row}\n`);
    const faults = read1 && 'faults' in read1 ? read1.faults : [];
    expect(faults.map(({ line, column }) => [line, column])).toEqual(expected.map(([column]) => [2, column]));
    for (const [index, { detail }] of faults.entries()) expect(detail).toMatch(expected[index]?.[1] as RegExp);
  });

  test('leaves alone what has no column, and clears what has an empty cell', async () => {
    const [row] = await read('payer,name,kind,states\npay_a,Aspen,,\n');
    const facts = row && 'change' in row ? row.change.facts : undefined;
    expect(facts).toEqual({ name: 'Aspen', kind: null, states: [] });
  });

  test('of 100,000 rows is read some hundred rows at a time', async () => {
    let written = 0;
    let read = 0;
    let farthest = 0;
    async function* endless(): AsyncGenerator<string> {
      yield 'payer,name\n';
      for (; written < 100_000; written += 1) yield `pay_${written},"Payer, ${written}"\n`;
    }
    for await (const row of readPayerFile(endless(), variations)) {
      read += 'change' in row ? 1 : 0;
      farthest = Math.max(farthest, written - read);
    }
    expect(read).toBe(100_000);
    expect(farthest).toBeLessThan(300);
  }, 60_000);

  test('may say several things in one row', async () => {
    const [row] = await read(
      'payer,name,network,identifier,enrollment,purpose,phone,source,as_of\npay_a,Aspen,stedi,ABCDE,needed,general,800-555-0100,https://a.example,2026-11-20\n',
    );
    expect(row).toMatchObject({
      change: {
        facts: { name: 'Aspen', source: 'https://a.example', asOf: '2026-11-20' },
        identifier: { network: 'stedi', identifier: 'ABCDE', enrollment: 'needed', source: 'https://a.example' },
        phone: { purpose: 'general', number: '800-555-0100', asOf: '2026-11-20' },
        remove: false,
      },
    });
  });
});

describe('a cell', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', "'=x", "''+x"])(
    'that a spreadsheet would work out (%j) is guarded and comes back',
    (text) => {
      expect(guarded(text)).toBe(`'${text}`);
      expect(unguarded(guarded(text))).toBe(text);
    },
  );

  test.each(['Aspen', "'Ohana Health", "O'Neill", '', '1-800', 'a=b'])(
    'that is harmless (%j) stays as it is',
    (text) => {
      expect(guarded(text)).toBe(text);
      expect(unguarded(text)).toBe(text);
    },
  );

  test.each([
    [[], ''],
    [['Aspen'], 'Aspen'],
    [['Aspen', 'Birch'], 'Aspen | Birch'],
    [['A|B', 'C\\D'], 'A\\|B | C\\\\D'],
  ])('holds the list %j as %j', (items, cell) => {
    expect(joinCell(items)).toBe(cell);
    expect(splitCell(cell)).toEqual(items);
  });

  test.each([
    ['mon-fri 08:00-18:00', [{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' }]],
    [
      'mon,wed 07:30-12:00; sat 09:00-13:00',
      [
        { days: ['mon', 'wed'], from: '07:30', to: '12:00' },
        { days: ['sat'], from: '09:00', to: '13:00' },
      ],
    ],
    ['mon-sun 00:00-24:00', [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }]],
  ] as const)('holds opening hours as %s', (cell, open) => {
    expect(splitHours(cell)).toEqual(open);
    expect(joinHours(open)).toBe(cell);
  });

  test.each(['always', 'fri-mon 08:00-18:00', 'mon 8:00-18:00', 'mon-fri', ''])(
    'of opening hours is refused as %j',
    (cell) => {
      expect(splitHours(cell)).toBeUndefined();
    },
  );
});

/** Text as people and hostile files have it. */
const tricky = fc
  .string({
    unit: fc.constantFrom('a', 'B', '7', ' ', ',', '"', "'", '|', '\\', '=', '+', '-', '@', ';', 'é', '✓'),
    maxLength: 12,
  })
  .map((text) => `${text}x`.trim());
const dated = { source: tricky, asOf: fc.constantFrom('2026-11-20', '2015-01-31') };
const states = fc.uniqueArray(fc.constantFrom('NJ', 'NY', 'CA'), { maxLength: 3 });

const anyPayer: fc.Arbitrary<PayerRecord> = fc
  .record(
    {
      name: tricky,
      aliases: fc.uniqueArray(tricky, { maxLength: 3 }),
      memberIdPrefixes: fc.uniqueArray(fc.constantFrom('ABC', 'X1', '9'), { maxLength: 3 }),
      states,
      kind: fc.constantFrom('commercial' as const, 'medicaid' as const),
      portalUrl: fc.constant('https://a.example/?a=1,2'),
      ...dated,
      identifiers: fc.uniqueArray(
        fc.record({ network: fc.constantFrom('edi', 'stedi'), identifier: tricky, ...dated }),
        {
          maxLength: 3,
          selector: ({ network, identifier }) => `${network} ${identifier}`,
        },
      ),
      phones: fc.uniqueArray(
        fc.record({
          purpose: fc.constantFrom('general' as const, 'authorization' as const),
          number: fc.constantFrom('800-555-0100', '+1 800 555 0101'),
          hours: fc.constant({
            timeZone: 'America/Denver',
            open: [{ days: ['mon' as const, 'wed' as const], from: '08:00', to: '17:30' }],
          }),
          ...dated,
        }),
        { maxLength: 2, selector: ({ purpose, number }) => `${purpose} ${number}` },
      ),
      administrators: fc.uniqueArray(
        fc.record({
          administratorId: fc.constant('pay_other'),
          state: fc.constantFrom('NJ', 'NY'),
          planKind: fc.constant('commercial' as const),
          ...dated,
        }),
        { maxLength: 2, selector: ({ state }) => state },
      ),
    },
    {
      requiredKeys: [
        'name',
        'aliases',
        'memberIdPrefixes',
        'states',
        'identifiers',
        'phones',
        'administrators',
        'source',
        'asOf',
      ],
    },
  )
  .map((rest) => ({ id: 'pay_any', ...rest }));

test('a payer that was written comes back the same', async () => {
  await fc.assert(
    fc.asyncProperty(anyPayer, fc.integer({ min: 1, max: 40 }), async (payer, size) => {
      const text = writeRows([...rowsOfPayer(payer, false, []), ...rowsOfAdministrators(payer)], true);
      let back = blankPayer('pay_any');
      for (const row of await read(text, size)) {
        if (!('change' in row)) throw new Error(JSON.stringify(row));
        const { facts, identifier, phone, administrator } = row.change;
        if (facts) back = changedPayer(back, facts);
        back = {
          ...back,
          identifiers: [...back.identifiers, ...(identifier ? [identifier] : [])],
          phones: [...back.phones, ...(phone ? [phone] : [])],
          administrators: [...back.administrators, ...(administrator ? [administrator] : [])],
        };
      }
      expect(back).toEqual(payer);
    }),
    { numRuns: 300 },
  );
});
