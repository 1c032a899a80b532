import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { refreshVerification } from '../api/queries';
import { follow } from '../api/stream';

/** Reads the verification anew as soon as it moves, whoever moved it. */
export function useVerificationLive(id: string): void {
  const client = useQueryClient();
  useEffect(() => {
    const ended = new AbortController();
    void follow(
      '/v1/verifications/events',
      ({ type, data }) => {
        const { ids } = data as { ids: string[] };
        if (type === 'moved' && (ids.length === 0 || ids.includes(id))) void refreshVerification(client, id);
      },
      { signal: ended.signal },
    );
    return () => ended.abort();
  }, [client, id]);
}
