import { mondayOf } from '@openvob/benefits';
import type { Estimate } from '@openvob/estimate';
import type { Block, WeekBar } from '../content';
import { dateIn, plainUsd } from '../formats';
import { likelyCourse } from './likely-course';
import type { Telling } from './patient-estimate';

/** The weeks as a chart with its table, and when the deductible and the maximum end; nothing where no likely figures can be given. */
export function weekBlocks(telling: Telling): Block[] {
  const { facts, language, words } = telling;
  const { estimate } = facts;
  const { patientEstimate: own, common } = words;
  const { likelyCents } = estimate.total;
  if (likelyCents === undefined || estimate.perWeek.length === 0) return [];
  const bars = barsOf(estimate, (date) => dateIn(language, date, 'short'));
  const amounts = estimate.perWeek.map(({ patientCents }) => patientCents);
  const [first = 0, last = 0] = [amounts[0], amounts.at(-1)];
  const alternative = own.chartAlternative(
    bars.length,
    plainUsd(first),
    plainUsd(Math.max(...amounts)),
    plainUsd(last),
  );
  return [
    { kind: 'heading', text: own.weeksTitle },
    ...courseTexts(telling).map((text): Block => ({ kind: 'text', text })),
    ...(bars.length > 1
      ? [
          {
            kind: 'chart',
            chart: { bars, deductibleLabel: own.chartDeductible, otherLabel: own.chartOther, alternative },
          } as const,
        ]
      : []),
    {
      kind: 'table',
      caption: own.weeksCaption,
      columns: [{ title: own.weekOf }, { title: own.youOwe, isAmount: true }],
      rows: estimate.perWeek.map(({ weekOf, patientCents }) => [dateIn(language, weekOf), plainUsd(patientCents)]),
      total: [common.total, plainUsd(likelyCents)],
    },
  ];
}

function barsOf({ perWeek, days }: Estimate, label: (date: string) => string): WeekBar[] {
  return perWeek.map(({ weekOf, patientCents }) => {
    const lines = days.filter(({ date }) => mondayOf(date) === weekOf).flatMap((day) => day.lines);
    // What another plan takes over of a line is taken off its deductible last.
    const deductibleCents = lines.reduce((sum, line) => sum + Math.min(line.deductibleCents, line.patientCents), 0);
    return {
      label: label(weekOf),
      amount: plainUsd(patientCents),
      deductibleCents,
      otherCents: Math.max(patientCents - deductibleCents, 0),
    };
  });
}

function courseTexts({ facts, language, words: { patientEstimate: own } }: Telling): string[] {
  const periods = likelyCourse(facts.estimate, facts.estimateCase);
  return periods.flatMap((period, index) => {
    const { from, deductibleCents, deductibleEndsOn, dayAfterCents, maximumReachedOn } = period;
    const taken = deductibleCents > 0 ? [own.deductibleTaken(plainUsd(deductibleCents))] : [];
    const end = deductibleEndsOn ? [own.deductibleEnds(dateIn(language, deductibleEndsOn))] : [own.deductibleGoesOn];
    const after = dayAfterCents === undefined || maximumReachedOn ? [] : [own.dayAfter(plainUsd(dayAfterCents))];
    const reached = maximumReachedOn ? [own.limitReached(dateIn(language, maximumReachedOn))] : [];
    const started = index > 0 ? [own.yearStarts(dateIn(language, from))] : [];
    const texts = [...started, ...taken, ...(deductibleCents > 0 ? [...end, ...after] : []), ...reached];
    return texts.length === 0 ? [] : [texts.join(' ')];
  });
}
