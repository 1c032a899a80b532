import { Badge, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { Explained } from '../app/Explained';
import { word } from '../words/codes';
import { Section } from './Section';

/** Who was asked, in order: a carve-out is followed by itself. */
export function Chain({ verification: { chain, payer } }: { verification: VerificationJson }): ReactNode {
  if (!chain?.length) {
    if (!payer) return null;
    return (
      <Section title="Payer">
        <Text>{payer.name}</Text>
        <Text size="sm" className="quiet">
          Asked {word('via', payer.via)}
        </Text>
      </Section>
    );
  }
  return (
    <Section title="Payers asked">
      <ol className="chain">
        {chain.map(({ payer: link, because, answered, issue, via }) => (
          <li key={`${link.name} ${because}`} data-answered={answered}>
            <Text fw={600}>{link.name}</Text>
            <Text size="sm" className="quiet" component="div">
              <Explained table="chainBecause" code={because} />
              {via ? `, ${word('via', via)}` : ''}
            </Text>
            {answered ? (
              <Badge color="green">answered</Badge>
            ) : (
              <Badge color="orange">
                <Explained table="chainIssue" code={issue ?? 'unanswered'} />
              </Badge>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
