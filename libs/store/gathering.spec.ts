import { Gathering, PerTurn, Together } from './gathering';

/** Lets everything go on that may. */
const turn = (): Promise<void> => new Promise((next) => setImmediate(() => setImmediate(next)));

/** A piece of work that ends when it is told to. */
function held(): { promise: Promise<void>; end(): void } {
  let end = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { promise, end };
}

describe('gathering', () => {
  it('does together what is wanted in the same turn', async () => {
    const groups: (readonly number[])[] = [];
    const gathering = new Gathering<number>({ atOnce: 1, most: 10 }, async (group) => groups.push(group));
    for (const one of [1, 2, 3]) gathering.add(one);
    await turn();
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('begins a group beside one that is under way when that one takes long', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    try {
      const groups: (readonly number[])[] = [];
      const first = held();
      const gathering = new Gathering<number>({ atOnce: 2, most: 10, besideAfterMs: 20 }, (group) => {
        groups.push(group);
        return first.promise;
      });
      gathering.add(0);
      await turn();
      for (const one of [1, 2]) gathering.add(one);
      jest.advanceTimersByTime(19);
      await turn();
      expect(groups).toEqual([[0]]);
      jest.advanceTimersByTime(1);
      await turn();
      expect(groups).toEqual([[0], [1, 2]]);
      gathering.add(3);
      first.end();
      await turn();
      expect(groups).toEqual([[0], [1, 2], [3]]);
    } finally {
      jest.useRealTimers();
    }
  });

  it('gathers while as many groups as may be are under way, and never more than a group holds', async () => {
    const groups: (readonly number[])[] = [];
    const first = held();
    const gathering = new Gathering<number>({ atOnce: 1, most: 2 }, (group) => {
      groups.push(group);
      return groups.length === 1 ? first.promise : Promise.resolve();
    });
    gathering.add(0);
    await turn();
    for (const one of [1, 2, 3]) gathering.add(one);
    await turn();
    expect(groups).toEqual([[0]]);
    first.end();
    await turn();
    await turn();
    expect(groups).toEqual([[0], [1, 2], [3]]);
  });

  it('keeps apart what bears one name, in its order', async () => {
    const groups: (readonly string[])[] = [];
    const gathering = new Gathering<string>({ atOnce: 1, most: 10 }, async (group) => groups.push(group), {
      apart: (one) => one[0],
    });
    for (const one of ['a1', 'b1', 'a2', 'c1', 'a3']) gathering.add(one);
    for (let turns = 0; turns < 4; turns += 1) await turn();
    expect(groups).toEqual([['a1', 'b1', 'c1'], ['a2'], ['a3']]);
  });

  it('takes first what ranks first, of equals who came first, where not all find room', async () => {
    const groups: (readonly string[])[] = [];
    const gathering = new Gathering<string>({ atOnce: 1, most: 2 }, async (group) => groups.push(group), {
      rank: (one) => one.length,
    });
    for (const one of ['ccc', 'a', 'bb', 'bB', 'A']) gathering.add(one);
    for (let turns = 0; turns < 4; turns += 1) await turn();
    expect(groups).toEqual([['a', 'A'], ['bb', 'bB'], ['ccc']]);
  });

  it('goes on after a group that failed', async () => {
    const groups: (readonly number[])[] = [];
    const gathering = new Gathering<number>({ atOnce: 1, most: 1 }, async (group) => {
      groups.push(group);
      throw new Error('no');
    });
    for (const one of [1, 2]) gathering.add(one);
    await turn();
    await turn();
    expect(groups).toEqual([[1], [2]]);
  });
});

describe('together', () => {
  const limits = { atOnce: 1, most: 10 };

  it('gives each its own result', async () => {
    const asked: (readonly number[])[] = [];
    const doubled = new Together(limits, async (group: readonly number[]) => {
      asked.push(group);
      return group.map((one) => one * 2);
    });
    await expect(Promise.all([doubled.of(1), doubled.of(2)])).resolves.toEqual([2, 4]);
    expect(asked).toEqual([[1, 2]]);
  });

  it('leaves a failure with whom it belongs to', async () => {
    const odd = new Together(limits, async (group: readonly number[]) => {
      if (group.some((one) => one % 2 === 0)) throw Object.assign(new Error('even'), { code: '22023' });
      return group;
    });
    const results = await Promise.allSettled([1, 2, 3].map((one) => odd.of(one)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('asks nothing again where it may have been done', async () => {
    let asked = 0;
    const lost = new Together(limits, async () => {
      asked += 1;
      throw new Error('Connection terminated unexpectedly');
    });
    const results = await Promise.allSettled([lost.of(1), lost.of(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
  });

  it('keeps names apart', async () => {
    const asked: (readonly string[])[] = [];
    const named = new Together(
      limits,
      async (group: readonly string[]) => {
        asked.push(group);
        return group;
      },
      (one) => one[0] ?? '',
    );
    await Promise.all(['a1', 'b1', 'a2'].map((one) => named.of(one)));
    expect(asked).toEqual([['a1', 'a2'], ['b1']]);
  });
});

describe('rows by key', () => {
  it('asks together for what is wanted in the same turn, also by whoever was told something in it', async () => {
    const asked: (readonly string[])[] = [];
    const rows = new PerTurn(async (keys: readonly string[]) => {
      asked.push(keys);
      return keys.map((key) => key.toUpperCase());
    });
    const later = Promise.resolve()
      .then(() => undefined)
      .then(() => rows.of('c'));
    await expect(Promise.all([rows.of('b'), rows.of('a'), rows.of('b'), later])).resolves.toEqual(['B', 'A', 'B', 'C']);
    await rows.of('d');
    expect(asked).toEqual([['b', 'a', 'b', 'c'], ['d']]);
  });

  it('tells everybody of a turn that it failed, and nobody of the next', async () => {
    let fails = true;
    const rows = new PerTurn(async (keys: readonly string[]) => {
      if (fails) throw new Error('not now');
      return keys;
    });
    const refused = await Promise.allSettled([rows.of('a'), rows.of('b')]);
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await expect(rows.of('a')).resolves.toBe('a');
  });
});
