import { redacted, redactedText } from './redact';

describe('the redactor of logs', () => {
  test.each([
    ['a member id', 'rejected NWH0010001 by payer'],
    ['a birth date', 'born 1988-03-14'],
    ['a birth date as X12 writes it', 'D8 19880314 F'],
    ['a social security number', 'ssn 123-45-6789'],
    ['a phone number', 'call (555) 014-2345 or 555-014-2345'],
    ['a mail address', 'duplicate key (quill.feather@example.org)'],
    ['a key', 'key ovk_0123456789abcdef'],
    ['a key in small letters alone', 'test_abcquillabc'],
    ['a token', 'authorization was Bearer abc.def.ghi'],
    ['a password in a URL', 'postgres://openvob:hunter2hunter2@db/openvob'],
    ['what was searched for', 'GET https://vob.example/v1/verifications?q=Quillfeather'],
    ['a segment', 'bad segment NM1*IL*1*Quillfeather*Marlow****MI*NWH1'],
    ['a body', 'unexpected token in {"lastName":"Quillfeather"}'],
    ['an answer in markup', 'no SOAP: <name first="Quillfeather">Quillfeather</name>'],
  ])('hides %s', (_name, text) => {
    const shown = redactedText(text);
    expect(shown).toMatch(/\[\w+\]/);
    const hidden = ['0010001', '1988', '6789', '2345', 'quill', '0123456789', 'abc.def', 'hunter2', 'Quillfeather'];
    expect(hidden.filter((part) => shown.includes(part))).toEqual([]);
  });

  test.each(['memberId', 'member_id', 'Set-Cookie', 'last-name', 'PASSWORD', 'body'])(
    'hides whatever stands in %s',
    (key) => {
      expect(redacted(key, 'x')).toBe('[redacted]');
    },
  );

  test.each([
    'ver_01jd8x3k5mzq7r9t2v4w6y8abc',
    '2026-11-20T15:00:00.000Z',
    'http://127.0.0.1:3000',
    'asking_payer',
    'QueryFailedError',
    'Runner.run (/app/dist/libs/verification/runner.js:120:15)',
    'con_pay_demo_northwind',
  ])('leaves %s', (text) => {
    expect(redactedText(text)).toBe(text);
  });

  test('leaves what proves the end of an audit chain, whatever its letters look like', () => {
    const signature = `${'A'.repeat(30)}-sk_0123456789-ABC1234567-19880314-${'z'.repeat(20)}`;
    expect(redacted('signature', signature)).toBe(signature);
    expect(redacted('reason', signature)).not.toBe(signature);
  });

  test('leaves numbers and flags, and keeps a line one line', () => {
    expect([redacted('durationMs', 123456789012), redacted('ok', true)]).toEqual([123456789012, true]);
    expect(redactedText('one\n{"level":50}\u001b[31m two\u2028three')).not.toMatch(/[\p{Cc}\u2028]/u);
    expect(redactedText('x'.repeat(100_000)).length).toBeLessThan(1_100);
  });
});
