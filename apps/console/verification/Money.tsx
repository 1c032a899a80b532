import { Button, Group, SegmentedControl, Table, Text } from '@mantine/core';
import type { Estimate } from '@openvob/results';
import { Link } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { Explained } from '../app/Explained';
import { part } from '../app/part';
import { Loading } from '../app/States';
import { useMay } from '../session/session';
import { addDays, money, shortDay, weekday } from '../words/format';
import { type MoneyWeek, moneyWeeks } from './money-weeks';
import { Section } from './Section';

const MoneyChart = part(() => import('./MoneyChart').then(({ MoneyChart }) => MoneyChart));

/** What the patient pays and what the plan pays, week by week; each week opens its days and their sentences. */
export function Money({ estimate, id }: { estimate: Estimate; id: string }): ReactNode {
  const weeks = moneyWeeks(estimate);
  const mayAsk = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const [view, setView] = useState('chart');
  const [open, setOpen] = useState<string | undefined>();
  if (weeks.length === 0) return null;
  const chosen = weeks.find(({ weekOf }) => weekOf === open);
  const toggle = (weekOf: string): void => setOpen(open === weekOf ? undefined : weekOf);
  const events = weeks.flatMap((week) => week.events);
  return (
    <Section
      title="The money over time"
      aside={
        <Group gap="xs">
          <SegmentedControl
            size="xs"
            aria-label="Show as"
            value={view}
            onChange={setView}
            data={[
              { value: 'chart', label: 'Chart' },
              { value: 'table', label: 'Table' },
            ]}
          />
          {mayAsk && (
            <Link to="/verifications/$id/what-if" params={{ id }} className="button-link">
              What if …
            </Link>
          )}
        </Group>
      }
    >
      {estimate.total.likelyCents === undefined && (
        <Text size="sm" className="quiet" mb="xs">
          Nobody has said what the patient pays: shown as if it were all of it, up to the yearly maximum.
        </Text>
      )}
      {view === 'chart' ? (
        <Suspense fallback={<Loading />}>
          <MoneyChart weeks={weeks} chosen={open} onChoose={toggle} />
        </Suspense>
      ) : (
        <WeekTable weeks={weeks} open={open} onChoose={toggle} />
      )}
      {events.length > 0 && (
        <ul className="money-events">
          {events.map(({ text, kind }) => (
            <li key={text} data-kind={kind}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {chosen && <WeekDays week={chosen} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

interface WeekTableProps {
  readonly weeks: readonly MoneyWeek[];
  readonly open: string | undefined;
  readonly onChoose: (weekOf: string) => void;
}

/** The same as the chart, to be read out. */
function WeekTable({ weeks, open, onChoose }: WeekTableProps): ReactNode {
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table className="figures">
        <Table.Caption>Likely amounts by week</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Week of</Table.Th>
            <Table.Th ta="right">Patient pays</Table.Th>
            <Table.Th ta="right">Plan pays</Table.Th>
            <Table.Th>What happens</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {weeks.map(({ weekOf, patientCents, planCents, events }) => (
            <Table.Tr key={weekOf}>
              <Table.Td>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  aria-expanded={open === weekOf}
                  onClick={() => onChoose(weekOf)}
                >
                  {shortDay(weekOf)}
                </Button>
              </Table.Td>
              <Table.Td ta="right">{money(patientCents)}</Table.Td>
              <Table.Td ta="right">{money(planCents)}</Table.Td>
              <Table.Td>{events.map(({ text }) => text).join(' ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** The days of a week, each line with its arithmetic in sentences. */
function WeekDays({ week, onClose }: { week: MoneyWeek; onClose: () => void }): ReactNode {
  const { weekOf, days } = week;
  return (
    <section className="week-days" aria-label={`Week of ${shortDay(weekOf)}`}>
      <Group justify="space-between">
        <Text fw={600}>
          {shortDay(weekOf)} to {shortDay(addDays(weekOf, 6))}
        </Text>
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          Close the week
        </Button>
      </Group>
      {days.map(({ date, setting, patientCents, lines }) => (
        <div key={date} className="day">
          <Group justify="space-between">
            <Text fw={600} size="sm">
              {weekday(date)}
              {setting === 'virtual' ? ', by video' : ''}
            </Text>
            <Text fw={600} size="sm" className="figures">
              {money(patientCents)}
            </Text>
          </Group>
          {lines.map(({ code, kind, patientCents: owed, allowedCents, why }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of a day never change their order
            <div key={index} className="line">
              <Group justify="space-between" gap="xs">
                <Text size="sm">
                  <Explained table="serviceKind" code={kind} /> <Explained table="procedure" code={code} />
                </Text>
                <Text size="sm" className="figures">
                  {money(owed)} of {money(allowedCents)}
                </Text>
              </Group>
              <ol className="why">
                {why.map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ol>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
}
