import { genesis, linkHash, linkOn, type TrailLine } from './chain';
import { HeadSigner, isGenuine, readHeads } from './signed-head';
import { verifyChain, type WalkedLink } from './verify';

const line = (entryId: string): TrailLine => ({
  entryId,
  at: '2026-11-20T15:00:00.000000Z',
  actorKind: 'person',
  actorId: 'per_1',
  action: 'verification.read',
  subjectId: 'ver_1',
  detail: '{}',
});
const lines = ['1', '2', '5'].map(line);

async function* walked(links: readonly WalkedLink[]): AsyncGenerator<WalkedLink> {
  yield* links;
}

const whole = (): WalkedLink[] =>
  linkOn('fac_a', undefined, lines).map((link, at) => ({ ...link, line: lines[at] ?? line('') }));

describe('the chain over a trail', () => {
  test('continues behind its last link just as if it were made at once', () => {
    const [first, ...rest] = linkOn('fac_a', undefined, lines);
    expect(linkOn('fac_a', first, lines.slice(1))).toEqual(rest);
    expect(first?.hash).toEqual(linkHash('fac_a', 1, genesis, line('1')));
  });

  test('has other hashes for another facility, place, or part of a line', () => {
    const parts: Partial<TrailLine>[] = [
      { entryId: '9' },
      { at: '2026-11-20T15:00:00.000001Z' },
      { actorKind: 'worker' },
      { actorId: 'per_2' },
      { action: 'x' },
      { subjectId: 'ver_2' },
      { detail: '{"a": 1}' },
    ];
    const hashes = [
      linkHash('fac_a', 1, genesis, line('1')),
      linkHash('fac_b', 1, genesis, line('1')),
      linkHash('fac_a', 2, genesis, line('1')),
      ...parts.map((part) => linkHash('fac_a', 1, genesis, { ...line('1'), ...part })),
    ].map((hash) => hash.toString('hex'));
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('is whole when nothing happened, and names each single change once', async () => {
    const verify = (links: WalkedLink[]) =>
      verifyChain({ chain: 'fac_a', links: walked(links), notLinked: [], heads: [] });
    expect((await verify(whole())).faults).toEqual([]);
    const [one, two, three] = whole();
    if (!one || !two || !three) throw new Error('three links');
    const kinds = async (links: WalkedLink[]): Promise<string[]> =>
      (await verify(links)).faults.map(({ kind, position }) => `${kind} ${position}`);
    expect(await kinds([one, { ...two, line: { ...line('2'), action: 'y' } }, three])).toEqual(['changed 2']);
    expect(await kinds([one, { position: 2, entryId: '2', hash: two.hash }, three])).toEqual(['line_missing 2']);
    expect(await kinds([one, three])).toEqual(['gap 2', 'changed 3']);
  });
});

describe('an exported end of a chain', () => {
  const signer = new HeadSigner(Buffer.alloc(32, 1));
  const head = signer.sign({ chain: 'fac_a', position: 3, hash: '00', at: '2026-11-20T15:00:00Z' });

  test('is genuine as it was signed, and in no other form', () => {
    expect(isGenuine(head)).toBe(true);
    expect(isGenuine({ ...head, position: 2 })).toBe(false);
    expect(isGenuine({ ...head, publicKey: new HeadSigner(Buffer.alloc(32, 2)).publicKey })).toBe(false);
    expect(isGenuine({ ...head, publicKey: 'short' })).toBe(false);
  });

  test('is found among the lines of a log', () => {
    const log = [JSON.stringify({ level: 30, event: 'audit.head', ...head }), 'no json', '{"event":"other"}'].join(
      '\n',
    );
    expect(readHeads(log)).toEqual([head]);
  });

  test('tells a chain that was cut off, rewritten, or signed for by somebody else', async () => {
    const faults = async (heads: (typeof head)[], publicKey?: string): Promise<string[]> =>
      (await verifyChain({ chain: 'fac_a', links: walked(whole()), notLinked: ['77'], heads, publicKey })).faults.map(
        ({ kind }) => kind,
      );
    expect(await faults([head])).toEqual(['differs_from_head', 'not_linked']);
    expect(await faults([signer.sign({ ...head, position: 9 })])).toEqual(['cut_off', 'not_linked']);
    expect(await faults([{ ...head, position: 1 }])).toEqual(['head_not_genuine', 'not_linked']);
    expect(await faults([head], 'another')).toEqual(['head_of_other_key', 'not_linked']);
  });
});
