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
import { readFilter, type WorklistFilter } from './filter';
import { Rows } from './Rows';
import { Tiles } from './Tiles';
import { useLive } from './use-live';
import { assign, countsQuery, useWorklist } from './use-worklist';
import { text } from './words';
import './worklist.css';

const typingPauseMs = 250;

/** What needs me now, by deadline; for those who work on it or look at it. */
export function WorklistPage(): ReactNode {
  const mayRead = useMay('coordinator', 'supervisor', 'biller', 'auditor', 'admin');
  return mayRead ? <Worklist /> : <Denied />;
}

function Worklist(): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const me = useSession().person.id;
  const mayAssign = useMay('coordinator', 'supervisor', 'admin');
  const filter = readFilter(useSearch({ strict: false }));
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed, typingPauseMs);
  const q = settled.trim().length >= 3 ? settled : '';
  const [pages, setPages] = useState(1);
  const live = useLive(pages);
  const list = useWorklist(filter, q, me, live.isLive);
  if (list.data && list.data.pages.length !== pages) setPages(list.data.pages.length);
  const counts = useQuery(countsQuery(live.isLive));
  const people = useQuery(queries.people());
  const staff = (people.data?.items ?? []).filter(({ role }) => ['coordinator', 'supervisor', 'admin'].includes(role));
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [active, setActive] = useState(-1);
  const search = useRef<HTMLInputElement>(null);
  const choose = (next: WorklistFilter): void => {
    setActive(-1);
    void navigate({ to: '/', search: next, replace: true });
  };
  const move = (step: number): void => setActive(Math.max(0, Math.min(items.length - 1, active + step)));
  const [refusal, setRefusal] = useState<string | undefined>();
  const assignOne = (id: string, assignee: string | null): void => {
    setRefusal(undefined);
    assign(client, id, assignee).catch((refused: unknown) => setRefusal(sentenceOf(refused)));
  };
  const open = (): void => {
    const one = items[active];
    if (one) void navigate({ to: '/verifications/$id', params: { id: one.id } });
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    o: open,
    '/': () => search.current?.focus(),
    a: () => {
      const one = items[active];
      if (one && mayAssign) assignOne(one.id, me);
    },
  });
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
      <Tiles
        chosen={filter.show ?? 'all'}
        counts={counts.data}
        onChoose={(show) => choose(readFilter({ ...filter, show }))}
      />
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
        <Rows items={items} people={staff} active={active} onActive={setActive} onAssign={assignOne} onEnd={more} />
      )}
    </>
  );
}
