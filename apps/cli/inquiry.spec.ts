import { checkTransaction, readX12 } from '@openvob/x12';
import { runInquiry } from './inquiry';
import { testIo } from './io.fixture';

const REQUEST = {
  patient: { firstName: 'Avery', lastName: 'Example', birthDate: '1990-04-12', relationship: 'self' },
  coverages: [
    { order: 'secondary', payer: { id: '99002', name: 'Second Health Plan' }, memberId: 'S200' },
    { order: 'primary', payer: { id: '99001', name: 'Example Health Plan' }, memberId: 'W100', groupNumber: 'G1' },
  ],
  program: { id: 'iop' },
  admission: { startDate: '2026-03-16', track: 'sud' },
};
const CHILD = {
  ...REQUEST,
  patient: { firstName: 'Riley', lastName: 'Example', birthDate: '2010-02-28', relationship: 'child' },
  subscriber: { firstName: 'Avery', lastName: 'Example', birthDate: '1980-04-12' },
};
const FACILITY = ['--provider-name', 'Example Recovery Center', '--npi', '1234567893'];
const FIXED = [...FACILITY, '--trace', 'T1', '--written-at', '2026-03-10T09:00'];

async function inquire(request: unknown, argv: readonly string[] = FIXED) {
  const text = typeof request === 'string' ? request : JSON.stringify(request);
  const io = testIo({ files: { 'request.json': text }, input: [text] });
  return { code: await runInquiry(['request.json', ...argv], io), ...io.written };
}

/** Segments from BHT on, envelopes left out. */
function questionOf(text: string): string[] {
  return text.split('~').filter((segment) => !/^(?:ISA|GS|ST|SE|GE|IEA|$)/.test(segment));
}

/** The value of one element of the first such segment. */
function elementOf(text: string, id: string, position: number): string | undefined {
  return readX12(text)
    .segments.find((segment) => segment.id === id)
    ?.element(position)
    ?.trim();
}

describe('vob inquiry', () => {
  it('prints the 270 of a request with what is needed and nothing more', async () => {
    const { code, out, err } = await inquire(REQUEST);
    expect([code, err]).toEqual([0, '']);
    expect(questionOf(out)).toEqual([
      'BHT*0022*13*T1*20260310*0900',
      'HL*1**20*1',
      'NM1*PR*2*EXAMPLE HEALTH PLAN*****PI*99001',
      'HL*2*1*21*1',
      'NM1*1P*2*EXAMPLE RECOVERY CENTER*****XX*1234567893',
      'HL*3*2*22*0',
      'TRN*1*T1*9OPENVOB00',
      'NM1*IL*1*EXAMPLE*AVERY****MI*W100',
      'DMG*D8*19900412',
      'DTP*291*D8*20260316',
      'EQ*30',
    ]);
    expect(readX12(out).transactions.flatMap(checkTransaction)).toEqual([]);
    expect(readX12(out).issues).toEqual([]);
  });

  it('asks about a dependent under the subscriber', async () => {
    const { out } = await inquire(CHILD);
    expect(questionOf(out).slice(5)).toEqual([
      'HL*3*2*22*1',
      'NM1*IL*1*EXAMPLE*AVERY****MI*W100',
      'DMG*D8*19800412',
      'HL*4*3*23*0',
      'TRN*1*T1*9OPENVOB00',
      'NM1*03*1*EXAMPLE*RILEY',
      'DMG*D8*20100228',
      'INS*N*19',
      'DTP*291*D8*20260316',
      'EQ*30',
    ]);
  });

  it('takes from options what the request does not say', async () => {
    const { code, out } = await inquire(REQUEST, [
      ...FIXED,
      ...['--payer-id', 'P7', '--payer-name', 'Other Plan', '--taxonomy', '261QR0405X', '--service-type', 'MH'],
      ...['--service-type', 'CJ', '--date', '2026-04-01', '--sender', 'CENTER', '--receiver', 'HOUSE'],
      ...['--control', '42', '--usage', 'T', '--originator', '1123456789'],
    ]);
    expect(code).toBe(0);
    expect(questionOf(out)).toEqual(
      expect.arrayContaining([
        'NM1*PR*2*OTHER PLAN*****PI*P7',
        'PRV*BI*PXC*261QR0405X',
        'EQ*MH^CJ',
        'DTP*291*D8*20260401',
        'TRN*1*T1*1123456789',
      ]),
    );
    expect([6, 8, 13, 15].map((position) => elementOf(out, 'ISA', position))).toEqual([
      'CENTER',
      'HOUSE',
      '000000042',
      'T',
    ]);
  });

  it('asks about the coverage that is meant', async () => {
    const { out } = await inquire(REQUEST, [...FIXED, '--coverage', 'secondary']);
    expect(out).toContain('NM1*PR*2*SECOND HEALTH PLAN*****PI*99002');
    expect(out).toContain('*MI*S200');
    const { patient, coverages } = REQUEST;
    const unordered = { patient, coverages: coverages.map(({ order: _, ...coverage }) => coverage) };
    expect((await inquire(unordered)).out).toContain('*PI*99002');
  });

  it('is about the day of writing when nobody names another', async () => {
    const { patient, coverages } = REQUEST;
    expect((await inquire({ patient, coverages })).out).toContain('DTP*291*D8*20260310');
  });

  it('prints the same bytes for the same trace and moment, and another control number for another', async () => {
    const again = await inquire(REQUEST);
    const later = await inquire(REQUEST, [...FACILITY, '--trace', 'T1', '--written-at', '2026-03-10T09:01:00Z']);
    expect((await inquire(REQUEST)).out).toBe(again.out);
    expect(elementOf(later.out, 'ISA', 13)).not.toBe(elementOf(again.out, 'ISA', 13));
  });

  it('makes a trace of its own, another each time', async () => {
    const traces = [await inquire(REQUEST, FACILITY), await inquire(REQUEST, FACILITY)].map(({ out }) =>
      elementOf(out, 'TRN', 2),
    );
    expect(traces[0]).toMatch(/^[0-9A-F]{20}$/);
    expect(traces[0]).not.toBe(traces[1]);
  });

  it('reads standard input for -, and puts segments on lines when asked', async () => {
    const io = testIo({ input: ['\uFEFF', JSON.stringify(REQUEST)] });
    expect(await runInquiry(['-', ...FIXED, '--line-breaks'], io)).toBe(0);
    expect(io.written.out).toMatch(/^ISA.*~\nGS.*~\n/);
    expect(io.written.out).toMatch(/~\nIEA\*1\*\d{9}~\n$/);
  });

  const patient = (fields: object) => ({ ...REQUEST, patient: { ...REQUEST.patient, ...fields } });
  const coverage = (fields: object) => ({ ...REQUEST, coverages: [{ ...REQUEST.coverages[1], ...fields }] });

  it.each([
    ['nope', 'invalid_json', ''],
    [[], 'wrong_type', ''],
    [{}, 'missing', '/patient'],
    [{ patient: {} }, 'missing', '/coverages'],
    [{ ...REQUEST, coverages: [] }, 'missing', '/coverages'],
    [{ ...REQUEST, coverages: Array(4).fill({}) }, 'too_many', '/coverages'],
    [{ ...REQUEST, coverages: 'one' }, 'wrong_type', '/coverages'],
    [{ ...REQUEST, 'a/b': 1 }, 'unknown_field', '/a~1b'],
    [patient({ lastname: 'Example' }), 'unknown_field', '/patient/lastname'],
    [patient({ lastName: 'Ex*ample' }), 'character', '/patient/lastName'],
    [patient({ lastName: 7 }), 'wrong_type', '/patient/lastName'],
    [patient({ firstName: '李' }), 'character', '/patient/firstName'],
    [patient({ birthDate: '1990-02-30' }), 'no_such_date', '/patient/birthDate'],
    [patient({ relationship: 'cousin' }), 'unknown_value', '/patient/relationship'],
    [patient({ relationship: 'spouse' }), 'missing', '/subscriber'],
    [{ ...CHILD, subscriber: { lastName: 'Ex~ample' } }, 'character', '/subscriber/lastName'],
    [{ ...CHILD, patient: { ...CHILD.patient, lastName: '~' } }, 'character', '/patient/lastName'],
    [coverage({ memberId: 'W:1' }), 'character', '/coverages/0/memberId'],
    [coverage({ memberId: ' ' }), 'missing', '/coverages/0/memberId'],
    [{ ...coverage({ memberId: undefined }), patient: { relationship: 'self' } }, 'missing', '/coverages/0/memberId'],
    [coverage({ payer: {} }), 'missing', '/coverages/0/payer/name'],
    [coverage({ payer: { name: 'Example Health Plan' } }), 'missing', '/coverages/0/payer/id'],
    [coverage({ payer: { id: '99001', name: 'A^B' } }), 'character', '/coverages/0/payer/name'],
    [coverage({ order: 'tertiary' }), 'missing', '/coverages'],
    [{ ...REQUEST, admission: { startDate: 'soon' } }, 'no_such_date', '/admission/startDate'],
  ])('refuses %j: %s at %s', async (request, code, path) => {
    const { code: exitCode, out, err } = await inquire(request);
    expect([exitCode, err]).toEqual([2, '']);
    expect(JSON.parse(out)).toEqual({ error: { code, path, message: expect.any(String) } });
  });

  it.each([
    [['--npi', '1234567893'], 'missing', '--provider-name'],
    [['--provider-name', 'Example Recovery Center'], 'missing', '--npi'],
    [[...FACILITY, '--npi', '12345'], 'number', '--npi'],
    [[...FACILITY, '--service-type', 'IOP'], 'code', '--service-type'],
    [[...FACILITY, '--payer-id', 'A*B'], 'character', '--payer-id'],
    [[...FACILITY, '--sender', 'AN IDENTIFIER THAT IS TOO LONG'], 'length', '--sender'],
    [[...FACILITY, '--receiver', 'X'], 'length', '--receiver'],
    [[...FACILITY, '--trace', 'T'.repeat(51)], 'length', '--trace'],
    [[...FACILITY, '--originator', '123'], 'length', '--originator'],
  ])('refuses options %j: %s at %s', async (argv, code, path) => {
    const { code: exitCode, out } = await inquire(REQUEST, argv);
    expect(exitCode).toBe(2);
    expect(JSON.parse(out).error).toMatchObject({ code, path });
  });

  it('never repeats what the request holds in a refusal', async () => {
    const { out } = await inquire(patient({ lastName: 'Secret*Person' }));
    expect(out).not.toMatch(/secret|person/i);
  });

  it.each([
    [[], /a request file is needed/],
    [['a.json', 'b.json'], /one request file/],
    [['nowhere.json'], /cannot read nowhere\.json/],
    [['request.json', '--date', 'soon'], /--date is a date/],
    [['request.json', '--control', '0'], /--control is a number/],
    [['request.json', '--written-at', '2026-02-30T10:00'], /--written-at is a moment/],
    [['request.json', '--usage', 'X'], /--usage is one of P, T/],
    [['request.json', '--coverage', 'first'], /--coverage is one of primary/],
    [['request.json', '--member'], /member/],
  ])('tells wrong usage %j on standard error and exits 2', async (argv, message) => {
    const io = testIo({ files: { 'request.json': JSON.stringify(REQUEST) } });
    expect(await runInquiry(argv, io)).toBe(2);
    expect(io.written.out).toBe('');
    expect(io.written.err).toMatch(message);
  });

  it('explains itself', async () => {
    const io = testIo();
    expect(await runInquiry(['--help'], io)).toBe(0);
    expect(io.written.out).toMatch(/^Usage: vob inquiry REQUEST\.json/);
  });
});
