import { ActionIcon, Alert, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import type { PageJson, SavedViewJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { sentenceOf } from '../api/problem';
import { readFilter, type WorklistFilter } from './filter';
import { text } from './words';

/** What stands in a kept view; the API knows the tile by the names of its own filters. */
const keyOf = { show: 'due' } as const;

interface ViewsProps {
  readonly filter: WorklistFilter;
  readonly onChoose: (filter: WorklistFilter) => void;
}

/** One's own views, open at once: filters under a name, never what was searched for. */
export function Views({ filter, onChoose }: ViewsProps): ReactNode {
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(true);
  const [name, setName] = useState('');
  const [error, setError] = useState<string | undefined>();
  const { data } = useQuery({
    queryKey: ['views'],
    queryFn: () => read<PageJson<SavedViewJson>>('/v1/views'),
    enabled: isOpen,
  });
  const change = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
      setError(undefined);
    } catch (refused) {
      setError(sentenceOf(refused));
    }
    await client.invalidateQueries({ queryKey: ['views'] });
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() === '') return;
    const { show, ...rest } = filter;
    void change(
      call('POST', '/v1/views', { name: name.trim(), filter: { ...rest, ...(show ? { [keyOf.show]: show } : {}) } }),
    );
    setName('');
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button variant="default" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {text.views}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.views}>
        <Stack gap="xs">
          {data?.items.length === 0 && (
            <Text size="sm" className="quiet">
              {text.noViews}
            </Text>
          )}
          {data?.items.map((view) => (
            <Group key={view.id} gap={4} wrap="nowrap">
              <Button
                variant="subtle"
                justify="flex-start"
                fullWidth
                onClick={() => {
                  onChoose(readFilter({ ...view.filter, show: view.filter[keyOf.show] }));
                  setOpen(false);
                }}
              >
                {view.name}
              </Button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={text.forget(view.name)}
                onClick={() => void change(call('DELETE', `/v1/views/${view.id}`))}
              >
                ×
              </ActionIcon>
            </Group>
          ))}
          {error && <Alert color="red">{error}</Alert>}
          <form onSubmit={save}>
            <Group gap="xs" wrap="nowrap" align="end">
              <TextInput
                label={text.viewName}
                size="xs"
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="xs">
                {text.saveView}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
