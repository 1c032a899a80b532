import { subscriberLevel, text271 } from '@openvob/benefits/x12-271.fixture';
import { testIo } from './io.fixture';
import { runRead } from './read';

const ANSWER = text271(
  subscriberLevel(
    'EB*1**30',
    'EB*1**CH^CJ',
    'EB*B*IND*CJ***27*25*****Y',
    'EB*B*IND*CH***27*40*****N',
    'EB*B*IND*CJ***27*5*****Y',
    'III*ZZ*02',
  ),
);

async function run(argv: string[], files: Record<string, string> = { 'answer.271': ANSWER }) {
  const io = testIo({ files, input: [files['-'] ?? ''] });
  const code = await runRead(argv, io);
  return { code, stdout: io.written.out, stderr: io.written.err };
}

const copayOf = (stdout: string) => JSON.parse(stdout).answers[0].iop.copay?.value.amountCents;

describe('vob read', () => {
  it('prints what a payer said as JSON with two blanks of indentation and a line end', async () => {
    const { code, stdout, stderr } = await run(['answer.271']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), undefined, 2)}\n`);
    expect(JSON.parse(stdout)).toMatchObject({ format: 'x12-271', answers: [{ status: 'active' }] });
  });

  it('reads standard input for -', async () => {
    const { code, stdout } = await run(['-'], { '-': ANSWER });
    expect([code, JSON.parse(stdout).answers.length]).toEqual([0, 1]);
  });

  it('works it out for the track, network, setting and date asked for', async () => {
    expect(copayOf((await run(['answer.271'])).stdout)).toBe(2500);
    expect(copayOf((await run(['answer.271', '--track', 'mh', '--network', 'out'])).stdout)).toBe(4000);
    expect(copayOf((await run(['answer.271', '--setting', 'virtual'])).stdout)).toBe(500);
    expect(copayOf((await run(['--network=out', 'answer.271'])).stdout)).toBe(4000);
    const dated = { 'answer.271': text271(subscriberLevel('EB*1**30', 'DTP*349*D8*20260331')) };
    expect(JSON.parse((await run(['answer.271', '--on', '2026-04-01'], dated)).stdout).answers[0].status).toBe(
      'inactive',
    );
  });

  it("prints an error in place of what is no payer's message, and exits 2", async () => {
    const { code, stdout, stderr } = await run(['page.html'], { 'page.html': '<html></html>' });
    expect([code, stderr]).toEqual([2, '']);
    expect(JSON.parse(stdout)).toEqual({ error: { code: 'markup', position: 0, message: expect.any(String) } });
  });

  it('exits 0 for a readable file with faults', async () => {
    const { code, stdout } = await run(['answer.271'], { 'answer.271': ANSWER.replace('SE*', 'SE*9') });
    expect([code, JSON.parse(stdout).issues.length]).toEqual([0, 1]);
  });

  it.each([
    [[], /a file is needed/],
    [['a', 'b'], /one file/],
    [['nowhere.271'], /cannot read nowhere\.271/],
    [['answer.271', '--track', 'physical'], /--track is one of sud, mh, dual/],
    [['answer.271', '--network', 'both'], /--network is one of in, out/],
    [['answer.271', '--setting', 'home'], /--setting is one of in_person, virtual/],
    [['answer.271', '--format', 'edifact'], /--format is one of x12-271/],
    [['answer.271', '--on', '2026-02-30'], /--on is a date/],
    [['answer.271', '--colour'], /colour/],
  ])('tells wrong usage %j on standard error and exits 2', async (argv, message) => {
    const { code, stdout, stderr } = await run(argv);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: vob read FILE/);
  });
});
