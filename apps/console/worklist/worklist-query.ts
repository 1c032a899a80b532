import type { CountsJson, ListedJson, PageJson } from '@openvob/results';
import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call, read } from '../api/client';
import { queries } from '../api/queries';
import { searchBody, type WorklistFilter } from './filter';

export const worklistKey = ['worklist'] as const;
export const lookEveryMs = 15_000;
/** A screen and a half: the first page is there sooner than a whole one. */
const firstPage = '60';
/** Who works on verifications, or looks at them. */
export const worklistRoles = ['coordinator', 'supervisor', 'biller', 'auditor', 'admin'] as const;

/** The worklist page by page. @param me id of the person */
export const worklistQuery = (filter: WorklistFilter, q: string, me: string) =>
  infiniteQueryOptions({
    queryKey: [...worklistKey, filter, q.trim()],
    queryFn: ({ pageParam, signal }) =>
      call<PageJson<ListedJson>>(
        'POST',
        '/v1/verifications/search',
        { ...searchBody(filter, q, me), ...(pageParam ? { cursor: pageParam } : { limit: firstPage }) },
        { signal, background: true },
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // To compare thousands of lines field by field at each page that comes takes longer than to draw the few that are on the screen.
    structuralSharing: false,
  });

/** How many wait, by when they are needed. */
export const countsQuery = () =>
  queryOptions({
    queryKey: ['counts'],
    queryFn: ({ signal }) => read<CountsJson>('/v1/verifications/counts', { signal, background: true }),
  });

/** Asks for what the page shows first, while its code is still on the way; whatever is refused, the page itself says. */
export async function beginWorklist(client: QueryClient, filter: WorklistFilter): Promise<void> {
  const session = await client.ensureQueryData(queries.session()).catch(() => undefined);
  if (!session || session.need || !worklistRoles.some((role) => role === session.role)) return;
  void client.prefetchInfiniteQuery(worklistQuery(filter, '', session.person.id));
  void client.prefetchQuery(countsQuery());
}
