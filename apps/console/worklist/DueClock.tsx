import type { ReactNode } from 'react';
import { duration, moment } from '../words/format';
import { text } from './words';

const soonMs = 30 * 60_000;
const todayMs = 12 * 3_600_000;

interface DueClockProps {
  readonly dueAt: string;
  readonly now: number;
  readonly timeZone: string | undefined;
  /** What is done has no clock. */
  readonly isOpen: boolean;
}

/** How long there is, or how late it is: in words first, in color besides. */
export function DueClock({ dueAt, now, timeZone, isOpen }: DueClockProps): ReactNode {
  const leftMs = Date.parse(dueAt) - now;
  const isFar = Math.abs(leftMs) > todayMs;
  if (!isOpen) return <span className="quiet figures">{moment(dueAt, timeZone)}</span>;
  const state = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : 'fine';
  const words = leftMs < 0 ? text.late(duration(leftMs)) : isFar ? moment(dueAt, timeZone) : text.due(duration(leftMs));
  return (
    <time className="due figures" data-state={state} dateTime={dueAt} title={moment(dueAt, timeZone)}>
      {words}
    </time>
  );
}
