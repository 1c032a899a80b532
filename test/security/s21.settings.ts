const ring = (key: string, index: string): string => JSON.stringify({ current: 'k1', keys: { k1: key }, index });
const bytes = (fill: (at: number) => number, length = 32): string =>
  Buffer.from(Array.from({ length }, (_, at) => fill(at))).toString('base64');
const good = (seed: number): string => bytes((at) => (at * 37 + seed * 101 + at * at) % 256);

/** Each has one secret that must not do. */
export function weakSettings(): Record<string, string>[] {
  const keys = [
    '',
    'none',
    '{}',
    ring(good(1), good(1)),
    ring(
      bytes(() => 0),
      good(2),
    ),
    ring(
      good(1),
      bytes(() => 0),
    ),
    ring(
      bytes((at) => at % 2),
      good(2),
    ),
    ring(
      bytes((at) => at, 16),
      good(2),
    ),
    ring(Buffer.from('changeme').toString('base64'), good(2)),
    JSON.stringify({ current: 'k2', keys: { k1: good(1) }, index: good(2) }),
    JSON.stringify({ current: 'k1', keys: { k1: good(1) } }),
  ];
  const passwords = [
    '',
    'postgres',
    'openvob',
    'secret',
    'change-me-please',
    'password1234',
    'aaaaaaaaaaaaaaaa',
    '123456789012',
  ];
  return [
    ...keys.map((OPENVOB_KEYS) => ({ OPENVOB_KEYS })),
    ...passwords.map((password) => ({ DATABASE_URL: `postgres://openvob_app:${password}@db.internal/x` })),
    ...passwords.map((password) => ({ REDIS_URL: `redis://:${password}@queue.internal:6379` })),
    { METRICS_TOKEN: 'short' },
    { AUDIT_HEAD_URL: 'https://audit.example/', AUDIT_HEAD_SECRET: 'whsec_short' },
    { AUDIT_HEAD_URL: 'http://audit.example/', AUDIT_HEAD_SECRET: `whsec_${good(3)}` },
    { DATABASE_URL: '', DATABASE_URL_FILE: '/nowhere/at/all' },
  ];
}
