import { Anchor, Chip, Group, Text, TextInput } from '@mantine/core';
import type { ScriptQuestion } from '@openvob/results';
import { type ReactNode, useId, useState } from 'react';
import { money } from '../words/format';
import { type Typed, wouldNotSay } from './answer-value';

interface QuestionInputProps {
  readonly question: ScriptQuestion;
  readonly typed: Typed | undefined;
  readonly words: string;
  readonly onType: (value: Typed | undefined) => void;
  readonly onWords: (words: string) => void;
}

/** A question as it is put, and the way to answer it. “Would not say” is an answer, never zero. */
export function QuestionInput({ question, typed, words, onType, onWords }: QuestionInputProps): ReactNode {
  const { ask, swingCents, notSaid } = question;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const hasWords = isOpen || words !== '';
  return (
    <fieldset className="script-question" aria-labelledby={id}>
      <Text id={id} fw={550}>
        {ask}
        {swingCents ? <span className="worth">worth {money(swingCents)}</span> : null}
      </Text>
      {notSaid?.map(({ on, representative }) => (
        <Text key={on} size="xs" className="quiet">
          {representative} would not say on {on}.
        </Text>
      ))}
      <Group gap="xs" mt={6} align="center">
        <Answer question={question} typed={typed} onType={onType} name={id} />
        <Chip
          size="sm"
          checked={typed === wouldNotSay}
          onChange={(isChecked) => onType(isChecked ? wouldNotSay : undefined)}
        >
          Would not say
        </Chip>
      </Group>
      {hasWords ? (
        <TextInput
          mt={6}
          size="sm"
          label="Exact words"
          value={words}
          maxLength={4000}
          onChange={(event) => onWords(event.currentTarget.value)}
        />
      ) : (
        <Anchor component="button" type="button" size="xs" mt={4} onClick={() => setOpen(true)}>
          + exact words
        </Anchor>
      )}
    </fieldset>
  );
}

interface AnswerProps extends Pick<QuestionInputProps, 'question' | 'typed' | 'onType'> {
  readonly name: string;
}

function Answer({ question: { value, ask }, typed, onType, name }: AnswerProps): ReactNode {
  const options = optionsOf(value);
  const text = typeof typed === 'string' && typed !== wouldNotSay ? typed : '';
  const chips = options.map((option) => (
    <Chip
      key={option.value}
      size="sm"
      checked={typed === option.value}
      onChange={(is) => onType(is ? option.value : undefined)}
    >
      {option.text}
    </Chip>
  ));
  if (value.kind === 'yes_no' || value.kind === 'choice') return chips;
  if (value.kind === 'amounts') return <Amounts typed={typed} onType={onType} name={name} />;
  const isChosen = options.some((option) => option.value === text);
  return (
    <>
      <TextInput
        size="sm"
        w={value.kind === 'text' ? 300 : 150}
        type={value.kind === 'date' ? 'date' : 'text'}
        inputMode={value.kind === 'text' || value.kind === 'date' ? 'text' : 'decimal'}
        aria-label={`Answer: ${ask}`}
        placeholder={placeholders[value.kind] ?? ''}
        value={isChosen ? '' : text}
        onChange={(event) => onType(event.currentTarget.value === '' ? undefined : event.currentTarget.value)}
      />
      {chips}
    </>
  );
}

const placeholders: Readonly<Record<string, string>> = {
  money: '$',
  percent: '%',
  share: '$40 or 20%',
  number: 'how many',
  days: 'days',
};

function optionsOf(value: ScriptQuestion['value']): readonly { value: string; text: string }[] {
  switch (value.kind) {
    case 'yes_no':
      return [
        { value: 'yes', text: 'Yes' },
        { value: 'no', text: 'No' },
      ];
    case 'choice':
    case 'days':
      return value.options;
    case 'share':
      return [
        ...value.options.map(({ text }, index) => ({ value: `option ${index}`, text })),
        { value: 'not_covered', text: 'not covered' },
      ];
    case 'money':
    case 'date':
      return value.orNone ? [{ value: 'none', text: 'None' }] : [];
    default:
      return [];
  }
}

const parts = [
  ['limit', 'In all'],
  ['used', 'Met'],
  ['left', 'Left'],
] as const;

/** What is known of a limit, of what is met and of what is left; any of the three. */
function Amounts({ typed, onType, name }: Pick<AnswerProps, 'typed' | 'onType' | 'name'>): ReactNode {
  const amounts = typeof typed === 'object' ? typed : { limit: '', used: '', left: '' };
  return (
    <>
      {parts.map(([part, label]) => (
        <TextInput
          key={part}
          size="sm"
          w={110}
          label={label}
          aria-describedby={name}
          inputMode="decimal"
          placeholder="$"
          value={amounts[part]}
          onChange={(event) => {
            const next = { ...amounts, [part]: event.currentTarget.value };
            onType(Object.values(next).every((text) => text === '') ? undefined : next);
          }}
        />
      ))}
      <Chip size="sm" checked={typed === 'none'} onChange={(is) => onType(is ? 'none' : undefined)}>
        None
      </Chip>
    </>
  );
}
