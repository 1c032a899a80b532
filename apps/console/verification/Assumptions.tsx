import { Table, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { Explained } from '../app/Explained';
import { day, money } from '../words/format';
import { Section } from './Section';

/** What the estimate takes for granted, and what to look at beside the figures. */
export function Assumptions({ verification: { basis, estimate } }: { verification: VerificationJson }): ReactNode {
  const taken = [...(estimate?.assumptions ?? []), ...(basis?.assumptions ?? [])];
  const texts = [...new Set(taken.map(({ text }) => text))];
  const warnings = [...new Set((estimate?.warnings ?? []).map(({ text }) => text))];
  const flags = basis?.flags ?? [];
  const prices = basis?.prices ?? [];
  if (texts.length + flags.length + warnings.length + prices.length === 0) return null;
  return (
    <Section title="What it rests on">
      {(flags.length > 0 || warnings.length > 0) && (
        <ul className="notes" data-kind="look">
          {warnings.map((text) => (
            <li key={text}>{text}</li>
          ))}
          {flags.map(({ text, source }) => (
            <li key={text}>
              {text}{' '}
              {source.url ? (
                <a href={source.url} target="_blank" rel="noreferrer noopener" className="note-source">
                  {source.title}
                </a>
              ) : (
                <span className="quiet">{source.title}</span>
              )}
            </li>
          ))}
        </ul>
      )}
      {texts.length > 0 && (
        <details>
          <summary>
            <Text span>{texts.length === 1 ? '1 assumption' : `${texts.length} assumptions`}</Text>
          </summary>
          <ul className="notes">
            {texts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </details>
      )}
      {prices.length > 0 && (
        <details>
          <summary>
            <Text span>Prices, and where they are from</Text>
          </summary>
          <Table aria-label="Prices" className="prices">
            <Table.Tbody>
              {prices.map(({ code, network, allowedCents, payer, source, from, to }) => (
                <Table.Tr key={`${code} ${network} ${from ?? ''}`}>
                  <Table.Th scope="row" fw={500}>
                    <Explained table="procedure" code={code} />
                  </Table.Th>
                  <Table.Td className="figures">{money(allowedCents)}</Table.Td>
                  <Table.Td>
                    <Text size="sm">
                      <Explained table="rateNetwork" code={network} />
                      {payer ? `, contract with ${payer.name}` : ', your own price'}
                    </Text>
                    <Text size="xs" className="quiet">
                      {source}
                      {from ? `, since ${day(from)}` : ''}
                      {to ? `, until ${day(to)}` : ''}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </details>
      )}
    </Section>
  );
}
