import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { IdName, PageJson, PayerJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode, type Ref } from 'react';
import { read } from '../api/client';
import { queries } from '../api/queries';
import { OnDemand } from '../app/OnDemand';
import { part } from '../app/part';
import { word } from '../words/codes';
import type { WorklistFilter } from './filter';
import { text } from './words';

const loadViews = () => import('./Views');
const Views = part(() => loadViews().then(({ Views }) => Views));

interface FilterBarProps {
  readonly filter: WorklistFilter;
  readonly q: string;
  readonly people: readonly IdName[];
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onFilter: (filter: WorklistFilter) => void;
  readonly onSearch: (q: string) => void;
}

const needKinds = ['call', 'information', 'consent', 'approval', 'sent_back', 'level_of_care_review'];

/** Search and filters; each change shows at once. */
export const FilterBar = memo(({ filter, q, people, searchRef, onFilter, onSearch }: FilterBarProps): ReactNode => {
  const programs = useQuery(queries.programs());
  const payers = useQuery({ queryKey: ['payers', 'all'], queryFn: allPayers, staleTime: 300_000 });
  const change = (part: Readonly<Record<string, string>>): void => {
    const next = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== '');
    onFilter(Object.fromEntries(next));
  };
  const named = (items: readonly IdName[] | undefined): { value: string; label: string }[] =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const isFiltered = q !== '' || Object.keys(filter).length > 0;
  return (
    <search className="filters">
      <TextInput
        ref={searchRef}
        className="filters-search"
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        value={q}
        maxLength={100}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onSearch('');
        }}
      />
      <NativeSelect
        aria-label={text.needs}
        value={filter.needs ?? ''}
        data={[
          { value: '', label: text.anyNeed },
          ...needKinds.map((kind) => ({ value: kind, label: word('need', kind) })),
        ]}
        onChange={(event) => change({ needs: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={text.assignee}
        value={filter.assignee ?? ''}
        data={[
          { value: '', label: text.anyone },
          { value: 'me', label: text.mine },
          { value: 'none', label: text.nobody },
          ...named(people),
        ]}
        onChange={(event) => change({ assignee: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={text.payer}
        value={filter.payer ?? ''}
        data={[{ value: '', label: text.anyPayer }, ...named(payers.data)]}
        onChange={(event) => change({ payer: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={text.program}
        value={filter.program ?? ''}
        data={[{ value: '', label: text.anyProgram }, ...named(programs.data?.items)]}
        onChange={(event) => change({ program: event.currentTarget.value })}
      />
      <OnDemand
        load={loadViews}
        button={(open) => (
          <Button variant="default" onClick={open} aria-expanded={false}>
            {text.views}
          </Button>
        )}
      >
        <Views filter={filter} onChoose={onFilter} />
      </OnDemand>
      {isFiltered && (
        <Button
          variant="subtle"
          onClick={() => {
            onSearch('');
            onFilter({});
          }}
        >
          {text.clear}
        </Button>
      )}
    </search>
  );
});

const mostPages = 10;

/** Every payer's name; the directory is a few hundred. */
async function allPayers(): Promise<readonly PayerJson[]> {
  const all: PayerJson[] = [];
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor } = await read<PageJson<PayerJson>>(
      `/v1/payers?cursor=${cursor}`.replace(/\?cursor=$/, ''),
    );
    all.push(...items);
    if (!nextCursor) break;
    cursor = encodeURIComponent(nextCursor);
  }
  return all;
}
