import { Alert, Button, Code, Group, Paper, Table, Text, TextInput, Title } from '@mantine/core';
import type { AuditEntryJson, AuditHeadJson, PageJson } from '@openvob/results';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { read } from '../api/client';
import { Hint } from '../app/Explained';
import { Denied, Empty, Failure, Loading } from '../app/States';
import { useMay, useTimeZone } from '../session/session';
import { word } from '../words/codes';
import { moment } from '../words/format';
import { words } from '../words/words';

interface Filter {
  readonly subject: string;
  readonly actor: string;
  readonly action: string;
  readonly from: string;
}

const empty: Filter = { subject: '', actor: '', action: '', from: '' };

/** Of a list that a line holds, so many are told. */
const mostTold = 20;

/** Who did what, newest first, each line linked to the one before; for those who look over others’ shoulders. */
export function AuditPage(): ReactNode {
  const mayRead = useMay('auditor', 'admin');
  return mayRead ? <Trail /> : <Denied />;
}

function Trail(): ReactNode {
  const timeZone = useTimeZone();
  const [typed, setTyped] = useState(empty);
  const [filter, setFilter] = useState(empty);
  const trail = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) =>
      read<PageJson<AuditEntryJson>>(`/v1/audit?${query(filter, pageParam)}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  const lines = trail.data?.pages.flatMap((page) => page.items) ?? [];
  const field = (name: keyof Filter, label: string, type = 'text'): ReactNode => (
    <TextInput
      label={label}
      type={type}
      size="sm"
      value={typed[name]}
      onChange={(event) => setTyped({ ...typed, [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Title order={1} size="h2" mb="xs">
        {words.nav.audit}
      </Title>
      <Head />
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setFilter(typed);
        }}
      >
        <Group align="end" gap="sm" my="md">
          {field('subject', 'About (id)')}
          {field('actor', 'By (id)')}
          {field('action', 'What, e.g. verification.read')}
          {field('from', 'Since', 'date')}
          <Button type="submit">Show</Button>
        </Group>
      </form>
      {trail.isPending && <Loading />}
      {trail.error && <Failure error={trail.error} onRetry={() => void trail.refetch()} />}
      {trail.data && lines.length === 0 && <Empty title="No lines">Nothing was done that fits.</Empty>}
      {lines.length > 0 && (
        <Paper>
          <Table.ScrollContainer minWidth={760}>
            <Table striped>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>When</Table.Th>
                  <Table.Th>Who</Table.Th>
                  <Table.Th>What</Table.Th>
                  <Table.Th>About</Table.Th>
                  <Table.Th>More</Table.Th>
                  <Table.Th>Chain</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {lines.map((line) => (
                  <Line key={line.id} line={line} timeZone={timeZone} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {trail.hasNextPage && (
        <Button variant="default" mt="md" loading={trail.isFetchingNextPage} onClick={() => void trail.fetchNextPage()}>
          Older lines
        </Button>
      )}
    </>
  );
}

function Line({ line, timeZone }: { line: AuditEntryJson; timeZone: string | undefined }): ReactNode {
  const { at, actor, action, subjectId, detail, seal } = line;
  const more = Object.entries(detail).flatMap(([key, value]) => {
    const text = Array.isArray(value) ? value.slice(0, mostTold).join('; ') : value;
    return typeof text === 'object' || text === '' ? [] : [[key, text] as const];
  });
  return (
    <Table.Tr>
      <Table.Td className="figures audit-when">{moment(at, timeZone)}</Table.Td>
      <Table.Td>
        {actor.kind === 'worker' ? words.product : (actor.name ?? actor.id)}
        <Text size="xs" className="quiet">
          {actor.kind.replaceAll('_', ' ')}
        </Text>
      </Table.Td>
      <Table.Td>{action.replaceAll(/[._]/g, ' ')}</Table.Td>
      <Table.Td>
        {subjectId.startsWith('ver_') ? (
          <Link to="/verifications/$id" params={{ id: subjectId }}>
            {subjectId}
          </Link>
        ) : (
          subjectId
        )}
      </Table.Td>
      <Table.Td>
        <Text size="xs">{more.map(inWords).join(', ')}</Text>
      </Table.Td>
      <Table.Td>
        {seal ? (
          <Hint means={`SHA-256 ${seal.hash}`}>{`#${seal.position}`}</Hint>
        ) : (
          <Text size="xs" className="quiet">
            not yet
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** Details are codes; those that name a state are said as the rest of the console says them. */
function inWords([key, value]: readonly [string, unknown]): string {
  const text = String(value);
  const name = key.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
  return `${name} ${['to', 'from'].includes(key) ? word('status', text).toLowerCase() : text.replaceAll('_', ' ')}`;
}

/** Kept elsewhere, it shows any change to what was written before. */
function Head(): ReactNode {
  const { data, error } = useQuery({
    queryKey: ['audit', 'head'],
    queryFn: () => read<AuditHeadJson>('/v1/audit/head'),
  });
  if (error) return <Failure error={error} />;
  if (!data) return null;
  return (
    <Alert color="gray" title={`The chain has ${data.position} lines`}>
      <Text size="sm">Keep this elsewhere: it shows later whether anything before it was changed.</Text>
      <Code block className="code-wrapped">
        {JSON.stringify(data)}
      </Code>
    </Alert>
  );
}

function query({ subject, actor, action, from }: Filter, cursor: string): string {
  const params = new URLSearchParams();
  if (subject.trim()) params.set('subject', subject.trim());
  if (actor.trim()) params.set('actor', actor.trim());
  if (action.trim()) params.set('action', action.trim());
  if (from) params.set('from', `${from}T00:00:00Z`);
  if (cursor) params.set('cursor', cursor);
  return params.toString();
}
