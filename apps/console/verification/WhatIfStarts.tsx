import { Paper, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { Estimate, Phase } from '@openvob/results';
import { useQueries } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays, money, shortDay } from '../words/format';
import { estimateQuery } from './use-what-if';
import { type WhatIf, whatIfBody } from './what-if';

const weeksCompared = 8;
/** Eight estimates at once are asked for only when nothing moves any more. */
const startsPauseMs = 600;

interface StartsProps {
  readonly id: string;
  readonly change: WhatIf;
  readonly phases: readonly Phase[] | undefined;
  readonly base: Estimate;
  readonly from: string;
  readonly chosen: string;
  readonly onChoose: (start: string) => void;
}

/** The same a week later, and a week later than that: where waiting saves money, and where it costs. */
export function Starts({ id, change: moving, phases, base, from, chosen, onChoose }: StartsProps): ReactNode {
  const [change] = useDebouncedValue(moving, startsPauseMs);
  const dates = Array.from({ length: weeksCompared }, (_, week) => addDays(from, week * 7));
  const found = useQueries({
    queries: dates.map((startDate) => ({
      ...estimateQuery(id, JSON.stringify(whatIfBody({ ...change, startDate }, phases))),
      placeholderData: undefined,
    })),
  });
  const costOf = ({ total }: Estimate): number => total.likelyCents ?? total.highCents;
  const most = Math.max(...found.map(({ data }) => (data ? costOf(data) : 0)), costOf(base), 1);
  return (
    <Paper p="lg" component="section" aria-label="Other first days">
      <Title order={2} size="h4" mb="sm">
        Other first days
      </Title>
      <ul className="starts">
        {dates.map((date, index) => {
          const data = found[index]?.data;
          const difference = data ? costOf(data) - costOf(base) : 0;
          return (
            <li key={date}>
              <button type="button" aria-pressed={date === chosen} onClick={() => onChoose(date)}>
                <span>{shortDay(date)}</span>
                <span className="starts-bar">
                  <span style={{ width: `${data ? Math.round((costOf(data) / most) * 100) : 0}%` }} />
                </span>
                <span className="figures">{data ? money(costOf(data)) : '…'}</span>
                <span className="figures quiet">
                  {!data || difference === 0
                    ? ''
                    : difference < 0
                      ? `${money(-difference)} less`
                      : `${money(difference)} more`}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </Paper>
  );
}
