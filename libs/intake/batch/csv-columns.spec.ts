import { columnAt, csvColumns, readCsvHeader, readCsvRow } from './csv-columns';

const pointersOf = (header: string): string[] => {
  const read = readCsvHeader(header);
  if ('faults' in read) throw new Error(JSON.stringify(read.faults));
  return read.pointers;
};

describe('a table of requests', () => {
  test('has columns in any order, however they are written', () => {
    expect(pointersOf('Member ID,first_name,LAST-NAME,secondaryPayerName')).toEqual([
      '/coverages/0/memberId',
      '/patient/firstName',
      '/patient/lastName',
      '/coverages/1/payer/name',
    ]);
  });

  test('without a header is refused by the place alone: what stands there is somebody’s data', () => {
    const read = readCsvHeader('Marlow,Quillfeather,1988-03-14');
    expect(read).toMatchObject({ faults: [{ code: 'unknown_field' }, {}, {}] });
    expect(JSON.stringify(read)).not.toMatch(/Marlow|Quill|1988/);
  });

  test('with a column twice is refused', () => {
    expect(readCsvHeader('memberId,member_id')).toMatchObject({ faults: [{ code: 'too_many' }] });
  });

  test('fills a request, empty cells left out', () => {
    const pointers = pointersOf(
      'firstName,lastName,birthDate,payerId,memberId,programId,consentSignedOn,consentScope,phone',
    );
    const row = 'Marlow,"Quillfeather, ""Jr""",1988-03-14,pay_1, NWH0010001 ,prg_1,2026-01-02,this_payer,';
    expect(readCsvRow(row, pointers)).toEqual({
      body: {
        patient: { firstName: 'Marlow', lastName: 'Quillfeather, "Jr"', birthDate: '1988-03-14' },
        coverages: [{ payer: { id: 'pay_1' }, memberId: 'NWH0010001' }],
        program: { id: 'prg_1' },
        consent: { part2: { signedOn: '2026-01-02', scope: 'this_payer' } },
      },
    });
  });

  test.each([
    ['Marlow,"Quill', 'malformed'],
    ['Marlow,"Quill"feather', 'malformed'],
    ['Marlow,Quill"feather"', 'malformed'],
    ['Marlow', 'too_few'],
    ['Marlow,Quillfeather,more', 'too_many'],
  ])('has rows that are broken by themselves: %s', (row, code) => {
    const read = readCsvRow(row, ['/patient/firstName', '/patient/lastName']);
    expect(read).toMatchObject({ fault: { code } });
    expect(JSON.stringify(read)).not.toContain('Quill');
  });

  test('says in which column a fault of the request stands', () => {
    expect(columnAt('/patient/birthDate')).toBe('birthDate');
    expect(columnAt('/coverages/0/payer')).toBe('payerId');
    expect(columnAt('/coverages/1/memberId')).toBe('secondaryMemberId');
    expect(columnAt('/consent/part2/scope')).toBe('consentScope');
    expect(columnAt('/nowhere')).toBeUndefined();
    expect(new Set(Object.values(csvColumns)).size).toBe(Object.keys(csvColumns).length);
  });
});
