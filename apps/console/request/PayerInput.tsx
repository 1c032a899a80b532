import { Combobox, Loader, Text, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PayerJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import { queries } from '../api/queries';
import { word } from '../words/codes';

export interface ChosenPayer {
  readonly id?: string;
  /** As the directory or the card calls it. */
  readonly name: string;
}

interface PayerInputProps {
  readonly value: ChosenPayer;
  readonly onChange: (payer: ChosenPayer) => void;
  readonly error?: string | undefined;
  readonly hint?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
}

const pauseMs = 180;
const most = 8;

/** Finds a payer however it is typed: name, part of it, alias, with mistakes, or the beginning of a member id. */
export function PayerInput({ value, onChange, error, hint, inputRef }: PayerInputProps): ReactNode {
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [settled] = useDebouncedValue(value.name, pauseMs);
  const [isFocused, setFocused] = useState(false);
  const {
    data,
    isFetching,
    error: failure,
  } = useQuery({
    ...queries.payers(settled.trim()),
    enabled: isFocused && settled.trim().length >= 2,
    placeholderData: (before) => before,
  });
  const named = useQuery({ ...queries.payers(value.id ?? ''), enabled: value.id !== undefined && value.name === '' });
  const shownName = value.name || (named.data?.items.find(({ id }) => id === value.id)?.name ?? '');
  const found = (data?.items ?? []).slice(0, most);
  const ids = found.map(({ id }) => id).join();
  const { selectFirstOption, dropdownOpened } = combobox;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was found comes after the dropdown was opened
  useEffect(() => {
    if (dropdownOpened) selectFirstOption();
  }, [ids, dropdownOpened]);
  const choose = (id: string): void => {
    const payer = found.find((one) => one.id === id);
    if (payer) onChange({ id: payer.id, name: payer.name });
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
      <Combobox.Target>
        <TextInput
          ref={inputRef}
          label="Payer"
          description={hint}
          placeholder="As on the card"
          autoComplete="off"
          value={shownName}
          error={error}
          rightSection={
            isFetching ? <Loader size={14} aria-hidden /> : value.id ? <span aria-hidden>✓</span> : undefined
          }
          onChange={(event) => {
            onChange({ name: event.currentTarget.value });
            combobox.openDropdown();
          }}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            combobox.closeDropdown();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={settled.trim().length < 2 || (found.length === 0 && isFetching)}>
        <Combobox.Options aria-label="Payers">
          {found.map((payer) => (
            <Combobox.Option key={payer.id} value={payer.id}>
              <Text size="sm" fw={550}>
                {payer.name}
              </Text>
              <Text size="xs" className="quiet">
                {about(payer)}
              </Text>
            </Combobox.Option>
          ))}
          {found.length === 0 && (
            <Combobox.Empty>
              {failure
                ? 'The directory cannot be read now. Go on: the name is enough.'
                : 'Not in the directory. Go on: the name is enough.'}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function about({ via, states, aliases }: PayerJson): string {
  const [first] = via;
  return [first ? `asked ${word('via', first)}` : 'by phone only', states.join(', '), aliases.slice(0, 2).join(', ')]
    .filter(Boolean)
    .join(' · ');
}
