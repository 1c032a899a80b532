import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { follow } from '../api/stream';
import { worklistKey } from './worklist-query';

/** With more pages than these loaded, lines do not move by themselves under the reader. */
const mostPagesToRefresh = 2;

export interface Live {
  readonly isLive: boolean;
  /** How many moved that are not shown yet. */
  readonly waiting: number;
  show(): void;
}

/** Follows the facility: what moves is read anew by itself, or offered where the person has scrolled far. */
export function useLive(pages: number): Live {
  const client = useQueryClient();
  const [isLive, setLive] = useState(true);
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set());
  const loaded = useRef(pages);
  loaded.current = pages;
  const show = useCallback(() => {
    setMoved(new Set());
    void client.invalidateQueries({ queryKey: worklistKey });
  }, [client]);
  useEffect(() => {
    const ended = new AbortController();
    void follow(
      '/v1/verifications/events',
      ({ type, data }) => {
        if (type !== 'moved') return;
        const { ids } = data as { ids: string[] };
        void client.invalidateQueries({ queryKey: ['counts'] });
        for (const id of ids) void client.invalidateQueries({ queryKey: ['verification', id] });
        if (loaded.current <= mostPagesToRefresh) void client.invalidateQueries({ queryKey: worklistKey });
        else setMoved((before) => new Set([...before, ...ids]));
      },
      { signal: ended.signal, onLink: setLive },
    );
    return () => ended.abort();
  }, [client]);
  return { isLive, waiting: moved.size, show };
}
