import { createHash } from 'node:crypto';

/** The name of the chain over what belongs to no facility; the others are named by their facility. */
export const installationChain = 'installation';

/** What stands before the first link. */
export const genesis: Buffer = Buffer.alloc(32);

/** A line of the trail as it is covered by the chain; every part is text just as the database keeps it. */
export interface TrailLine {
  entryId: string;
  /** UTC with microseconds. */
  at: string;
  actorKind: string;
  actorId: string;
  action: string;
  subjectId: string;
  /** The JSON text. */
  detail: string;
}

/** A line's place in its chain, and the hash over everything up to it. */
export interface Link {
  position: number;
  entryId: string;
  hash: Buffer;
}

const version = 1;

/** The hash of a link: SHA-256 over the hash before it and everything that its line says, chain and position included. */
export function linkHash(chain: string, position: number, previous: Buffer, line: TrailLine): Buffer {
  const { entryId, at, actorKind, actorId, action, subjectId, detail } = line;
  const text = JSON.stringify([version, chain, position, entryId, at, actorKind, actorId, action, subjectId, detail]);
  return createHash('sha256').update(previous).update(text).digest();
}

/** Links lines to a chain, in their order. @param last the chain's end; undefined for a new one */
export function linkOn(
  chain: string,
  last: Pick<Link, 'position' | 'hash'> | undefined,
  lines: readonly TrailLine[],
): Link[] {
  let { position, hash } = last ?? { position: 0, hash: genesis };
  return lines.map((line) => {
    position += 1;
    hash = linkHash(chain, position, hash, line);
    return { position, entryId: line.entryId, hash };
  });
}
