import { Button, Group, Text, UnstyledButton } from '@mantine/core';
import type { ComponentProps, ReactNode } from 'react';
import { words } from '../words/words';

/** What a menu gives its button beside these is passed on. */
interface MenuButtonProps extends Pick<ComponentProps<'button'>, 'onClick' | 'ref'> {
  readonly name: string;
}

/** Opens the list of facilities. */
export function FacilityButton({ name, ...rest }: MenuButtonProps): ReactNode {
  return (
    <Button
      variant="default"
      size="compact-md"
      aria-haspopup="menu"
      aria-label={`${words.nav.facility}: ${name}`}
      {...rest}
    >
      {name} ▾
    </Button>
  );
}

/** Opens what is about the person. */
export function PersonButton({ name, ...rest }: MenuButtonProps): ReactNode {
  return (
    <UnstyledButton aria-haspopup="menu" aria-label={`${name}, ${words.nav.menu}`} p={6} {...rest}>
      <Group gap={8} wrap="nowrap">
        <Text size="sm" fw={550} visibleFrom="sm">
          {name}
        </Text>
        <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
          <path d="M1 2h16M1 7h16M1 12h16" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
        </svg>
      </Group>
    </UnstyledButton>
  );
}
