import { Code, Drawer, Stack, Table, Text } from '@mantine/core';
import type { RawAnswerJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { read } from '../api/client';
import { Failure, Loading } from '../app/States';
import { useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { meaningOf } from './segment-names';

interface RawAnswerProps {
  readonly id: string;
  readonly inquiryId: string;
  readonly onClose: () => void;
}

/** What a payer answered word for word, segment by segment with its meaning. Each look is on record, so nothing is kept here. */
export function RawAnswer({ id, inquiryId, onClose }: RawAnswerProps): ReactNode {
  const timeZone = useTimeZone();
  const { data, error, refetch } = useQuery({
    queryKey: ['raw-answer', id, inquiryId],
    queryFn: ({ signal }) => read<RawAnswerJson>(`/v1/verifications/${id}/answers/${inquiryId}/raw`, { signal }),
    gcTime: 0,
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={data ? `${data.payer}, word for word` : 'Word for word'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Stack>
          <Text size="sm" className="quiet">
            Asked {moment(data.askedAt, timeZone)}. That you looked at it is on record.
          </Text>
          {data.items.length === 0 && <Text>Nothing has come yet.</Text>}
          {data.items.map((item) => (
            <section key={item.receivedAt} aria-label={`Received ${moment(item.receivedAt, timeZone)}`}>
              <Text size="sm" className="quiet">
                Received {moment(item.receivedAt, timeZone)}
                {item.httpStatus ? `, HTTP ${item.httpStatus}` : ''}
              </Text>
              {item.segments ? <Segments segments={item.segments} /> : <Plain item={item} />}
            </section>
          ))}
        </Stack>
      )}
    </Drawer>
  );
}

type Item = RawAnswerJson['items'][number];

function Segments({ segments }: { segments: NonNullable<Item['segments']> }): ReactNode {
  return (
    <Table aria-label="Segments" className="segments" withRowBorders>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>No.</Table.Th>
          <Table.Th>Segment</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {segments.map(({ number, raw }) => {
          const { name, elements } = meaningOf(raw);
          return (
            <Table.Tr key={number}>
              <Table.Td className="figures">{number}</Table.Td>
              <Table.Td>
                <Code className="raw-segment">{raw}</Code>
                <Text size="sm">
                  <strong>{name}</strong>
                  {elements.length > 0 &&
                    `. ${elements.map((one) => `${one.name.toLowerCase()}: ${one.means}`).join('; ')}`}
                </Text>
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}

function Plain({ item: { text, format } }: { item: Item }): ReactNode {
  if (text === undefined) return <Text>Nothing came back.</Text>;
  return (
    <Code block className="raw" tabIndex={0}>
      {format === 'json' ? JSON.stringify(JSON.parse(text), undefined, 2) : text}
    </Code>
  );
}
