import type { Transaction } from './envelope';
import { GUIDE_271, guideFor } from './guide';
import { atSegment, IssueList, type X12Issue } from './issue';
import { isLoopNode, type LoopNode, ownSegments, readLoops } from './loops';
import type { Segment } from './segment';
import { withOne } from './short-list';

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
  /** The first LS, which announces loops 2120. */
  readonly ls: Segment | undefined;
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
  const levels: HierarchyLevel[] = [];
  const resolver = new ParentResolver(levels);
  for (let part = root.first; part !== undefined; part = part.next) {
    const level = isLoopNode(part) ? readLevel(part) : undefined;
    if (level !== undefined) levels.push(resolver.resolve(level));
  }
  return { header: ownSegments(root), levels, issues: resolver.issues.list() };
}

/** A level whose parent is still looked for. */
type OpenLevel = { -readonly [K in keyof HierarchyLevel]: HierarchyLevel[K] };

/** Among so few levels one is looked for, among more it is looked up. */
const FEW_LEVELS = 16;

class ParentResolver {
  readonly issues = new IssueList();
  private byNumber: Map<string, HierarchyLevel> | undefined;
  private readonly nearest: { [K in LevelKind]?: HierarchyLevel } = {};

  constructor(
    /** Those resolved so far, in file order. */
    private readonly levels: readonly HierarchyLevel[],
  ) {}

  resolve(level: OpenLevel): HierarchyLevel {
    const parent = this.parentOf(level);
    if (parent !== undefined) {
      level.parent = parent;
      parent.children.push(level);
    }
    this.byNumber?.set(numberOf(level), level);
    this.nearest[level.kind] = level;
    return level;
  }

  private parentOf(level: HierarchyLevel): HierarchyLevel | undefined {
    const kinds = PARENT_KINDS[level.kind];
    if (kinds.length === 0) return undefined;
    const said = level.hl.element(2)?.trim();
    const named = said === undefined ? undefined : this.levelNumbered(said);
    if (named !== undefined && kinds.includes(named.kind)) return named;
    if (level.kind === 'other') return undefined;
    const message = 'HL02 does not name the level above, the nearest one is taken';
    this.issues.add({ severity: 'warning', code: 'guide', at: atSegment(level.hl.number), message });
    return kinds.map((kind) => this.nearest[kind]).find((each) => each !== undefined) ?? named;
  }

  /** The last with a number. */
  private levelNumbered(number: string): HierarchyLevel | undefined {
    const { levels } = this;
    if (levels.length > FEW_LEVELS) {
      this.byNumber ??= new Map(levels.map((level) => [numberOf(level), level]));
      return this.byNumber.get(number);
    }
    for (let at = levels.length - 1; at >= 0; at--) {
      const level = levels[at];
      if (level !== undefined && numberOf(level) === number) return level;
    }
    return undefined;
  }
}

/** HL01. */
function numberOf(level: HierarchyLevel): string {
  return level.hl.element(1)?.trim() ?? '';
}

function readLevel(node: LoopNode): OpenLevel | undefined {
  const header = ownSegments(node);
  const [hl] = ofKind(header, 'HL');
  if (hl === undefined) return undefined;
  const name: Segment[] = [];
  const benefits: BenefitLoop[] = [];
  for (let part = node.first; part !== undefined; part = part.next) {
    if (isLoopNode(part)) readName(part, name, benefits);
  }
  return { kind: KINDS[node.at.rule.loop] ?? 'other', hl, children: [], header, name, benefits };
}

function readName(node: LoopNode, name: Segment[], benefits: BenefitLoop[]): void {
  for (let part = node.first; part !== undefined; part = part.next) {
    if (!isLoopNode(part)) {
      name.push(part.segment);
      continue;
    }
    const opener = firstOwn(part);
    if (opener !== undefined) benefits.push(new BenefitRun(opener, part));
  }
}

function firstOwn(node: LoopNode): Segment | undefined {
  let part = node.first;
  while (part !== undefined && isLoopNode(part)) part = part.next;
  return part?.segment;
}

/** The segments of a benefit by their kind; lists that stay empty are shared. One pass: most of every message are benefits. */
class BenefitRun implements BenefitLoop {
  hsd: readonly Segment[] = NONE;
  ref: readonly Segment[] = NONE;
  dtp: readonly Segment[] = NONE;
  aaa: readonly Segment[] = NONE;
  msg: readonly Segment[] = NONE;
  amt: readonly Segment[] = NONE;
  ls: Segment | undefined;
  iii: readonly Segment[] = NONE;
  entities: readonly RelatedEntity[] = NONE;

  constructor(
    readonly segment: Segment,
    private readonly node: LoopNode,
  ) {
    for (let part = node.first; part !== undefined; part = part.next) {
      if (isLoopNode(part)) this.addLoop(part);
      else this.add(part.segment);
    }
  }

  get segments(): readonly Segment[] {
    return allSegments(this.node);
  }

  private add(segment: Segment): void {
    switch (segment.id) {
      case 'HSD':
        this.hsd = withOne(this.hsd, segment);
        break;
      case 'REF':
        this.ref = withOne(this.ref, segment);
        break;
      case 'DTP':
        this.dtp = withOne(this.dtp, segment);
        break;
      case 'AAA':
        this.aaa = withOne(this.aaa, segment);
        break;
      case 'MSG':
        this.msg = withOne(this.msg, segment);
        break;
      case 'AMT':
        this.amt = withOne(this.amt, segment);
        break;
      case 'LS':
        this.ls ??= segment;
        break;
      case 'III':
        this.iii = withOne(this.iii, segment);
        break;
      default:
    }
  }

  private addLoop(loop: LoopNode): void {
    const name = loop.at.rule.loop;
    if (name.startsWith('2120')) this.entities = withOne(this.entities, readEntity(loop));
    if (!name.startsWith('2115')) return;
    for (let part = loop.first; part !== undefined; part = part.next) {
      if (!isLoopNode(part)) this.iii = withOne(this.iii, part.segment);
    }
  }
}

const NONE: readonly never[] = [];

function readEntity(node: LoopNode): RelatedEntity {
  const segments = ownSegments(node);
  const entity: { -readonly [K in keyof RelatedEntity]: RelatedEntity[K] } = {
    n3: ofKind(segments, 'N3'),
    n4: ofKind(segments, 'N4'),
    per: ofKind(segments, 'PER'),
    prv: ofKind(segments, 'PRV'),
    segments,
  };
  const [nm1] = ofKind(segments, 'NM1');
  if (nm1 !== undefined) entity.nm1 = nm1;
  return entity;
}

function ofKind(segments: readonly Segment[], id: string): readonly Segment[] {
  let found: readonly Segment[] = NONE;
  for (const segment of segments) if (segment.id === id) found = withOne(found, segment);
  return found;
}

function allSegments(node: LoopNode): Segment[] {
  const found: Segment[] = [];
  collect(node, found);
  return found;
}

function collect(node: LoopNode, into: Segment[]): void {
  for (let part = node.first; part !== undefined; part = part.next) {
    if (isLoopNode(part)) collect(part, into);
    else into.push(part.segment);
  }
}
