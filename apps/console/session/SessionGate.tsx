import type { SessionJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { call, onSessionEnd } from '../api/client';
import { ApiProblem } from '../api/problem';
import { queries } from '../api/queries';
import { part } from '../app/part';
import { Failure, Loading } from '../app/States';
import { IdleNotice } from './IdleNotice';
import { SessionContext } from './session';

// Seldom seen: loaded when they are.
const ChooseFacility = part(() => import('./ChooseFacility').then(({ ChooseFacility }) => ChooseFacility));
const SecondFactorSetup = part(() => import('./SecondFactorSetup').then(({ SecondFactorSetup }) => SecondFactorSetup));
const SignInAgain = part(() => import('./SignInAgain').then(({ SignInAgain }) => SignInAgain));

/**
 * Lets whoever is signed in through to the page. When the session ends meanwhile, the page stays and the sign-in comes over it; whatever was
 * refused for it is then asked again.
 */
export function SessionGate({ children }: { children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: session, error, isPending, refetch } = useQuery(queries.session());
  const { isEnded, again } = useSessionEnd(session !== undefined);
  const isOut = error instanceof ApiProblem && error.status === 401 && !session;
  useEffect(() => {
    if (isOut) void navigate({ to: '/sign-in', replace: true, hash: returnHash() });
  }, [isOut, navigate]);

  const goTo = useCallback(
    async (facilityId: string) => {
      const next = await call<SessionJson>('POST', '/v1/session/facility', { facilityId });
      client.clear();
      client.setQueryData(queries.session().queryKey, next);
      await navigate({ to: '/' });
    },
    [client, navigate],
  );
  const signOut = useCallback(async () => {
    await call('DELETE', '/v1/session').catch(() => undefined);
    client.clear();
    window.location.assign('/sign-in');
  }, [client]);

  if (isPending || isOut) return <Loading />;
  if (!session) return <Failure error={error} onRetry={() => void refetch()} />;
  if (session.need === 'second_factor')
    return (
      <Suspense fallback={<Loading />}>
        <SecondFactorSetup session={session} onDone={() => void refetch()} />
      </Suspense>
    );
  if (session.need === 'facility' || !session.facility)
    return (
      <Suspense fallback={<Loading />}>
        <ChooseFacility session={session} goTo={goTo} />
      </Suspense>
    );
  return (
    <SessionContext value={{ ...session, goTo, signOut }}>
      {children}
      <IdleNotice session={session} />
      {isEnded && (
        <Suspense>
          <SignInAgain email={session.person.email} facilityId={session.facility.id} onSignedIn={again} />
        </Suspense>
      )}
    </SessionContext>
  );
}

/** Where to go on after signing in; behind `#`, so that it stands in no log. */
function returnHash(): string {
  const { pathname } = window.location;
  return pathname === '/' || pathname === '/sign-in' ? '' : pathname;
}

interface SessionEnd {
  readonly isEnded: boolean;
  again(session: SessionJson): void;
}

function useSessionEnd(isSignedIn: boolean): SessionEnd {
  const client = useQueryClient();
  const [isEnded, setEnded] = useState(false);
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    if (!isSignedIn) return;
    onSessionEnd(() => {
      setEnded(true);
      return new Promise((resolve) => waiting.current.push(resolve));
    });
    return () => onSessionEnd(undefined);
  }, [isSignedIn]);
  const again = useCallback(
    (session: SessionJson) => {
      client.setQueryData(queries.session().queryKey, session);
      setEnded(false);
      for (const resolve of waiting.current.splice(0)) resolve();
    },
    [client],
  );
  return { isEnded, again };
}
