import { Alert, Box, Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { type ReactNode } from 'react';
import { queries } from '../api/queries';
import { SessionGate } from '../session/SessionGate';
import { useSession } from '../session/session';
import { words } from '../words/words';
import { Brand } from './Brand';
import { Keys } from './Keys';
import { FacilityButton, PersonButton } from './MenuButtons';
import { OnDemand } from './OnDemand';
import { pagesFor } from './pages';
import { part } from './part';
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
        <Facility />
        <Person />
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

const loadMenus = () => import('./Menus');
const FacilityMenu = part(() => loadMenus().then(({ FacilityMenu }) => FacilityMenu));
const PersonMenu = part(() => loadMenus().then(({ PersonMenu }) => PersonMenu));

/** Which facility is on the screen, and the way to another. */
function Facility(): ReactNode {
  const { facility, facilities } = useSession();
  if (!facility) return null;
  if (facilities.length < 2)
    return (
      <Text size="sm" className="quiet" visibleFrom="md">
        {facility.name}
      </Text>
    );
  return (
    <OnDemand load={loadMenus} button={(open) => <FacilityButton name={facility.name} onClick={open} />}>
      <FacilityMenu />
    </OnDemand>
  );
}

function Person(): ReactNode {
  const { person } = useSession();
  return (
    <OnDemand load={loadMenus} button={(open) => <PersonButton name={person.name} onClick={open} />}>
      <PersonMenu />
    </OnDemand>
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
