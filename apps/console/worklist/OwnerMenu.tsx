import { Menu } from '@mantine/core';
import type { IdName } from '@openvob/results';
import type { ReactNode } from 'react';
import { OwnerButton } from './OwnerButton';
import { text } from './words';

interface OwnerMenuProps {
  readonly owner: string | undefined;
  readonly isAssigned: boolean;
  readonly people: readonly IdName[];
  readonly onAssign: (assignee: string | null) => void;
}

/** Whom a verification may be handed to, open at once. */
export function OwnerMenu({ owner, isAssigned, people, onAssign }: OwnerMenuProps): ReactNode {
  return (
    <Menu position="bottom-end" withinPortal defaultOpened>
      <Menu.Target>
        <OwnerButton owner={owner} />
      </Menu.Target>
      <Menu.Dropdown mah={320} className="scrolls">
        <Menu.Label>{text.handOver}</Menu.Label>
        {people.map((person) => (
          <Menu.Item key={person.id} onClick={() => onAssign(person.id)}>
            {person.name}
          </Menu.Item>
        ))}
        {isAssigned && <Menu.Item onClick={() => onAssign(null)}>{text.nobodyYet}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
