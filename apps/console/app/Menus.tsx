import { Menu, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useSession } from '../session/session';
import { word } from '../words/codes';
import { words } from '../words/words';
import { FacilityButton, PersonButton } from './MenuButtons';
import { pagesFor } from './pages';
import { SchemeItems } from './SchemeMenu';

/** The way to another facility. */
export function FacilityMenu(): ReactNode {
  const { facility, facilities, goTo } = useSession();
  return (
    <Menu position="bottom-end" withinPortal={false} defaultOpened>
      <Menu.Target>
        <FacilityButton name={facility?.name ?? ''} />
      </Menu.Target>
      <Menu.Dropdown>
        {facilities.map(({ id, name, role }) => (
          <Menu.Item key={id} onClick={() => void goTo(id)} disabled={id === facility?.id}>
            {name}
            <Text size="xs" className="quiet">
              {word('role', role)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What is about the person: pages on a phone, account, look, leaving. */
export function PersonMenu(): ReactNode {
  const { person, role, signOut } = useSession();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false} defaultOpened>
      <Menu.Target>
        <PersonButton name={person.name} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {person.name}
          {role ? `, ${word('role', role).toLowerCase()}` : ''}
        </Menu.Label>
        {pagesFor(role).map(({ to, label }) => (
          <Menu.Item key={to} hiddenFrom="sm" onClick={() => void navigate({ to })}>
            {label}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void navigate({ to: '/account' })}>{words.nav.account}</Menu.Item>
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>{words.nav.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
