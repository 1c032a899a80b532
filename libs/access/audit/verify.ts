import { genesis, type Link, linkHash, type TrailLine } from './chain';
import { isGenuine, type SignedHead } from './signed-head';

/** A link with the line that it names; without one when that line is gone. */
export interface WalkedLink extends Link {
  line?: TrailLine;
}

/** What is wrong with a chain, and where. */
export interface ChainFault {
  kind:
    | 'gap'
    | 'line_missing'
    | 'changed'
    | 'cut_off'
    | 'differs_from_head'
    | 'head_not_genuine'
    | 'head_of_other_key'
    | 'not_linked';
  chain: string;
  /** Of the link; of the head that tells it. */
  position?: number;
  entryId?: string;
  /** In one sentence. */
  says: string;
}

export interface ChainFindings {
  chain: string;
  links: number;
  /** Heads kept elsewhere that were compared. */
  heads: number;
  /** The end of the chain as it is now, hexadecimal. */
  head?: { position: number; hash: string };
  faults: ChainFault[];
}

export interface Walk {
  chain: string;
  /** In the order of their positions. */
  links: AsyncIterable<WalkedLink>;
  /** Lines that are not in the chain though they are old enough to be. */
  notLinked: readonly string[];
  heads: readonly SignedHead[];
  /** The key that heads have to be signed with; whichever they name when left out. */
  publicKey?: string | undefined;
}

/** Walks one chain from its beginning and compares it with the heads that were kept elsewhere. */
export async function verifyChain(walk: Walk): Promise<ChainFindings> {
  const own = walk.heads.filter(({ chain }) => chain === walk.chain);
  const faults = own.flatMap((head) => faultsOfHead(head, walk.publicKey));
  const wanted = new Map(own.filter(isTrusted(walk.publicKey)).map((head) => [head.position, head]));
  let [previous, position, links] = [genesis, 0, 0];
  for await (const link of walk.links) {
    links += 1;
    const chain = walk.chain;
    if (link.position !== position + 1) faults.push(gap(chain, position, link));
    faults.push(...faultsOfLink(chain, previous, link));
    const head = wanted.get(link.position);
    if (head && head.hash !== link.hash.toString('hex')) faults.push(differs(chain, link, head));
    // With the hash that is kept, so that one change is one fault and not one in every link behind it.
    [previous, position] = [link.hash, link.position];
  }
  faults.push(...cutOff(walk.chain, position, [...wanted.values()]));
  faults.push(...walk.notLinked.map((entryId) => notLinked(walk.chain, entryId)));
  const head = links > 0 ? { head: { position, hash: previous.toString('hex') } } : {};
  return { chain: walk.chain, links, heads: own.length, ...head, faults };
}

function isTrusted(publicKey: string | undefined): (head: SignedHead) => boolean {
  return (head) => isGenuine(head) && (publicKey === undefined || head.publicKey === publicKey);
}

function faultsOfHead(head: SignedHead, publicKey: string | undefined): ChainFault[] {
  const { chain, position } = head;
  if (!isGenuine(head))
    return [{ kind: 'head_not_genuine', chain, position, says: 'an exported head has no valid signature' }];
  if (publicKey === undefined || head.publicKey === publicKey) return [];
  return [{ kind: 'head_of_other_key', chain, position, says: 'an exported head is signed with another key' }];
}

function faultsOfLink(chain: string, previous: Buffer, { position, entryId, hash, line }: WalkedLink): ChainFault[] {
  if (!line) return [{ kind: 'line_missing', chain, position, entryId, says: 'its line has been removed' }];
  if (linkHash(chain, position, previous, line).equals(hash)) return [];
  return [{ kind: 'changed', chain, position, entryId, says: 'the line, its place or its hash has been changed' }];
}

function gap(chain: string, position: number, { position: next, entryId }: Link): ChainFault {
  const says = `links ${position + 1} to ${next - 1} have been removed`;
  return { kind: 'gap', chain, position: position + 1, entryId, says };
}

function differs(chain: string, { position, entryId }: Link, head: SignedHead): ChainFault {
  const says = `at or before here the chain has been rewritten since ${head.at}`;
  return { kind: 'differs_from_head', chain, position, entryId, says };
}

function cutOff(chain: string, end: number, heads: readonly SignedHead[]): ChainFault[] {
  const furthest = heads.reduce((most, { position }) => Math.max(most, position), 0);
  if (furthest <= end) return [];
  return [
    { kind: 'cut_off', chain, position: end, says: `it ends here, and reached ${furthest} when it was exported` },
  ];
}

function notLinked(chain: string, entryId: string): ChainFault {
  return { kind: 'not_linked', chain, entryId, says: 'the line never came into the chain, or was taken out of it' };
}
