import fc from 'fast-check';
import { type AnswerName, answerNames } from './lifecycle.answers';

/** What may happen. `which` picks a verification, or a job, among those that there are. */
export type Command =
  | { readonly kind: 'submit'; readonly what: 'complete' | 'without_consent' | 'by_phone' }
  /** The same request under the same key once more. */
  | { readonly kind: 'submit_again'; readonly which: number }
  /** A website's message, delivered so many times. */
  | { readonly kind: 'webhook'; readonly times: number; readonly isComplete: boolean }
  | { readonly kind: 'correct' | 'consent' | 'withdraw' | 'reverify' | 'cancel'; readonly which: number }
  | { readonly kind: 'work'; readonly which: number; readonly answer: AnswerName }
  /** The same job in the hands of two workers at once. */
  | { readonly kind: 'work_twice'; readonly which: number; readonly answer: AnswerName }
  /** A run whose process dies before or after the nth thing that it does. */
  | {
      readonly kind: 'crash';
      readonly which: number;
      readonly answer: AnswerName;
      readonly at: number;
      readonly when: 'before' | 'after';
    }
  /** A run that stands still while it asks. */
  | { readonly kind: 'freeze'; readonly which: number; readonly answer: AnswerName }
  | { readonly kind: 'thaw' }
  /** A run stands still for longer than its lease, another one takes over and ends, and the first one goes on. */
  | { readonly kind: 'overtake'; readonly which: number; readonly answer: AnswerName; readonly late: AnswerName }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'sweep' | 'lose_queue' | 'pause' | 'resume' }
  | { readonly kind: 'queue_down'; readonly isDown: boolean };

const second = 1000;
const which = fc.nat(7);
const answer = fc.constantFrom(...answerNames);
const good = fc.constantFrom<AnswerName>('complete', 'partial', 'inactive', 'not_found', 'correctable');

export const commands: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      what: fc.constantFrom(
        'complete' as const,
        'complete' as const,
        'complete' as const,
        'without_consent' as const,
        'by_phone' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('submit_again' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('webhook' as const),
      times: fc.integer({ min: 1, max: 3 }),
      isComplete: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('correct' as const, 'consent' as const, 'reverify' as const, 'cancel' as const),
      which,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), which }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('work' as const), which, answer: fc.oneof(good, answer) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('work_twice' as const), which, answer: fc.oneof(good, answer) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      which,
      answer: good,
      at: fc.integer({ min: 1, max: 9 }),
      when: fc.constantFrom('before' as const, 'after' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('freeze' as const), which, answer: good }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('overtake' as const), which, answer: good, late: good }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('thaw' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(second, 4 * second, 20 * second, 120 * second, 3600 * second, 25 * 3600 * second),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'sweep' as const,
        'sweep' as const,
        'lose_queue' as const,
        'pause' as const,
        'resume' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('queue_down' as const), isDown: fc.boolean() }) },
);
