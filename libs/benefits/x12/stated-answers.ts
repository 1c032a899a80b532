import type { Hierarchy, HierarchyLevel, Segment, Transaction } from '@openvob/x12';
import { firstDate, SERVICE_DATE } from '../stated-dates';
import type { StatedAnswer, StatedEntity, StatedPerson, StatedRejection, StatedRow } from '../statement';
import { elementOf, firstOf, sourceOf } from './segment-source';
import { statedDates, statedEntity, statedReferences, statedRow } from './stated-row';

type Level = StatedRejection['level'];

/**
 * Who is answered in one 271, in file order: each dependent that is answered, and a subscriber whose loop holds an EB or
 * AAA or who has no dependent below. A source or receiver that is rejected with nobody below is an answer about nobody.
 */
export function statedAnswers(transaction: Transaction, { levels, header }: Hierarchy): StatedAnswer[] {
  const transactionDate = firstDate(elementOf(firstOf(header, 'BHT'), 4)) ?? transaction.interchange?.gsDate;
  const reader = new LevelReader();
  const answers: StatedAnswer[] = [];
  for (const level of levels) if (reader.isAnswered(level)) answers.push(reader.answerAt(level, transactionDate));
  return answers;
}

/** Reads levels; what many persons share, their payer, provider and subscriber, is read once. */
class LevelReader {
  /** Of levels with several below them; the others are asked for what they hold by one person alone. */
  private rejections: Map<HierarchyLevel, readonly StatedRejection[]> | undefined;
  private parties: Map<HierarchyLevel, StatedEntity> | undefined;
  private people: Map<HierarchyLevel, StatedPerson> | undefined;

  isAnswered(level: HierarchyLevel): boolean {
    switch (level.kind) {
      case 'subscriber':
        return this.hasContent(level) || level.children.length === 0;
      case 'dependent':
        return (
          this.hasContent(level) || !this.hasContentOrNobody(level.parent) || this.rejectionsAbove(level).length > 0
        );
      case 'source':
      case 'receiver':
        return (
          this.ownRejections(level).length > 0 &&
          !hasPersonBelow(level) &&
          !level.children.some((child) => this.isAnswered(child))
        );
      case 'other':
        return false;
    }
  }

  answerAt(level: HierarchyLevel, transactionDate: string | undefined): StatedAnswer {
    const dependent = nearest(level, 'dependent');
    const subscriber = nearest(level, 'subscriber');
    return {
      payer: this.partyOf(nearest(level, 'source')),
      provider: this.partyOf(nearest(level, 'receiver')),
      subscriber: this.personAt(subscriber),
      dependent: dependent === undefined ? undefined : this.personAt(dependent),
      rejections: [...this.rejectionsAbove(level), ...this.ownRejections(level)],
      rows: rowsOf(level),
      traces: [...tracesOf(subscriber), ...tracesOf(dependent)],
      source: sourceOf(level.hl),
      serviceDate: serviceDateAt(dependent) ?? serviceDateAt(subscriber),
      transactionDate,
    };
  }

  /** A dependent of whom nothing is said is left out where the payer answered about the subscriber instead. */
  private hasContentOrNobody(subscriber: HierarchyLevel | undefined): boolean {
    return subscriber?.kind === 'subscriber' && this.hasContent(subscriber);
  }

  private hasContent(level: HierarchyLevel): boolean {
    return this.ownRejections(level).length > 0 || level.benefits.some(({ segment }) => segment.id === 'EB');
  }

  /** Rejections of the payer and the provider above a person. */
  private rejectionsAbove(level: HierarchyLevel): readonly StatedRejection[] {
    let above: readonly StatedRejection[] = NO_REJECTIONS;
    for (let each = level.parent; each !== undefined; each = each.parent) {
      const own = each.kind === 'source' || each.kind === 'receiver' ? this.ownRejections(each) : NO_REJECTIONS;
      if (own.length > 0) above = [...own, ...above];
    }
    return above;
  }

  private ownRejections(level: HierarchyLevel): readonly StatedRejection[] {
    const known = this.rejections?.get(level);
    if (known !== undefined) return known;
    const found: StatedRejection[] = [];
    addRejections(level.header, LEVELS[level.kind], found);
    addRejections(level.name, LEVELS[level.kind], found);
    for (const { aaa } of level.benefits) if (aaa.length > 0) addRejections(aaa, 'benefit', found);
    if (level.children.length > 1) {
      this.rejections ??= new Map();
      this.rejections.set(level, found);
    }
    return found;
  }

  private partyOf(level: HierarchyLevel | undefined): StatedEntity | undefined {
    if (level === undefined) return undefined;
    const nm1 = firstOf(level.name, 'NM1');
    const party = this.parties?.get(level) ?? (nm1 && statedEntity(nm1, level.name));
    if (party !== undefined && level.children.length > 1) {
      this.parties ??= new Map();
      this.parties.set(level, party);
    }
    return party;
  }

  private personAt(level: HierarchyLevel | undefined): StatedPerson {
    if (level === undefined) return NOBODY;
    const person = this.people?.get(level) ?? statedPerson(level.name);
    if (level.children.length > 1) {
      this.people ??= new Map();
      this.people.set(level, person);
    }
    return person;
  }
}

function hasPersonBelow(level: HierarchyLevel): boolean {
  return level.children.some(
    (child) => child.kind === 'subscriber' || child.kind === 'dependent' || hasPersonBelow(child),
  );
}

/** The level itself or the nearest above it of a kind. */
function nearest(level: HierarchyLevel, kind: HierarchyLevel['kind']): HierarchyLevel | undefined {
  for (let each: HierarchyLevel | undefined = level; each !== undefined; each = each.parent) {
    if (each.kind === kind) return each;
  }
  return undefined;
}

function rowsOf(level: HierarchyLevel): StatedRow[] {
  const rows: StatedRow[] = [];
  for (const benefit of level.benefits) if (benefit.segment.id === 'EB') rows.push(statedRow(benefit));
  return rows;
}

/** The first date of service of a person, those on benefits included. */
function serviceDateAt(level: HierarchyLevel | undefined): string | undefined {
  if (level === undefined) return undefined;
  const own = serviceDateIn(level.name);
  if (own !== undefined) return own;
  for (const { dtp } of level.benefits) {
    const found = serviceDateIn(dtp);
    if (found !== undefined) return found;
  }
  return undefined;
}

function serviceDateIn(segments: readonly Segment[]): string | undefined {
  for (const segment of segments) {
    if (segment.id !== 'DTP' || elementOf(segment, 1) !== SERVICE_DATE) continue;
    const value = elementOf(segment, 3);
    if (value !== undefined) return value;
  }
  return undefined;
}

function tracesOf(level: HierarchyLevel | undefined): string[] {
  const traces: string[] = [];
  for (const segment of level?.header ?? []) {
    const trace = segment.id === 'TRN' ? elementOf(segment, 2) : undefined;
    if (trace !== undefined) traces.push(trace);
  }
  return traces;
}

const NO_REJECTIONS: readonly StatedRejection[] = [];

const LEVELS: Readonly<Record<HierarchyLevel['kind'], Level>> = {
  source: 'payer',
  receiver: 'provider',
  subscriber: 'subscriber',
  dependent: 'dependent',
  other: 'subscriber',
};

function addRejections(segments: readonly Segment[], level: Level, found: StatedRejection[]): void {
  for (const segment of segments) {
    const code = segment.id === 'AAA' ? elementOf(segment, 3) : undefined;
    if (code !== undefined) found.push({ level, code, followUp: elementOf(segment, 4), source: sourceOf(segment) });
  }
}

const NOBODY: StatedPerson = { references: [], dates: [] };

function statedPerson(segments: readonly Segment[]): StatedPerson {
  const nm1 = firstOf(segments, 'NM1');
  const dmg = firstOf(segments, 'DMG');
  const ins = firstOf(segments, 'INS');
  const birthDate = elementOf(dmg, 2);
  const insured = elementOf(ins, 1);
  return {
    lastName: elementOf(nm1, 3),
    firstName: elementOf(nm1, 4),
    memberId: isMemberId(nm1) ? elementOf(nm1, 9) : undefined,
    relationship: elementOf(ins, 2),
    birthDate: dmg === undefined || birthDate === undefined ? undefined : { text: birthDate, source: sourceOf(dmg) },
    insured: insured === 'Y' || insured === 'N' ? insured === 'Y' : undefined,
    references: statedReferences(segments),
    dates: statedDates(segments),
  };
}

const MEMBER_ID_QUALIFIERS: readonly (string | undefined)[] = ['MI', 'II', 'ZZ', undefined];

/** NM108: member id, the standard unique health id, or nothing; a social security number is not taken for a member id. */
function isMemberId(nm1: Segment | undefined): boolean {
  return MEMBER_ID_QUALIFIERS.includes(elementOf(nm1, 8));
}
