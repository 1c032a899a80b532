import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { queries } from '../api/queries';
import { Explained } from '../app/Explained';
import { Failure, Loading } from '../app/States';
import { useMay } from '../session/session';
import { PhaseEditor } from './PhaseEditor';
import { dayNames, week } from './weekdays';

/** The programs that estimates are worked out for: phases, weekdays, what is billed. */
export function ProgramsPart(): ReactNode {
  const { data, error, refetch } = useQuery(queries.programs());
  const mayChange = useMay('admin');
  const [open, setOpen] = useState<string | undefined>();
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Stack maw={820}>
      {data.items.map((program) => {
        const { id, name, plan } = program;
        return (
          <Paper key={id} p="lg" component="section" aria-label={name}>
            <Group justify="space-between" mb="xs">
              <Title order={2} size="h4">
                {name}
              </Title>
              {mayChange && open !== id && (
                <Button size="xs" variant="default" aria-label={`Change ${name}`} onClick={() => setOpen(id)}>
                  Change
                </Button>
              )}
            </Group>
            {open === id && (
              <PhaseEditor
                program={program}
                onClose={() => setOpen(undefined)}
                onSaved={() => {
                  setOpen(undefined);
                  void refetch();
                }}
              />
            )}
            <ol className="phases">
              {plan.phases.map(({ weeks, weekdays, virtualOn = [] }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: phases are first, second, third
                <li key={index} style={{ flexGrow: weeks }}>
                  <Text size="sm" fw={600}>
                    {weeks} weeks, {weekdays.length} days
                  </Text>
                  <span
                    className="weekdays"
                    role="img"
                    aria-label={`${weekdays.join(', ')}${virtualOn.length > 0 ? `; by video on ${virtualOn.join(', ')}` : ''}`}
                  >
                    {week.map((one) => (
                      <span key={one} data-on={weekdays.includes(one)} data-virtual={virtualOn.includes(one)}>
                        {dayNames[one]}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ol>
            <ul className="notes">
              {plan.services.map(({ code, kind }) => (
                <li key={`${code} ${kind}`}>
                  <Explained table="serviceKind" code={kind} /> <Explained table="procedure" code={code} />
                </li>
              ))}
            </ul>
          </Paper>
        );
      })}
    </Stack>
  );
}
