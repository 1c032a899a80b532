import { TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { day } from '../words/format';
import { readDate } from './read-date';

interface DateInputProps {
  readonly label: string;
  readonly value: string;
  readonly today: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
}

/** Any way to write a date; how it was understood stands under it. */
export function DateInput({ label, value, today, error, onChange, onBlur }: DateInputProps): ReactNode {
  const read = readDate(value, today);
  const [isLeft, setLeft] = useState(false);
  const own = isLeft && value.trim() !== '' && !read ? 'This is no date. Month first: 4/12/1990' : undefined;
  return (
    <TextInput
      label={label}
      placeholder="4/12/1990"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      error={own ?? error}
      description={read ? day(read) : ' '}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        setLeft(true);
        onBlur();
      }}
    />
  );
}
