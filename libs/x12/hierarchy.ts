import type { Transaction } from './envelope';
import { GUIDE_271, guideFor } from './guide';
import { atSegment, IssueList, type X12Issue } from './issue';
import { childLoops, type LoopNode, ownSegments, readLoops } from './loops';
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
  readonly segments: Segment[];
  readonly hsd: Segment[];
  readonly ref: Segment[];
  readonly dtp: Segment[];
  readonly aaa: Segment[];
  readonly msg: Segment[];
  /** Of a 270: spend-down amounts. */
  readonly amt: Segment[];
  /** Loop 2115. */
  readonly iii: Segment[];
  readonly entities: RelatedEntity[];
}

/** One run of loop 2120, with or without LS and LE around it. */
export interface RelatedEntity {
  /** Absent when address or phone stand without a name. */
  readonly nm1?: Segment;
  readonly n3: Segment[];
  readonly n4: Segment[];
  readonly per: Segment[];
  readonly prv: Segment[];
  readonly segments: Segment[];
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
  const root = readLoops(guideFor(transaction.kind) ?? GUIDE_271, transaction.segments);
  const resolver = new ParentResolver();
  const levels = childLoops(root).flatMap((node) => resolver.resolve(readLevel(node)) ?? []);
  return { header: ownSegments(root), levels, issues: resolver.issues.list() };
}

type Unparented = Omit<HierarchyLevel, 'parent'>;

class ParentResolver {
  readonly issues = new IssueList();
  private readonly byNumber = new Map<string, HierarchyLevel>();
  private readonly nearest = new Map<LevelKind, HierarchyLevel>();

  resolve(found: Unparented | undefined): HierarchyLevel | undefined {
    if (found === undefined) return undefined;
    const parent = this.parentOf(found);
    const level: HierarchyLevel = parent === undefined ? found : { ...found, parent };
    parent?.children.push(level);
    this.byNumber.set(level.hl.element(1)?.trim() ?? '', level);
    this.nearest.set(level.kind, level);
    return level;
  }

  private parentOf(level: Unparented): HierarchyLevel | undefined {
    const kinds = PARENT_KINDS[level.kind];
    const said = level.hl.element(2)?.trim();
    const named = said === undefined ? undefined : this.byNumber.get(said);
    if (kinds.length === 0) return undefined;
    if (named !== undefined && kinds.includes(named.kind)) return named;
    if (level.kind === 'other') return undefined;
    const message = 'HL02 does not name the level above, the nearest one is taken';
    this.issues.add({ severity: 'warning', code: 'guide', at: atSegment(level.hl.number), message });
    return kinds.map((kind) => this.nearest.get(kind)).find((each) => each !== undefined) ?? named;
  }
}

function readLevel(node: LoopNode): Unparented | undefined {
  const header = ownSegments(node);
  const hl = header.find((segment) => segment.id === 'HL');
  if (hl === undefined) return undefined;
  const names = childLoops(node);
  return {
    kind: KINDS[node.rule.loop] ?? 'other',
    hl,
    children: [],
    header,
    name: names.flatMap(ownSegments),
    benefits: names.flatMap(childLoops).flatMap(readBenefit),
  };
}

function readBenefit(node: LoopNode): BenefitLoop[] {
  const own = ownSegments(node);
  const [segment] = own;
  if (segment === undefined) return [];
  const loops = childLoops(node);
  const of = (id: string) => own.filter((each) => each.id === id);
  const iii = loops.filter((loop) => loop.rule.loop.startsWith('2115')).flatMap(ownSegments);
  return [
    {
      segment,
      segments: allSegments(node),
      hsd: of('HSD'),
      ref: of('REF'),
      dtp: of('DTP'),
      aaa: of('AAA'),
      msg: of('MSG'),
      amt: of('AMT'),
      iii: [...of('III'), ...iii],
      entities: loops.filter((loop) => loop.rule.loop.startsWith('2120')).map(readEntity),
    },
  ];
}

function readEntity(node: LoopNode): RelatedEntity {
  const segments = ownSegments(node);
  const nm1 = segments.find((segment) => segment.id === 'NM1');
  const of = (id: string) => segments.filter((segment) => segment.id === id);
  return {
    ...(nm1 === undefined ? {} : { nm1 }),
    n3: of('N3'),
    n4: of('N4'),
    per: of('PER'),
    prv: of('PRV'),
    segments,
  };
}

function allSegments(node: LoopNode): Segment[] {
  return node.body.flatMap((part) => ('body' in part ? allSegments(part) : [part.segment]));
}
