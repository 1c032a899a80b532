import type { Estimate, Phase } from '@openvob/results';
import { day, money } from '../words/format';

/** What is changed for a look; what is left out stays as it is. */
export interface WhatIf {
  readonly startDate?: string | undefined;
  readonly network?: 'in' | 'out' | 'unknown' | undefined;
  readonly programId?: string | undefined;
  readonly daysAWeek?: number | undefined;
  readonly setting?: 'in_person' | 'virtual' | undefined;
  readonly answers?: Readonly<Record<string, unknown>> | undefined;
}

type Weekday = Phase['weekdays'][number];

/** In the order in which days are added to a week. */
const spread: readonly Weekday[] = ['mon', 'wed', 'fri', 'tue', 'thu', 'sat', 'sun'];
const inWeek: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The body of `POST …/estimate`. @param phases of the program that it is worked out for */
export function whatIfBody(change: WhatIf, phases: readonly Phase[] | undefined): Record<string, unknown> {
  const { startDate, network, programId, daysAWeek, setting, answers } = change;
  const isOther = phases && (daysAWeek !== undefined || setting !== undefined);
  return {
    ...(startDate ? { startDate } : {}),
    ...(network ? { network } : {}),
    ...(programId ? { programId } : {}),
    ...(isOther ? { phases: phasesWith(phases, daysAWeek, setting) } : {}),
    ...(answers && Object.keys(answers).length > 0 ? { answers } : {}),
  };
}

/** Phases on so many days, or in one setting. A phase that has fewer days than the first keeps its distance to it. */
export function phasesWith(
  phases: readonly Phase[],
  daysAWeek: number | undefined,
  setting: WhatIf['setting'],
): Phase[] {
  const first = phases[0]?.weekdays.length ?? 0;
  return phases.map((phase) => {
    const count =
      daysAWeek === undefined ? phase.weekdays.length : Math.max(1, phase.weekdays.length + daysAWeek - first);
    const weekdays = daysOf(phase.weekdays, Math.min(count, inWeek.length));
    const { virtualOn, ...plain } = phase;
    if (setting === 'virtual') return { ...plain, weekdays, virtualOn: weekdays };
    const kept = setting === 'in_person' ? [] : (virtualOn ?? []).filter((one) => weekdays.includes(one));
    return { ...plain, weekdays, ...(kept.length > 0 ? { virtualOn: kept } : {}) };
  });
}

function daysOf(weekdays: readonly Weekday[], count: number): Weekday[] {
  const kept = [...weekdays, ...spread.filter((one) => !weekdays.includes(one))].slice(0, count);
  return inWeek.filter((one) => kept.includes(one));
}

/** `Start on Jan 4, 2027: $1,450 less`, in a sentence. */
export function compared(base: Estimate, shown: Estimate, change: WhatIf, start: string): string {
  const [before, after] = [base.total, shown.total].map((total) => total.likelyCents ?? total.highCents);
  if (Object.keys(whatIfBody(change, [])).length === 0 && !change.daysAWeek && !change.setting) return 'As it is';
  const difference = (after ?? 0) - (before ?? 0);
  const what = changesIn(change, start);
  if (difference === 0) return `${what}: the same`;
  return difference < 0 ? `${what}: ${money(-difference)} less` : `${what}: ${money(difference)} more`;
}

const networks = { in: 'in network', out: 'out of network', unknown: 'network not known' } as const;

/** What is another thing, in the order in which it stands on the page. */
function changesIn({ startDate, network, daysAWeek, setting, programId, answers }: WhatIf, start: string): string {
  const all = [
    startDate && `start on ${day(start)}`,
    network && networks[network],
    daysAWeek && (daysAWeek === 1 ? '1 day a week' : `${daysAWeek} days a week`),
    setting && (setting === 'virtual' ? 'by video' : 'in person'),
    programId && 'in this program',
    answers && Object.keys(answers).length > 0 && 'answered so',
  ].filter((one) => typeof one === 'string');
  const text = all.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
