import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { Shell } from './Shell';
import { Missing } from './States';

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

const open = { getParentRoute: () => root } as const;
const signIn = createRoute({
  ...open,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../session/SignInPage'), 'SignInPage'),
});
const welcome = createRoute({
  ...open,
  path: '/welcome',
  component: lazyRouteComponent(() => import('../session/LinkPage'), 'LinkPage'),
});
const newPassword = createRoute({
  ...open,
  path: '/new-password',
  component: lazyRouteComponent(() => import('../session/LinkPage'), 'LinkPage'),
});

const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: Shell });
const inside = { getParentRoute: () => signedIn } as const;
const worklist = createRoute({
  ...inside,
  path: '/',
  component: lazyRouteComponent(() => import('../worklist/WorklistPage'), 'WorklistPage'),
});
const account = createRoute({
  ...inside,
  path: '/account',
  component: lazyRouteComponent(() => import('../session/AccountPage'), 'AccountPage'),
});

const routeTree = root.addChildren([signIn, welcome, newPassword, signedIn.addChildren([worklist, account])]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
