import { useReducedMotion } from '@mantine/hooks';
import type { ReactNode } from 'react';
import {
  Bar,
  BarChart,
  CartesianGrid,
  Cell,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { money, shortDay } from '../words/format';
import type { MoneyEvent, MoneyWeek } from './money-weeks';

interface MoneyChartProps {
  readonly weeks: readonly MoneyWeek[];
  readonly chosen: string | undefined;
  readonly onChoose: (weekOf: string) => void;
}

const marks: Readonly<Record<MoneyEvent['kind'], string>> = {
  deductible_ends: 'deductible ends',
  reset: 'new period',
  maximum_reached: 'maximum met',
  limit_reached: 'limit reached',
};

/** Stacked bars by week; the table beside it says the same to whoever cannot see it. */
export function MoneyChart({ weeks, chosen, onChoose }: MoneyChartProps): ReactNode {
  const isStill = useReducedMotion();
  const data = weeks.map(({ weekOf, patientCents, planCents }) => ({
    weekOf,
    name: shortDay(weekOf),
    patient: patientCents / 100,
    plan: planCents / 100,
  }));
  const opacity = (weekOf: string): number => (chosen === undefined || chosen === weekOf ? 1 : 0.45);
  return (
    <figure className="chart">
      <figcaption className="chart-legend">
        <span data-who="patient">Patient pays</span>
        <span data-who="plan">Plan pays</span>
        <span className="quiet">Choose a week to see its days.</span>
      </figcaption>
      <ResponsiveContainer width="100%" height={260}>
        <BarChart
          data={data}
          margin={{ top: 26, right: 8, left: 8, bottom: 0 }}
          barCategoryGap="18%"
          accessibilityLayer={false}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="name"
            tick={{ fill: 'var(--quiet)', fontSize: 12 }}
            tickLine={false}
            axisLine={{ stroke: 'var(--line)' }}
          />
          <YAxis
            tick={{ fill: 'var(--quiet)', fontSize: 12 }}
            tickLine={false}
            axisLine={false}
            tickFormatter={(dollars: number) => money(dollars * 100)}
            width={64}
          />
          <Tooltip
            cursor={{ fill: 'var(--accent-ground)' }}
            contentStyle={{
              background: 'var(--panel)',
              border: '1px solid var(--line)',
              borderRadius: 8,
              color: 'var(--ink)',
            }}
            itemStyle={{ color: 'var(--ink)' }}
            formatter={(dollars, who) => [
              money(Math.round(Number(dollars) * 100)),
              who === 'patient' ? 'Patient pays' : 'Plan pays',
            ]}
            labelFormatter={(name) => `Week of ${String(name)}`}
          />
          {weeks.flatMap(({ weekOf, events }) =>
            events
              .slice(0, 1)
              .map(({ kind }) => (
                <ReferenceLine
                  key={`${weekOf} ${kind}`}
                  x={shortDay(weekOf)}
                  stroke="var(--quiet)"
                  strokeDasharray="3 3"
                  label={{ value: marks[kind], position: 'top', fill: 'var(--quiet)', fontSize: 11 }}
                />
              )),
          )}
          {(['patient', 'plan'] as const).map((who) => (
            <Bar
              key={who}
              dataKey={who}
              stackId="week"
              fill={`var(--${who})`}
              isAnimationActive={!isStill}
              animationDuration={300}
              cursor="pointer"
              onClick={({ payload }) => onChoose((payload as { weekOf: string }).weekOf)}
            >
              {data.map(({ weekOf }) => (
                <Cell key={weekOf} fillOpacity={opacity(weekOf)} />
              ))}
            </Bar>
          ))}
        </BarChart>
      </ResponsiveContainer>
      <div className="chart-weeks">
        {weeks.map(({ weekOf, patientCents }) => (
          <button
            key={weekOf}
            type="button"
            aria-pressed={chosen === weekOf}
            aria-label={`Week of ${shortDay(weekOf)}, patient pays ${money(Math.round(patientCents / 100) * 100)}`}
            onClick={() => onChoose(weekOf)}
          >
            <span className="figures">{money(Math.round(patientCents / 100) * 100)}</span>
          </button>
        ))}
      </div>
    </figure>
  );
}
