import { NativeSelect } from '@mantine/core';
import type { CallSheetJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { choicesOf } from './whom-called';

interface Props {
  readonly contacts: CallSheetJson['contacts'];
  readonly called: string | undefined;
  readonly onChoose: (called: string) => void;
}

/** Whom the call is to, where more than one is rung about the benefit: it stands on the account of disclosures. */
export function WhomCalled({ contacts, called, onChoose }: Props): ReactNode {
  const choices = choicesOf(contacts);
  if (choices.length === 0) return null;
  return (
    <NativeSelect
      label="Whom you call"
      mb="sm"
      data={choices}
      value={called ?? choices[0]?.value ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}
