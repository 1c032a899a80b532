import { activeFull } from './benefits';
import type { Scenario } from './scenario';

/** Members whose payer misbehaves. What it would have said is scenario 001. */
export const faultyScenarios: readonly Scenario[] = [
  {
    number: '008',
    id: 'down_twice',
    title: 'HTTP 503, twice for each member id, then as 001',
    content: activeFull,
    atFirst: { times: 2, fault: { kind: 'status', status: 503 } },
  },
  { number: '009', id: 'html', title: 'A web page instead of an answer', content: activeFull, fault: { kind: 'html' } },
  { number: '010', id: 'cut_off', title: 'The 271 is cut off', content: activeFull, fault: { kind: 'truncate' } },
  {
    number: '011',
    id: 'wrong_trace',
    title: "Another inquiry's trace",
    content: activeFull,
    fault: { kind: 'wrong_trace' },
  },
  {
    number: '012',
    id: 'slow',
    title: 'As 001, after 5 seconds',
    content: activeFull,
    fault: { kind: 'latency', ms: 5_000 },
  },
  { number: '013', id: 'other_person', title: 'Another person', content: activeFull, fault: { kind: 'other_person' } },
  {
    number: '023',
    id: 'refused_syntax',
    title: 'A 999 that rejects the inquiry',
    content: activeFull,
    fault: { kind: 'ack_999' },
  },
  {
    number: '024',
    id: 'refused_interchange',
    title: 'A TA1 that rejects it',
    content: activeFull,
    fault: { kind: 'ta1' },
  },
  {
    number: '025',
    id: 'refused_credentials',
    title: 'An envelope error: not authorized',
    content: activeFull,
    fault: { kind: 'envelope_error', code: 'UnAuthorized' },
  },
  { number: '026', id: 'silent', title: 'Never answers', content: activeFull, fault: { kind: 'silent' } },
  { number: '027', id: 'reset', title: 'Cuts the connection', content: activeFull, fault: { kind: 'reset' } },
  {
    number: '028',
    id: 'throttled',
    title: 'HTTP 429',
    content: activeFull,
    fault: { kind: 'status', status: 429, retryAfterSeconds: 2 },
  },
  {
    number: '029',
    id: 'twice',
    title: 'The same answer twice in one 271',
    content: activeFull,
    fault: { kind: 'duplicate' },
  },
];
