/** At least 150 ways to write an address of this machine or of an inner network. */
export function waysToLoopback(port: number): string[] {
  return [...hosts()].flatMap((host) => [`http://${host}:${port}/`, `http://somebody:secret@${host}:${port}/x?y#z`]);
}

function* hosts(): Generator<string> {
  yield* [
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ip6-localhost',
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
  ];
  for (const last of [1, 2, 53, 127, 254]) yield* spellingsOf([127, 0, 0, last]);
  for (const address of [
    [10, 0, 0, 1],
    [169, 254, 169, 254],
    [192, 168, 1, 1],
    [172, 16, 0, 1],
    [100, 64, 0, 1],
  ])
    yield* spellingsOf(address);
  yield* [
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
  ];
  yield* [
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    '[fc00::1]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
  ];
  yield* ['①②⑦.⓪.⓪.①', '127。0。0。1', '１２７.０.０.１', '127.0.0.1%00.example.org', '127.0.0.1%2eexample.org'];
}

/** Decimal, octal, hexadecimal, shortened and mixed, as the URL standard and old C libraries read them. */
function* spellingsOf([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Generator<string> {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = (value: number): string => `0x${value.toString(16)}`;
  const octal = (value: number): string => `0${value.toString(8)}`;
  yield* [`${a}.${b}.${c}.${d}`, String(whole), hex(whole), octal(whole)];
  yield* [[a, b, c, d].map(hex).join('.'), [a, b, c, d].map(octal).join('.'), `${a}.${b * 65_536 + c * 256 + d}`];
}
