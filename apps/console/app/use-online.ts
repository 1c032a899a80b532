import { onlineManager, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { send } from '../api/client';
import { Unreachable } from '../api/problem';

const lookAgainMs = 3_000;

/** Whether the server answers: told by what fails, then looked for until it is back. */
export function useOnline(): boolean {
  const client = useQueryClient();
  const [isOnline, setOnline] = useState(onlineManager.isOnline());
  useEffect(() => {
    const noticed = (error: unknown): void => {
      if (error instanceof Unreachable) setOnline(false);
    };
    const ends = [
      client.getQueryCache().subscribe(({ query }) => noticed(query.state.error ?? query.state.fetchFailureReason)),
      client.getMutationCache().subscribe(({ mutation }) => noticed(mutation?.state.error)),
      onlineManager.subscribe(setOnline),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client]);
  useEffect(() => {
    if (isOnline) return;
    const timer = setInterval(async () => {
      try {
        await send('GET', '/health/live', undefined, { background: true });
        setOnline(true);
        await client.refetchQueries({ type: 'active', predicate: ({ state }) => state.error !== null });
      } catch {
        // Still away.
      }
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [isOnline, client]);
  return isOnline;
}
