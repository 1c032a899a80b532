import { NativeSelect, SegmentedControl, Text } from '@mantine/core';
import type { Estimate } from '@openvob/results';
import type { ReactNode } from 'react';
import { money } from '../words/format';

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value | '';
  readonly data: readonly (readonly [Value | '', string])[];
  readonly onChange: (value: Value | undefined) => void;
}

/** One of a few. */
export function Choice<Value extends string>({ label, value, data, onChange }: ChoiceProps<Value>): ReactNode {
  return (
    <div>
      <Text size="sm" fw={500} mb={4} id={`choice-${label}`}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        aria-labelledby={`choice-${label}`}
        value={value}
        onChange={(next) => onChange(next === '' ? undefined : (next as Value))}
        data={data.map(([one, text]) => ({ value: one, label: text }))}
      />
    </div>
  );
}

interface QuestionsProps {
  readonly questions: Estimate['questions'];
  readonly answers: Readonly<Record<string, unknown>>;
  readonly onAnswer: (answers: Readonly<Record<string, unknown>>) => void;
}

const usual: Readonly<Record<string, readonly (readonly [string, string, unknown])[]>> = {
  network: [
    ['in', 'In network', 'in'],
    ['out', 'Out of network', 'out'],
  ],
  cost_share: [
    ['first', 'All of it', 0],
    ['copay40', '$40 a day', { order: 'copay', copayCents: 4000, copayPer: 'day' }],
    ['20', '20 % after the deductible', { order: 'deductible_then_coinsurance', coinsurancePercent: 20 }],
    ['second', 'Nothing', 1],
  ],
  accumulator_conflict: [
    ['larger', 'The larger', 'larger'],
    ['smaller', 'The smaller', 'smaller'],
  ],
  pending_claims: [
    ['posted', 'Posted', 'posted'],
    ['not_posted', 'Not posted', 'not_posted'],
  ],
  authorization: [
    ['extended', 'More days come', 'extended'],
    ['not_extended', 'No more days', 'not_extended'],
  ],
};

/** Questions of the estimate, answered to see what it would change. */
export function Questions({ questions, answers, onAnswer }: QuestionsProps): ReactNode {
  return questions
    .filter(({ swingCents }) => swingCents > 0)
    .map(({ id, code, ask, swingCents }) => (
      <NativeSelect
        key={id}
        label={ask}
        description={`worth up to ${money(swingCents)}`}
        value={
          (usual[code] ?? []).find(([, , value]) => JSON.stringify(value) === JSON.stringify(answers[id]))?.[0] ?? ''
        }
        data={[
          { value: '', label: 'Not answered' },
          ...(usual[code] ?? []).map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => {
          const chosen = (usual[code] ?? []).find(([name]) => name === event.currentTarget.value);
          const { [id]: _, ...rest } = answers;
          onAnswer(chosen ? { ...rest, [id]: chosen[2] } : rest);
        }}
      />
    ));
}
