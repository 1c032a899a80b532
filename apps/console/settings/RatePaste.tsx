import { Alert, Button, Code, Group, Modal, Stack, Table, Text, Textarea } from '@mantine/core';
import type { RateReportJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { money } from '../words/format';
import { holds } from './rate-words';

interface RatePasteProps {
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const example = `payer,network,code,allowed,charge,from,source
Northwind Health Plan,in,H0015,325.00,600.00,2027-01-01,your contract
,out,H0015,260.00,600.00,,your price list`;

/** A price list as it is copied out of a spreadsheet: what it would change is shown before anything is kept. */
export function RatePaste({ onClose, onSaved }: RatePasteProps): ReactNode {
  const [text, setText] = useState('');
  const [report, setReport] = useState<RateReportJson | undefined>();
  const [faults, setFaults] = useState<readonly string[]>([]);
  const [isSending, setSending] = useState(false);
  const send = async (dryRun: boolean): Promise<void> => {
    setSending(true);
    setFaults([]);
    try {
      const file = new Blob([text], { type: 'text/csv' });
      const told = await call<RateReportJson>('POST', `/v1/rates/import?dryRun=${dryRun}`, file);
      if (dryRun) setReport(told);
      else onSaved();
    } catch (refused) {
      setReport(undefined);
      setFaults(faultsOf(refused));
    } finally {
      setSending(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Paste a price list" size="xl">
      <Stack gap="sm">
        <Text size="sm">
          Copy the table with its heading out of a spreadsheet, or paste a CSV file. Columns: payer (empty for your own
          prices), network (in, out, self-pay), code, allowed; and if you like charge, included_in, from, to, source.
        </Text>
        <Textarea
          label="The list"
          placeholder={example}
          autosize
          minRows={6}
          maxRows={14}
          styles={{ input: { fontFamily: 'monospace', whiteSpace: 'pre', overflowX: 'auto' } }}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setReport(undefined);
          }}
        />
        {faults.length > 0 && (
          <Alert color="red" role="alert" title="Nothing was kept">
            <ul className="notes">
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          </Alert>
        )}
        {report && <Report report={report} />}
        <Group>
          <Button
            variant={report ? 'default' : 'filled'}
            loading={isSending}
            disabled={text.trim() === ''}
            onClick={() => void send(true)}
          >
            Show what changes
          </Button>
          {report && report.added + report.changed > 0 && (
            <Button loading={isSending} onClick={() => void send(false)}>
              Keep {report.added + report.changed} prices
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  );
}

const kinds = { added: 'new', changed: 'changed', unchanged: 'as it is' } as const;

function Report({ report }: { report: RateReportJson }): ReactNode {
  return (
    <>
      <Text role="status">
        {report.added} new, {report.changed} changed, {report.unchanged} as they are.
      </Text>
      <Table.ScrollContainer
        type="native"
        minWidth={560}
        mah={320}
        tabIndex={0}
        role="region"
        aria-label="What changes"
      >
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              <Table.Th>Price</Table.Th>
              <Table.Th>Holds</Table.Th>
              <Table.Th ta="right">Allowed</Table.Th>
              <Table.Th>
                <span className="sr-only">What becomes of it</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.lines.map(({ index, kind, rate, before, ends }) => (
              <Table.Tr key={index}>
                {/* The heading is the first line. */}
                <Table.Td>{index + 2}</Table.Td>
                <Table.Td>
                  {rate.payer?.name ?? 'own'}, {rate.network.replace('_', '-')}, <Code>{rate.code}</Code>
                </Table.Td>
                <Table.Td>
                  {holds(rate)}
                  {ends ? '; ends the one before' : ''}
                </Table.Td>
                <Table.Td ta="right" className="figures">
                  {before && kind === 'changed' ? `${money(before.allowedCents)} → ` : ''}
                  {money(rate.allowedCents)}
                </Table.Td>
                <Table.Td>
                  <Text size="sm" fw={600} className="rate-kind">
                    {kinds[kind]}
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
}

/** Each fault by its line of the list. */
function faultsOf(error: unknown): readonly string[] {
  if (!(error instanceof ApiProblem) || error.fields.length === 0) return [sentenceOf(error)];
  return error.fields.map(({ pointer, detail }) => {
    const [, index, field = ''] = /^\/items\/(\d{1,5})(?:\/(\w{1,20}))?$/.exec(pointer) ?? [];
    return index === undefined
      ? `The list ${detail}`
      : `Line ${Number(index) + 2}: ${fieldNames[field] ?? field} ${detail}`;
  });
}

const fieldNames: Readonly<Record<string, string>> = {
  allowedCents: 'allowed',
  chargeCents: 'charge',
  includedIn: 'included_in',
};
