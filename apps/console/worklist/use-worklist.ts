import type { ListedJson, PageJson } from '@openvob/results';
import { type InfiniteData, type QueryClient, useInfiniteQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import type { WorklistFilter } from './filter';
import { lookEveryMs, worklistKey, worklistQuery } from './worklist-query';

/** The worklist page by page, as the person scrolls. */
export function useWorklist(filter: WorklistFilter, q: string, me: string, isLive: boolean) {
  return useInfiniteQuery({
    ...worklistQuery(filter, q, me),
    placeholderData: (before) => before,
    refetchInterval: isLive ? false : lookEveryMs,
  });
}

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
