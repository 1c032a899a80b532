import { Alert, Box, Button, Group, Menu, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queries } from '../api/queries';
import { SessionGate } from '../session/SessionGate';
import { useSession } from '../session/session';
import { word } from '../words/codes';
import { words } from '../words/words';
import { Brand } from './Brand';
import { Keys } from './Keys';
import { pagesFor } from './pages';
import { SchemeItems } from './SchemeMenu';
import { Loading } from './States';
import { useOnline } from './use-online';

/** The frame of every page that needs a session: the bar, the page, and what is said over it. */
export function Shell(): ReactNode {
  return (
    <SessionGate>
      <a className="skip" href="#page">
        {words.nav.skip}
      </a>
      <Bar />
      <main className="page" id="page" tabIndex={-1}>
        <Outlet />
      </main>
      <Keys />
    </SessionGate>
  );
}

function Bar(): ReactNode {
  const session = useSession();
  return (
    <header className="bar">
      <div className="bar-inner">
        <Brand />
        <Group component="nav" aria-label={words.nav.menu} gap={20} visibleFrom="sm">
          {pagesFor(session.role).map(({ to, label }) => (
            <Link key={to} to={to} className="nav-link" activeOptions={{ exact: to === '/' }}>
              {label}
            </Link>
          ))}
        </Group>
        <Box flex={1} />
        <RequestButton />
        <FacilityMenu />
        <PersonMenu />
      </div>
      <Offline />
    </header>
  );
}

/** Whoever may ask for verifications does it from everywhere. */
function RequestButton(): ReactNode {
  const { role } = useSession();
  const path = useRouterState({ select: ({ location }) => location.pathname });
  if (path === '/new' || !role || !['coordinator', 'supervisor', 'admin'].includes(role)) return null;
  return (
    <>
      <Button component={Link} to="/new" size="compact-md" visibleFrom="xs">
        {words.nav.request}
      </Button>
      <Button component={Link} to="/new" size="compact-md" hiddenFrom="xs" aria-label={words.nav.request}>
        {words.nav.requestShort}
      </Button>
    </>
  );
}

/** Which facility is on the screen, and the way to another. */
function FacilityMenu(): ReactNode {
  const { facility, facilities, goTo } = useSession();
  if (!facility) return null;
  if (facilities.length < 2)
    return (
      <Text size="sm" className="quiet" visibleFrom="md">
        {facility.name}
      </Text>
    );
  return (
    <Menu position="bottom-end" withinPortal={false}>
      <Menu.Target>
        <Button variant="default" size="compact-md" aria-label={`${words.nav.facility}: ${facility.name}`}>
          {facility.name} ▾
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {facilities.map(({ id, name, role }) => (
          <Menu.Item key={id} onClick={() => void goTo(id)} disabled={id === facility.id}>
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

function PersonMenu(): ReactNode {
  const { person, role, signOut } = useSession();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={240} withinPortal={false}>
      <Menu.Target>
        <UnstyledButton aria-label={`${person.name}, ${words.nav.menu}`} p={6}>
          <Group gap={8} wrap="nowrap">
            <Text size="sm" fw={550} visibleFrom="sm">
              {person.name}
            </Text>
            <svg width="18" height="14" viewBox="0 0 18 14" aria-hidden="true">
              <path d="M1 2h16M1 7h16M1 12h16" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />
            </svg>
          </Group>
        </UnstyledButton>
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

/** Said above the page, which stays as it is: nothing of it is covered. */
function Offline(): ReactNode {
  const isOnline = useOnline();
  const { isLoading } = useQuery(queries.session());
  if (isLoading) return <Loading />;
  if (isOnline) return null;
  return (
    <Alert className="offline" color="orange" radius={0} role="alert" title={words.state.offlineTitle}>
      {words.state.offline}
    </Alert>
  );
}
