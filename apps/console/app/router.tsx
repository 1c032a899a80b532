import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { readFilter } from '../worklist/filter';
import { beginWorklist } from '../worklist/worklist-query';
import { fetched } from './fetched';
import { queryClient } from './query-client';
import { Shell } from './Shell';
import { BrokenPage, MissingPage } from './States';

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage });

const open = { getParentRoute: () => root } as const;
const signIn = createRoute({
  ...open,
  path: '/sign-in',
  component: lazyRouteComponent(() => fetched(() => import('../session/SignInPage')), 'SignInPage'),
});
const welcome = createRoute({
  ...open,
  path: '/welcome',
  component: lazyRouteComponent(() => fetched(() => import('../session/LinkPage')), 'LinkPage'),
});
const newPassword = createRoute({
  ...open,
  path: '/new-password',
  component: lazyRouteComponent(() => fetched(() => import('../session/LinkPage')), 'LinkPage'),
});

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell });
const inside = { getParentRoute: () => signedIn } as const;
const worklist = createRoute({
  ...inside,
  path: '/',
  validateSearch: readFilter,
  loaderDeps: ({ search }) => search,
  loader: ({ deps }) => void beginWorklist(queryClient, deps),
  component: lazyRouteComponent(() => fetched(() => import('../worklist/WorklistPage')), 'WorklistPage'),
});
const request = createRoute({
  ...inside,
  path: '/new',
  component: lazyRouteComponent(() => fetched(() => import('../request/RequestPage')), 'RequestPage'),
});
const verification = createRoute({
  ...inside,
  path: '/verifications/$id',
  component: lazyRouteComponent(() => fetched(() => import('../verification/VerificationPage')), 'VerificationPage'),
});
const whatIf = createRoute({
  ...inside,
  path: '/verifications/$id/what-if',
  component: lazyRouteComponent(() => fetched(() => import('../verification/WhatIfPage')), 'WhatIfPage'),
});
const callPage = createRoute({
  ...inside,
  path: '/verifications/$id/call',
  validateSearch: ({ amends }: Record<string, unknown>): { amends?: string } =>
    typeof amends === 'string' && /^cal_\w{1,60}$/.test(amends) ? { amends } : {},
  component: lazyRouteComponent(() => fetched(() => import('../call/CallPage')), 'CallPage'),
});
const settings = createRoute({
  ...inside,
  path: '/settings',
  component: lazyRouteComponent(() => fetched(() => import('../settings/SettingsPage')), 'SettingsPage'),
});
const settingsPart = createRoute({
  ...inside,
  path: '/settings/$part',
  component: lazyRouteComponent(() => fetched(() => import('../settings/SettingsPage')), 'SettingsPage'),
});
const audit = createRoute({
  ...inside,
  path: '/audit',
  component: lazyRouteComponent(() => fetched(() => import('../audit/AuditPage')), 'AuditPage'),
});
const account = createRoute({
  ...inside,
  path: '/account',
  component: lazyRouteComponent(() => fetched(() => import('../session/AccountPage')), 'AccountPage'),
});

const routeTree = root.addChildren([
  signIn,
  welcome,
  newPassword,
  signedIn.addChildren([worklist, request, verification, whatIf, callPage, settings, settingsPart, audit, account]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultErrorComponent: BrokenPage,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
