import { Code, Drawer, Paper, Stack, Table, Text } from '@mantine/core';
import type { Source } from '@openvob/results';
import type { ReactNode } from 'react';
import { day } from '../words/format';
import type { ShownSource } from './SourceProvider';
import { elementsOf } from './segment-words';
import { valueText } from './value-text';

/** Where a figure came from: the payer's own words with their meaning, or the call in which it was said. */
export function SourceDrawer({ shown, onClose }: { shown: ShownSource; onClose: () => void }): ReactNode {
  return (
    <Drawer opened onClose={onClose} position="right" title={shown.title} size="md">
      <Stack>
        {shown.sources.map((source) => (
          <OneSource key={JSON.stringify(source)} source={source} />
        ))}
        {shown.alternatives && shown.alternatives.length > 0 && (
          <>
            <Text fw={600}>What else was said</Text>
            {shown.alternatives.map((one) => (
              <Paper key={JSON.stringify(one)} p="sm">
                <Text size="sm" fw={600}>
                  {valueText(one.value)}
                </Text>
                <Text size="sm" className="quiet">
                  {one.why}
                </Text>
                {one.source.map((source) => (
                  <OneSource key={JSON.stringify(source)} source={source} />
                ))}
              </Paper>
            ))}
          </>
        )}
      </Stack>
    </Drawer>
  );
}

function OneSource({ source }: { source: Source }): ReactNode {
  const { segment, raw, path, call, authorization } = source;
  if (call)
    return (
      <Paper p="sm">
        <Text fw={600}>By phone on {day(call.date)}</Text>
        <Text size="sm">
          {call.representative}, reference {call.reference}
        </Text>
        {call.words && <Text size="sm">“{call.words}”</Text>}
      </Paper>
    );
  if (authorization)
    return (
      <Paper p="sm">
        <Text fw={600}>Recorded approval{authorization.number ? ` ${authorization.number}` : ''}</Text>
      </Paper>
    );
  const elements = raw ? elementsOf(raw) : undefined;
  return (
    <Paper p="sm">
      <Text size="sm" className="quiet">
        {segment === undefined ? 'In the payer’s answer' : `Segment ${segment} of the payer’s answer`}
      </Text>
      {raw && (
        <Code block className="code-wrapped">
          {raw}
        </Code>
      )}
      {path && (
        <Code block className="code-wrapped">
          {path}
        </Code>
      )}
      {elements && (
        <Table mt="xs" aria-label="What the segment says">
          <Table.Tbody>
            {elements.map(({ name, code, means }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={500}>
                  {name}
                </Table.Th>
                <Table.Td>{means}</Table.Td>
                <Table.Td>
                  <Code>{code}</Code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Paper>
  );
}
