import { ActionIcon, Alert, Button, Group, NumberInput, Stack, Text } from '@mantine/core';
import type { Phase, ProgramJson } from '@openvob/results';
import { type DragEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { fieldOrSentence } from '../session/LinkPage';
import { dayNames, week } from './weekdays';

interface PhaseEditorProps {
  readonly program: ProgramJson;
  readonly onSaved: () => void;
  readonly onClose: () => void;
}

const longestPhase = 52;

/** The phases of a program: weekdays by a press, their order by dragging or by its buttons. */
export function PhaseEditor({ program, onSaved, onClose }: PhaseEditorProps): ReactNode {
  const [phases, setPhases] = useState<readonly Phase[]>(program.plan.phases);
  const [dragged, setDragged] = useState<number | undefined>();
  const [error, setError] = useState<string | undefined>();
  const put = (index: number, part: Partial<Phase>): void =>
    setPhases(phases.map((phase, at) => (at === index ? { ...phase, ...part } : phase)));
  const move = (from: number, to: number): void => {
    const moved = phases[from];
    if (!moved || to < 0 || to >= phases.length) return;
    const rest = phases.filter((_, at) => at !== from);
    setPhases([...rest.slice(0, to), moved, ...rest.slice(to)]);
  };
  const drop = (event: DragEvent, to: number): void => {
    event.preventDefault();
    if (dragged !== undefined) move(dragged, to);
    setDragged(undefined);
  };
  const save = async (): Promise<void> => {
    try {
      await call('PATCH', `/v1/programs/${program.id}`, { phases });
      onSaved();
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <Stack gap="xs">
      {error && (
        <Alert color="red" role="alert">
          {error}
        </Alert>
      )}
      <ol className="phase-list">
        {phases.map((phase, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: phases are first, second, third
            key={index}
            draggable
            data-dragged={dragged === index}
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => drop(event, index)}
          >
            <Group gap="sm" align="end">
              <Text aria-hidden className="grip">
                ⠿
              </Text>
              <NumberInput
                label="Weeks"
                size="xs"
                w={80}
                min={1}
                max={longestPhase}
                value={phase.weeks}
                onChange={(weeks) => put(index, { weeks: Number(weeks) || 1 })}
              />
              <Group gap={3} role="group" aria-label={`Days of phase ${index + 1}`}>
                {week.map((one) => (
                  <button
                    key={one}
                    type="button"
                    className="weekday"
                    aria-pressed={phase.weekdays.includes(one)}
                    aria-label={one}
                    onClick={() => put(index, toggled(phase, one))}
                  >
                    {dayNames[one]}
                  </button>
                ))}
              </Group>
              <Group gap={2}>
                <ActionIcon
                  variant="default"
                  aria-label={`Phase ${index + 1} earlier`}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  ↑
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={`Phase ${index + 1} later`}
                  disabled={index === phases.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  ↓
                </ActionIcon>
                <ActionIcon
                  variant="default"
                  aria-label={`Remove phase ${index + 1}`}
                  disabled={phases.length === 1}
                  onClick={() => setPhases(phases.filter((_, at) => at !== index))}
                >
                  ×
                </ActionIcon>
              </Group>
            </Group>
          </li>
        ))}
      </ol>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => setPhases([...phases, { weeks: 2, weekdays: ['mon', 'wed'] }])}
        >
          Add a phase
        </Button>
        <Button size="xs" onClick={() => void save()}>
          Save
        </Button>
        <Button size="xs" variant="subtle" onClick={onClose}>
          Leave it
        </Button>
      </Group>
      <Text size="xs" className="quiet">
        Estimates from now on are of the changed program; those that were made stand.
      </Text>
    </Stack>
  );
}

/** A phase has one day at least; a day that is taken away is not by video either. */
function toggled({ weekdays, virtualOn = [] }: Phase, day: Phase['weekdays'][number]): Partial<Phase> {
  const next = week.filter((one) => (one === day ? !weekdays.includes(one) : weekdays.includes(one)));
  if (next.length === 0) return {};
  const kept = virtualOn.filter((one) => next.includes(one));
  return { weekdays: next, ...(kept.length > 0 || virtualOn.length > 0 ? { virtualOn: kept } : {}) };
}
