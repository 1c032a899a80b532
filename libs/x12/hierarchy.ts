import type { Transaction } from './envelope';
import { GUIDE_271, guideFor } from './guide';
import { atSegment, IssueList, type X12Issue } from './issue';
import { isLoopNode, type LoopNode, ownSegments, readLoops } from './loops';
import type { Segment } from './segment';

export type LevelKind = 'source' | 'receiver' | 'subscriber' | 'dependent' | 'other';

/** One hierarchical level (loop 2000) with the name loop (2100) and the benefit loops (2110) below it. */
export interface HierarchyLevel {
  readonly kind: LevelKind;
  readonly hl: Segment;
  readonly parent?: HierarchyLevel;
  /** In file order. */
  readonly children: HierarchyLevel[];
  /** Of loop 2000 itself: HL, TRN, and AAA of the source. */
  readonly header: Segment[];
  /** Of loop 2100: NM1, REF, N3, N4, PER, AAA, PRV, DMG, INS, HI, DTP, MPI; also those that stand behind an EB. */
  readonly name: Segment[];
  readonly benefits: BenefitLoop[];
}

/** One run of loop 2110: an EB (in a 270: an EQ) with all that qualifies it. */
export interface BenefitLoop {
  /** The EB or EQ itself. */
  readonly segment: Segment;
  /** Everything of the run in file order, the EB and the loops 2115 and 2120 included. */
  readonly segments: readonly Segment[];
  readonly hsd: readonly Segment[];
  readonly ref: readonly Segment[];
  readonly dtp: readonly Segment[];
  readonly aaa: readonly Segment[];
  readonly msg: readonly Segment[];
  /** Of a 270: spend-down amounts. */
  readonly amt: readonly Segment[];
  /** Loop 2115. */
  readonly iii: readonly Segment[];
  readonly entities: readonly RelatedEntity[];
}

/** One run of loop 2120, with or without LS and LE around it. */
export interface RelatedEntity {
  /** Absent when address or phone stand without a name. */
  readonly nm1?: Segment;
  readonly n3: readonly Segment[];
  readonly n4: readonly Segment[];
  readonly per: readonly Segment[];
  readonly prv: readonly Segment[];
  readonly segments: readonly Segment[];
}

export interface Hierarchy {
  /** ST, BHT and SE, and whatever stands outside of the levels. */
  readonly header: Segment[];
  /** In file order. */
  readonly levels: HierarchyLevel[];
  /** Levels whose parent HL02 does not name. */
  readonly issues: X12Issue[];
}

const KINDS: Readonly<Record<string, LevelKind>> = {
  '2000A': 'source',
  '2000B': 'receiver',
  '2000C': 'subscriber',
  '2000D': 'dependent',
};

/** What each kind of level stands under. */
const PARENT_KINDS: Readonly<Record<LevelKind, readonly LevelKind[]>> = {
  source: [],
  receiver: ['source'],
  subscriber: ['receiver'],
  dependent: ['subscriber'],
  other: ['source', 'receiver', 'subscriber', 'dependent', 'other'],
};

/**
 * The levels of a 270 or 271 with their parents: HL02 when it names a level of the right kind above, else the nearest
 * one above. Also for 4010, whose loops are the same.
 * Source: TR3 005010X279A1, loops 2000 to 2120.
 */
export function readHierarchy(transaction: Transaction): Hierarchy {
  return hierarchyOf(loopsOf(transaction));
}

/** The segments of a transaction in the loops of its guide; those of an unknown kind in the loops of a 271. */
export function loopsOf(transaction: Transaction): LoopNode {
  return readLoops(guideFor(transaction.kind) ?? GUIDE_271, transaction.segments);
}

/** As `readHierarchy`, of segments that stand in their loops already. Plain loops: every segment of every message passes. */
export function hierarchyOf(root: LoopNode): Hierarchy {
  const resolver = new ParentResolver();
  const levels: HierarchyLevel[] = [];
  for (const part of root.body) {
    const level = isLoopNode(part) ? readLevel(part) : undefined;
    if (level !== undefined) levels.push(resolver.resolve(level));
  }
  return { header: ownSegments(root), levels, issues: resolver.issues.list() };
}

/** A level whose parent is still looked for. */
type OpenLevel = { -readonly [K in keyof HierarchyLevel]: HierarchyLevel[K] };

class ParentResolver {
  readonly issues = new IssueList();
  private readonly byNumber = new Map<string, HierarchyLevel>();
  private readonly nearest: { [K in LevelKind]?: HierarchyLevel } = {};

  resolve(level: OpenLevel): HierarchyLevel {
    const parent = this.parentOf(level);
    if (parent !== undefined) {
      level.parent = parent;
      parent.children.push(level);
    }
    this.byNumber.set(level.hl.element(1)?.trim() ?? '', level);
    this.nearest[level.kind] = level;
    return level;
  }

  private parentOf(level: HierarchyLevel): HierarchyLevel | undefined {
    const kinds = PARENT_KINDS[level.kind];
    if (kinds.length === 0) return undefined;
    const said = level.hl.element(2)?.trim();
    const named = said === undefined ? undefined : this.byNumber.get(said);
    if (named !== undefined && kinds.includes(named.kind)) return named;
    if (level.kind === 'other') return undefined;
    const message = 'HL02 does not name the level above, the nearest one is taken';
    this.issues.add({ severity: 'warning', code: 'guide', at: atSegment(level.hl.number), message });
    return kinds.map((kind) => this.nearest[kind]).find((each) => each !== undefined) ?? named;
  }
}

function readLevel(node: LoopNode): OpenLevel | undefined {
  const header = ownSegments(node);
  const hl = header.find((segment) => segment.id === 'HL');
  if (hl === undefined) return undefined;
  const name: Segment[] = [];
  const benefits: BenefitLoop[] = [];
  for (const part of node.body) if (isLoopNode(part)) readName(part, name, benefits);
  return { kind: KINDS[node.rule.loop] ?? 'other', hl, children: [], header, name, benefits };
}

function readName(node: LoopNode, name: Segment[], benefits: BenefitLoop[]): void {
  for (const part of node.body) {
    if (!isLoopNode(part)) {
      name.push(part.segment);
      continue;
    }
    const opener = firstOwn(part);
    if (opener !== undefined) benefits.push(readBenefit(opener, part));
  }
}

function firstOwn(node: LoopNode): Segment | undefined {
  for (const part of node.body) if (!isLoopNode(part)) return part.segment;
  return undefined;
}

function readBenefit(segment: Segment, node: LoopNode): BenefitLoop {
  return {
    segment,
    segments: node.body.length === 1 ? [segment] : allSegments(node),
    hsd: own(node, 'HSD'),
    ref: own(node, 'REF'),
    dtp: own(node, 'DTP'),
    aaa: own(node, 'AAA'),
    msg: own(node, 'MSG'),
    amt: own(node, 'AMT'),
    iii: diagnosesAndPlaces(node),
    entities: entitiesOf(node),
  };
}

const NONE: readonly never[] = [];

/** The segments of a kind that stand in a run itself. */
function own(node: LoopNode, id: string): readonly Segment[] {
  let found: Segment[] | undefined;
  for (const part of node.body) {
    if (isLoopNode(part) || part.segment.id !== id) continue;
    if (found === undefined) found = [part.segment];
    else found.push(part.segment);
  }
  return found ?? NONE;
}

/** III in the run itself and in its loops 2115. */
function diagnosesAndPlaces(node: LoopNode): readonly Segment[] {
  const found = [...own(node, 'III')];
  for (const part of node.body) {
    if (isLoopNode(part) && part.rule.loop.startsWith('2115')) collect(part, found);
  }
  return found;
}

function entitiesOf(node: LoopNode): readonly RelatedEntity[] {
  let found: RelatedEntity[] | undefined;
  for (const part of node.body) {
    if (!isLoopNode(part) || !part.rule.loop.startsWith('2120')) continue;
    if (found === undefined) found = [readEntity(part)];
    else found.push(readEntity(part));
  }
  return found ?? NONE;
}

function readEntity(node: LoopNode): RelatedEntity {
  const entity: { -readonly [K in keyof RelatedEntity]: RelatedEntity[K] } = {
    n3: own(node, 'N3'),
    n4: own(node, 'N4'),
    per: own(node, 'PER'),
    prv: own(node, 'PRV'),
    segments: ownSegments(node),
  };
  const [nm1] = own(node, 'NM1');
  if (nm1 !== undefined) entity.nm1 = nm1;
  return entity;
}

function allSegments(node: LoopNode): Segment[] {
  const found: Segment[] = [];
  collect(node, found);
  return found;
}

function collect(node: LoopNode, into: Segment[]): void {
  for (const part of node.body) {
    if (isLoopNode(part)) collect(part, into);
    else into.push(part.segment);
  }
}
