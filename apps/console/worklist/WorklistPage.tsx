import { Alert, Button, Group, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useRef, useState } from 'react';
import { sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { Denied, Empty, Failure, Loading } from '../app/States';
import { useKeys } from '../app/use-keys';
import { useMay, useSession } from '../session/session';
import { words } from '../words/words';
import { FilterBar } from './FilterBar';
import { readFilter, type Tile, type WorklistFilter } from './filter';
import { Rows } from './Rows';
import { Tiles } from './Tiles';
import { useLive } from './use-live';
import { assign, useWorklist } from './use-worklist';
import { text } from './words';
import { countsQuery, lookEveryMs, worklistRoles } from './worklist-query';
import './worklist.css';

const typingPauseMs = 250;
const workers: ReadonlySet<string> = new Set(['coordinator', 'supervisor', 'admin']);

/** What needs me now, by deadline; for those who work on it or look at it. */
export function WorklistPage(): ReactNode {
  const mayRead = useMay(...worklistRoles);
  return mayRead ? <Worklist /> : <Denied />;
}

function Worklist(): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = useSession().person.id;
  const address = useSearch({ strict: false });
  const filter = useMemo(() => readFilter(address), [address]);
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, typingPauseMs);
  const q = settled.trim().length >= 3 ? settled : '';
  const [pages, setPages] = useState(1);
  const live = useLive(pages);
  const list = useWorklist(filter, q, me, live.isLive);
  if (list.data && list.data.pages.length !== pages) setPages(list.data.pages.length);
  const counts = useQuery({ ...countsQuery(), refetchInterval: live.isLive ? 60_000 : lookEveryMs });
  const people = useQuery(queries.people());
  const staff = useMemo(() => people.data?.items.filter(({ role }) => workers.has(role)) ?? [], [people.data]);
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const search = useRef<HTMLInputElement>(null);
  const choose = useCallback(
    (next: WorklistFilter) => void navigate({ to: '/', search: next, replace: true }),
    [navigate],
  );
  const chooseTile = useCallback((show: Tile) => choose(readFilter({ ...filter, show })), [choose, filter]);
  const [refusal, setRefusal] = useState<string | undefined>();
  const assignOne = useCallback(
    (id: string, assignee: string | null) => {
      setRefusal(undefined);
      assign(client, id, assignee).catch((refused: unknown) => setRefusal(sentenceOf(refused)));
    },
    [client],
  );
  useKeys({ '/': () => search.current?.focus() });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <Group justify="space-between" mb="sm">
        <Title order={1} size="h2">
          {words.nav.worklist}
        </Title>
        <span className="live" data-live={live.isLive} role="status">
          {live.isLive ? text.live : text.notLive}
        </span>
      </Group>
      <Tiles chosen={filter.show ?? 'all'} counts={counts.data} onChoose={chooseTile} />
      <FilterBar filter={filter} q={typed} people={staff} searchRef={search} onFilter={choose} onSearch={setTyped} />
      {refusal && (
        <Alert
          color="red"
          role="alert"
          mb="sm"
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setRefusal(undefined)}
        >
          {refusal}
        </Alert>
      )}
      {live.waiting > 0 && (
        <Button className="sticky-note" radius="xl" onClick={live.show}>
          {text.changed(live.waiting)}
        </Button>
      )}
      {list.isPending ? (
        <Loading />
      ) : list.error && items.length === 0 ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={q ? text.nothingFound : text.emptyTitle}>{q ? text.nothingFoundFor : text.empty}</Empty>
      ) : (
        <Rows key={JSON.stringify(filter)} items={items} people={staff} onAssign={assignOne} onEnd={more} />
      )}
    </>
  );
}
