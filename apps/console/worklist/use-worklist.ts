import type { CountsJson, ListedJson, PageJson } from '@openvob/results';
import { type InfiniteData, type QueryClient, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { call, read } from '../api/client';
import { searchBody, type WorklistFilter } from './filter';

export const worklistKey = ['worklist'] as const;
const lookEveryMs = 15_000;

/** The worklist page by page, as the person scrolls. */
export function useWorklist(filter: WorklistFilter, q: string, me: string, isLive: boolean) {
  return useInfiniteQuery({
    queryKey: [...worklistKey, filter, q.trim()],
    queryFn: ({ pageParam, signal }) =>
      call<PageJson<ListedJson>>(
        'POST',
        '/v1/verifications/search',
        { ...searchBody(filter, q, me), ...(pageParam ? { cursor: pageParam } : {}) },
        { signal, background: true },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: (before) => before,
    refetchInterval: isLive ? false : lookEveryMs,
    // To compare thousands of lines field by field at each page that comes takes longer than to draw the few that are on the screen.
    structuralSharing: false,
  });
}

/** How many wait, by when they are needed. */
export const countsQuery = (isLive: boolean) =>
  queryOptions({
    queryKey: ['counts'],
    queryFn: ({ signal }) => read<CountsJson>('/v1/verifications/counts', { signal, background: true }),
    refetchInterval: isLive ? 60_000 : lookEveryMs,
  });

/** Shows who looks after it at once; the server's word follows. */
export async function assign(client: QueryClient, id: string, assignee: string | null): Promise<void> {
  client.setQueriesData<InfiniteData<PageJson<ListedJson>>>({ queryKey: worklistKey }, (data) =>
    data
      ? {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: page.items.map((one) => assigned(one, id, assignee)) })),
        }
      : data,
  );
  try {
    await call('POST', `/v1/verifications/${id}/assignee`, { assignee });
  } catch (refused) {
    await client.invalidateQueries({ queryKey: worklistKey });
    throw refused;
  } finally {
    await client.invalidateQueries({ queryKey: ['counts'] });
  }
}

function assigned(one: ListedJson, id: string, assignee: string | null): ListedJson {
  if (one.id !== id) return one;
  const { assignee: _, ...rest } = one;
  return assignee === null ? rest : { ...rest, assignee };
}
