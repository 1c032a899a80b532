import { Table, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { day, money } from '../words/format';
import { Section } from './Section';
import { valueText } from './value-text';

/** Where a representative said another thing than the electronic answer: side by side. */
export function Conflicts({ verification: { conflicts } }: { verification: VerificationJson }): ReactNode {
  if (!conflicts?.length) return null;
  return (
    <Section title="Two answers that differ">
      <Table.ScrollContainer minWidth={480}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>About</Table.Th>
              <Table.Th>Electronic answer</Table.Th>
              <Table.Th>By phone</Table.Th>
              <Table.Th ta="right">Worth</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {conflicts.map(({ path, electronic, phone, used, because, said, swingCents }) => (
              <Table.Tr key={path}>
                <Table.Td>{aboutOf(path)}</Table.Td>
                <Table.Td data-used={used === 'electronic'}>{amount(path, electronic)}</Table.Td>
                <Table.Td data-used={used === 'phone'}>
                  {amount(path, phone)}
                  <Text size="xs" className="quiet">
                    {said.representative}, {day(said.on)}, reference {said.referenceNumber}
                  </Text>
                  <Text size="xs">{because}</Text>
                </Table.Td>
                <Table.Td ta="right">{money(swingCents)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function amount(path: string, value: unknown): string {
  return path.endsWith('Cents') && typeof value === 'number' ? money(value) : valueText(value);
}

/** The end of a JSON Pointer into the estimate's case, as people speak of it. */
function aboutOf(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && !/^\d+$/.test(part));
  const words: Readonly<Record<string, string>> = {
    coverages: '',
    periods: '',
    outOfPocket: 'out-of-pocket maximum',
    remainingCents: 'left',
    limitCents: 'limit',
    costShares: 'what the patient pays',
    network: 'network',
    decision: 'whether it is covered',
  };
  return parts
    .map(
      (part) =>
        words[part] ??
        part
          .replace(/Cents$/, '')
          .replace(/([A-Z])/g, ' $1')
          .toLowerCase(),
    )
    .filter(Boolean)
    .join(', ');
}
