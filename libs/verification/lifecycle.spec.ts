import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedPairs, diagram, events, moves, next } from './lifecycle';
import { isResting, statuses } from './status';

describe('the lifecycle', () => {
  test('gives every event one target from any status, never two', () => {
    for (const event of events) {
      for (const from of statuses) {
        const targets = new Set(
          moves.filter((move) => move.event === event && move.from.includes(from)).map((move) => move.to),
        );
        expect([event, from, targets.size]).toEqual([event, from, targets.size > 1 ? 'ambiguous' : targets.size]);
      }
    }
  });

  test('uses every event and reaches every status from received', () => {
    expect(new Set(moves.map((move) => move.event))).toEqual(new Set(events));
    const reached = new Set<string>(['received']);
    for (let size = 0; size !== reached.size; ) {
      size = reached.size;
      for (const { from, to } of allowedPairs()) if (reached.has(from)) reached.add(to);
    }
    expect([...reached].sort()).toEqual([...statuses].sort());
  });

  test('lets nothing out of cancelled', () => {
    expect(events.filter((event) => next('cancelled', event) !== undefined)).toEqual([]);
  });

  test('lets a verification that is under way always come to rest', () => {
    const stuck = statuses.filter(
      (status) => !isResting(status) && !allowedPairs().some(({ from, to }) => from === status && isResting(to)),
    );
    expect(stuck).toEqual([]);
  });

  test('is drawn in the README as it is', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    expect(readme).toContain(diagram());
  });
});
