import { Alert, Button, Grid, Group, NativeSelect, Paper, Slider, Stack, Text, TextInput, Title } from '@mantine/core';
import type { Estimate, ProgramJson, VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, Suspense, useState } from 'react';
import { sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { useMay, useTimeZone } from '../session/session';
import { addDays, dateIn, day, isDay, money } from '../words/format';
import { Correction } from './Correction';
import { figuresOf, rangeOf } from './headline';
import { moneyWeeks } from './money-weeks';
import { useWhatIf } from './use-what-if';
import { Choice, Questions } from './WhatIfQuestions';
import { Starts } from './WhatIfStarts';
import { compared, type WhatIf } from './what-if';
import './verification.css';
import { part } from '../app/part';

const MoneyChart = part(() => import('./MoneyChart').then(({ MoneyChart }) => MoneyChart));
const mostDaysAhead = 120;

/** What it would cost otherwise: the total moves as things are moved. Nothing is stored. */
export function WhatIfPage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const verification = useQuery(queries.verification(id));
  const programs = useQuery(queries.programs());
  if (verification.error && !verification.data)
    return <Failure error={verification.error} onRetry={() => void verification.refetch()} />;
  if (!verification.data || !programs.data) return <Loading />;
  if (!verification.data.estimate)
    return (
      <Alert>
        There is no estimate to change yet.{' '}
        <Link to="/verifications/$id" params={{ id }}>
          Back to the verification
        </Link>
      </Alert>
    );
  return (
    <Changing verification={verification.data} estimate={verification.data.estimate} programs={programs.data.items} />
  );
}

interface ChangingProps {
  readonly verification: VerificationJson;
  readonly estimate: Estimate;
  readonly programs: readonly ProgramJson[];
}

function Changing({ verification, estimate: base, programs }: ChangingProps): ReactNode {
  const { id, startDate = '', program } = verification;
  const today = dateIn(useTimeZone(), new Date());
  const [change, setChange] = useState<WhatIf>({});
  const may = useMay('coordinator', 'supervisor', 'admin');
  const [isCorrecting, setCorrecting] = useState(false);
  const request = useQuery({ ...queries.request(id), enabled: may });
  const put = (part: WhatIf): void => setChange((before) => ({ ...before, ...part }));
  const plan = programs.find((one) => one.id === (change.programId ?? program?.id))?.plan;
  const { estimate, error } = useWhatIf(id, change, plan?.phases);
  const shown = estimate ?? base;
  const start = change.startDate ?? startDate;
  const offset = Math.round((Date.parse(start) - Date.parse(today)) / 86_400_000);
  return (
    <>
      <Link to="/verifications/$id" params={{ id }} className="back-link">
        ← Back to the verification
      </Link>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          What if …
        </Title>
        <Button variant="default" onClick={() => setChange({})} disabled={Object.keys(change).length === 0}>
          As it is
        </Button>
      </Group>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Paper p="lg" component="section" aria-label="What to change">
            <Stack gap="lg">
              <div>
                <TextInput
                  type="date"
                  label="First day"
                  value={start}
                  onChange={(event) =>
                    isDay(event.currentTarget.value) && put({ startDate: event.currentTarget.value })
                  }
                />
                <Slider
                  mt="sm"
                  min={0}
                  max={mostDaysAhead}
                  value={Math.max(0, Math.min(mostDaysAhead, offset))}
                  label={(days) => day(addDays(today, days))}
                  thumbLabel="First day"
                  thumbValueText={(days) => day(addDays(today, days))}
                  onChange={(days) => put({ startDate: addDays(today, days) })}
                />
              </div>
              <Choice
                label="Network"
                value={change.network ?? ''}
                onChange={(network) => put({ network })}
                data={[
                  ['', 'As it is'],
                  ['in', 'In'],
                  ['out', 'Out'],
                  ['unknown', 'Not known'],
                ]}
              />
              <div>
                <Text size="sm" fw={500} id="days-a-week">
                  Days a week: {change.daysAWeek ?? plan?.phases[0]?.weekdays.length ?? '–'}
                </Text>
                <Slider
                  min={1}
                  max={6}
                  value={change.daysAWeek ?? plan?.phases[0]?.weekdays.length ?? 3}
                  thumbLabel="Days a week"
                  label={(days) => `${days}`}
                  marks={[1, 2, 3, 4, 5, 6].map((value) => ({ value }))}
                  onChange={(daysAWeek) => put({ daysAWeek })}
                />
              </div>
              <Choice
                label="Setting"
                value={change.setting ?? ''}
                onChange={(setting) => put({ setting })}
                data={[
                  ['', 'As it is'],
                  ['in_person', 'In person'],
                  ['virtual', 'By video'],
                ]}
              />
              <NativeSelect
                label="Program"
                value={change.programId ?? program?.id ?? ''}
                data={programs.map(({ id: value, name }) => ({ value, label: name }))}
                onChange={(event) => put({ programId: event.currentTarget.value })}
              />
              <Questions
                questions={base.questions}
                answers={change.answers ?? {}}
                onAnswer={(answers) => put({ answers })}
              />
            </Stack>
          </Paper>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Paper p="lg" component="section" aria-live="polite" aria-label="What it would cost">
              <Text className="headline-title">{compared(base, shown, change, start)}</Text>
              {error ? (
                <Alert color="red" mt="sm">
                  {sentenceOf(error)}
                </Alert>
              ) : (
                <dl className="headline-figures">
                  {figuresOf(shown).map(({ name, value, note }) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd className="figures">{value}</dd>
                      {note && <dd className="headline-note">{note}</dd>}
                    </div>
                  ))}
                </dl>
              )}
              <Text size="sm" className="quiet">
                As it is now:{' '}
                {base.total.likelyCents === undefined ? rangeOf(base.total) : money(base.total.likelyCents)}
              </Text>
              {change.startDate && change.startDate !== startDate && may && request.data && (
                <Button mt="sm" variant="default" onClick={() => setCorrecting(true)}>
                  Put it into the request
                </Button>
              )}
              {isCorrecting && request.data && (
                <Correction
                  verification={verification}
                  request={request.data}
                  startDate={start}
                  onClose={() => setCorrecting(false)}
                />
              )}
            </Paper>
            <Paper p="lg">
              <Suspense fallback={<Loading />}>
                <MoneyChart weeks={moneyWeeks(shown)} chosen={undefined} onChoose={() => undefined} />
              </Suspense>
            </Paper>
            <Starts
              id={id}
              change={change}
              phases={plan?.phases}
              base={base}
              from={startDate > today ? startDate : today}
              onChoose={(next) => put({ startDate: next })}
              chosen={start}
            />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}
