import { Button } from '@mantine/core';
import type { RateJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { rateName } from './rate-words';

/** What can be done with prices; undefined for those who may not. */
export interface RateChanges {
  readonly onChange: ((rate: RateJson) => void) | undefined;
  readonly onRemove: ((rate: RateJson) => void) | undefined;
}

/** What can be done with one price, by buttons that name it. */
export function RateActions({ rate, onChange, onRemove }: RateChanges & { readonly rate: RateJson }): ReactNode {
  const actions = [
    ['Change', onChange],
    ['Remove', onRemove],
  ] as const;
  return actions.map(
    ([name, act]) =>
      act && (
        <Button
          key={name}
          size="compact-sm"
          variant="default"
          aria-label={`${name} ${rateName(rate)}`}
          onClick={() => act(rate)}
        >
          {name}
        </Button>
      ),
  );
}
