import { addDays, type CivilDate } from '@openvob/benefits';
import type { BuiltCase } from '../case-from-benefits/build-estimate-case';
import { assumption, type CaseAssumption, type CaseSource } from '../case-from-benefits/case-notes';
import type { ActiveSpan, BenefitPeriod, Benefits, Coverage } from '../estimate-case';
import type { EarlierAnswer } from './earlier-answer';
import { asOfStart, hasFallen, limitsAsOfStart, ownUse } from './own-use';

/** The case of one round, with the places of its notes moved to where they stand now. */
interface Moved {
  readonly coverage: Coverage;
  readonly sources: readonly CaseSource[];
  readonly assumptions: readonly CaseAssumption[];
  /** Less is left than there was at the start. */
  readonly hasFallen: boolean;
}

/**
 * The case of a whole program whose payer was asked again while it is under way. The payer's figures are of today, and an estimate begins on the first
 * day: what the program's own days have used since is put back, so that it is counted once; a benefit year that is over keeps the figures of the answer
 * before; coverage before today is what it was then. Shares and authorization are those of today's answer for all days.
 *
 * @param built the case from today's answer, its first benefit year the one of today
 * @param earlier of a case with the same start
 */
export function caseUnderWay(built: BuiltCase, earlier: EarlierAnswer, today: CivilDate): BuiltCase {
  const moved = built.case.coverages.map((coverage, index) =>
    movedCoverage({ built, earlier, today, index }, coverage, earlier.case.coverages[index]),
  );
  const { pendingClaims: _, ...rest } = built.case;
  // Claims that were on their way at the start are among what is used by now.
  const hasPosted = moved[0]?.hasFallen === true;
  const estimateCase = { ...(hasPosted ? rest : built.case), coverages: moved.map(({ coverage }) => coverage) };
  return {
    ...built,
    case: estimateCase,
    sources: moved.flatMap(({ sources }) => sources),
    assumptions: [
      ...built.assumptions.filter(({ path }) => !path.startsWith('/coverages/')),
      ...moved.flatMap(({ assumptions }) => assumptions),
    ],
  };
}

interface Round {
  readonly built: BuiltCase;
  readonly earlier: EarlierAnswer;
  readonly today: CivilDate;
  readonly index: number;
}

function movedCoverage(round: Round, coverage: Coverage, before: Coverage | undefined): Moved {
  const { built, index } = round;
  const own = `/coverages/${index}`;
  const notes = {
    sources: built.sources.filter((one) => one.coverage === index),
    assumptions: built.assumptions.filter(({ path }) => isBelow(path, own)),
  };
  if (!before) return { coverage, ...notes, hasFallen: false };
  const active = activeUnderWay(coverage.active, before.active, round.today);
  const side = sideUnderWay(round, coverage, before);
  const out =
    coverage.outOfNetwork && before.outOfNetwork
      ? sideUnderWay(round, coverage.outOfNetwork, before.outOfNetwork)
      : undefined;
  const shifts: readonly Shift[] = [
    { list: `${own}/periods`, by: side.kept },
    { list: `${own}/active`, by: active.kept },
    ...(out ? [{ list: `${own}/outOfNetwork/periods`, by: out.kept }] : []),
  ];
  return {
    coverage: {
      ...coverage,
      ...side.benefits,
      active: active.spans,
      ...(out ? { outOfNetwork: { ...coverage.outOfNetwork, ...out.benefits } } : {}),
    },
    sources: [...keptNotes(round.earlier.sources, shifts), ...notes.sources.map((one) => shifted(one, shifts))],
    assumptions: [
      ...(keptNotes(round.earlier.assumptions, shifts) as CaseAssumption[]).filter(({ code }) => !ownCodes.has(code)),
      ...notes.assumptions.map((one) => shifted(one, shifts)),
      ...(side.kept > 0 ? [assumption('former_year_kept', `${own}/periods/0`)] : []),
      ...(side.isPutBack ? [assumption('used_by_program_put_back', `${own}/periods/${side.kept}`)] : []),
    ],
    hasFallen: side.hasFallen,
  };
}

const ownCodes: ReadonlySet<string> = new Set(['former_year_kept', 'used_by_program_put_back']);

interface MovedSide {
  readonly benefits: Benefits;
  /** Benefit years of the earlier answer that stand before the others. */
  readonly kept: number;
  /** The program's own use was put back. */
  readonly isPutBack: boolean;
  readonly hasFallen: boolean;
}

function sideUnderWay({ built, earlier, today }: Round, now: Benefits, before: Benefits): MovedSide {
  const at = now.periods.findIndex(({ from, to }) => from <= today && today <= to);
  const current = now.periods[at];
  if (!current) return { benefits: now, kept: 0, isPutBack: false, hasFallen: false };
  const { startDate } = built.case;
  const isOver = ({ from }: BenefitPeriod) => from < current.from && startDate < current.from;
  const kept = before.periods
    .filter(isOver)
    .map((period) => ({ ...period, to: period.to < current.from ? period.to : addDays(current.from, -1) }));
  const own = ownUse(earlier.posted, current.from > startDate ? current.from : startDate, today);
  const was = before.periods.find((period) => period.from <= today && today <= period.to && !isOver(period));
  const restored = asOfStart(current, was, own);
  const limits = kept.length > 0 ? before.limits : limitsAsOfStart(now.limits, before.limits, own);
  const { limits: _, ...rest } = now;
  return {
    benefits: {
      ...rest,
      periods: [...kept, restored, ...now.periods.slice(at + 1)],
      ...(limits ? { limits } : {}),
    },
    kept: kept.length,
    isPutBack: restored !== current,
    // What was pending at the start is pending in a year that is over by now.
    hasFallen: kept.length === 0 && hasFallen(current, was),
  };
}

/** Up to yesterday as it was known then, from today on as it is known now. */
function activeUnderWay(
  now: readonly ActiveSpan[],
  before: readonly ActiveSpan[],
  today: CivilDate,
): { spans: ActiveSpan[]; kept: number } {
  const yesterday = addDays(today, -1);
  const past = before
    .filter(({ from }) => from < today)
    .map(({ from, to }) => ({ from, to: to !== undefined && to < yesterday ? to : yesterday }));
  const ahead = now
    .filter(({ to }) => to === undefined || to >= today)
    .map((span) => (span.from < today ? { ...span, from: today } : span));
  return { spans: [...past, ...ahead], kept: past.length };
}

/** Entries of the earlier answer stand before those of this one in a list. */
interface Shift {
  readonly list: string;
  readonly by: number;
}

function shifted<Note extends { readonly path: string }>(note: Note, shifts: readonly Shift[]): Note {
  const shift = shifts.find(({ list }) => isBelow(note.path, list));
  if (!shift) return note;
  const [index = '', ...rest] = note.path.slice(shift.list.length + 1).split('/');
  if (!/^\d+$/.test(index)) return note;
  return { ...note, path: [shift.list, Number(index) + shift.by, ...rest].join('/') };
}

/** What the entries that are kept stand on. */
function keptNotes<Note extends { readonly path: string }>(notes: readonly Note[], shifts: readonly Shift[]): Note[] {
  return notes.filter(({ path }) =>
    shifts.some(({ list, by }) => isBelow(path, list) && Number(path.slice(list.length + 1).split('/')[0]) < by),
  );
}

function isBelow(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}
