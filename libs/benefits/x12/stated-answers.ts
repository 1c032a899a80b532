import type { Hierarchy, HierarchyLevel, Segment, Transaction } from '@openvob/x12';
import { given } from '../given';
import { serviceDateOf } from '../stated-dates';
import type { StatedAnswer, StatedEntity, StatedPerson, StatedRejection } from '../statement';
import { elementOf, sourceOf } from './segment-source';
import { statedDates, statedEntity, statedReferences, statedRow } from './stated-row';

type Level = StatedRejection['level'];

/**
 * Who is answered in one 271, in file order: each dependent that is answered, and a subscriber whose loop holds an EB or
 * AAA or who has no dependent below. A source or receiver that is rejected with nobody below is an answer about nobody.
 */
export function statedAnswers(transaction: Transaction, { levels, header }: Hierarchy): StatedAnswer[] {
  const bht = header.find((segment) => segment.id === 'BHT');
  const transactionDate = elementOf(bht, 4) ?? transaction.interchange?.gsDate;
  return levels.filter(isAnswered).map((level) => ({
    ...answerAt(level),
    ...(transactionDate === undefined ? {} : { transactionDate }),
  }));
}

function isAnswered(level: HierarchyLevel): boolean {
  switch (level.kind) {
    case 'subscriber':
      return hasContent(level) || level.children.length === 0;
    case 'dependent':
      return hasContent(level) || !hasContentOrNobody(level.parent) || rejectionsAbove(level).length > 0;
    case 'source':
    case 'receiver':
      return ownRejections(level).length > 0 && !hasPersonBelow(level) && !level.children.some(isAnswered);
    case 'other':
      return false;
  }
}

/** A dependent of whom nothing is said is left out where the payer answered about the subscriber instead. */
function hasContentOrNobody(subscriber: HierarchyLevel | undefined): boolean {
  return subscriber?.kind === 'subscriber' && hasContent(subscriber);
}

function hasContent(level: HierarchyLevel): boolean {
  return level.benefits.some(({ segment }) => segment.id === 'EB') || ownRejections(level).length > 0;
}

function hasPersonBelow(level: HierarchyLevel): boolean {
  return level.children.some(
    (child) => child.kind === 'subscriber' || child.kind === 'dependent' || hasPersonBelow(child),
  );
}

function answerAt(level: HierarchyLevel): StatedAnswer {
  const path = pathTo(level);
  const of = (kind: HierarchyLevel['kind']) => path.find((each) => each.kind === kind);
  const dependent = of('dependent');
  const subscriber = of('subscriber');
  const serviceDate = serviceDateAt(dependent) ?? serviceDateAt(subscriber);
  return {
    ...parties(of('source'), of('receiver')),
    subscriber: statedPerson(subscriber),
    ...(dependent === undefined ? {} : { dependent: statedPerson(dependent) }),
    rejections: [...rejectionsAbove(level), ...ownRejections(level)],
    rows: level.benefits.filter(({ segment }) => segment.id === 'EB').map(statedRow),
    traces: [subscriber, dependent].flatMap((each) => tracesOf(each)),
    source: sourceOf(level.hl),
    ...(serviceDate === undefined ? {} : { serviceDate }),
  };
}

function pathTo(level: HierarchyLevel): HierarchyLevel[] {
  return level.parent === undefined ? [level] : [...pathTo(level.parent), level];
}

function parties(
  source: HierarchyLevel | undefined,
  receiver: HierarchyLevel | undefined,
): Pick<StatedAnswer, 'payer' | 'provider'> {
  const payer = partyOf(source);
  const provider = partyOf(receiver);
  return { ...(payer === undefined ? {} : { payer }), ...(provider === undefined ? {} : { provider }) };
}

function partyOf(level: HierarchyLevel | undefined): StatedEntity | undefined {
  const nm1 = level?.name.find((segment) => segment.id === 'NM1');
  return nm1 && statedEntity(nm1, level?.name.filter((segment) => segment.id === 'PER') ?? []);
}

function serviceDateAt(level: HierarchyLevel | undefined): string | undefined {
  if (level === undefined) return undefined;
  const dates = statedDates(
    [...level.name, ...level.benefits.flatMap(({ dtp }) => dtp)].filter(({ id }) => id === 'DTP'),
  );
  return serviceDateOf(dates);
}

function tracesOf(level: HierarchyLevel | undefined): string[] {
  return (level?.header ?? []).flatMap((segment) => (segment.id === 'TRN' ? (elementOf(segment, 2) ?? []) : []));
}

/** Rejections of the payer and the provider above a person. */
function rejectionsAbove(level: HierarchyLevel): StatedRejection[] {
  return pathTo(level)
    .slice(0, -1)
    .filter(({ kind }) => kind === 'source' || kind === 'receiver')
    .flatMap(ownRejections);
}

const LEVELS: Readonly<Record<HierarchyLevel['kind'], Level>> = {
  source: 'payer',
  receiver: 'provider',
  subscriber: 'subscriber',
  dependent: 'dependent',
  other: 'subscriber',
};

function ownRejections(level: HierarchyLevel): StatedRejection[] {
  return [
    ...[...level.header, ...level.name].flatMap((segment) => statedRejection(segment, LEVELS[level.kind])),
    ...level.benefits.flatMap(({ aaa }) => aaa).flatMap((segment) => statedRejection(segment, 'benefit')),
  ];
}

function statedRejection(segment: Segment, level: Level): StatedRejection[] {
  const code = elementOf(segment, 3);
  if (segment.id !== 'AAA' || code === undefined) return [];
  return [{ level, code, ...given({ followUp: elementOf(segment, 4) }), source: sourceOf(segment) }];
}

function statedPerson(level: HierarchyLevel | undefined): StatedPerson {
  const of = (id: string) => level?.name.filter((segment) => segment.id === id) ?? [];
  const [nm1] = of('NM1');
  const [dmg] = of('DMG');
  const [ins] = of('INS');
  const birthDate = elementOf(dmg, 2);
  const insured = elementOf(ins, 1);
  return {
    ...given({
      lastName: elementOf(nm1, 3),
      firstName: elementOf(nm1, 4),
      memberId: isMemberId(nm1) ? elementOf(nm1, 9) : undefined,
      relationship: elementOf(ins, 2),
    }),
    ...(dmg === undefined || birthDate === undefined ? {} : { birthDate: { text: birthDate, source: sourceOf(dmg) } }),
    ...(insured === 'Y' || insured === 'N' ? { insured: insured === 'Y' } : {}),
    references: statedReferences(of('REF')),
    dates: statedDates(of('DTP')),
  };
}

/** NM108: member id, the standard unique health id, or nothing; a social security number is not taken for a member id. */
function isMemberId(nm1: Segment | undefined): boolean {
  return ['MI', 'II', 'ZZ', undefined].includes(elementOf(nm1, 8));
}
