import { Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { emptyCoverage, type RequestForm } from './form';
import { readCard } from './read-card';

type ReadCard = ReturnType<typeof readCard>;

/** The text of a card, pasted: what can be read of it goes into the form. */
export function CardPart({ today, onRead }: { today: string; onRead: (read: ReadCard) => void }): ReactNode {
  const [said, setSaid] = useState('');
  return (
    <Textarea
      label="Paste the text of the card"
      autosize
      minRows={2}
      maxRows={6}
      value=""
      placeholder="From a message or a scan"
      description={said || ' '}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={(event) => {
        const read = readCard(event.currentTarget.value.slice(0, 4000), today);
        const count = Object.keys(read).length;
        setSaid(count > 0 ? `${count} fields taken over. Compare them with the card.` : 'Nothing in it could be read.');
        onRead(read);
      }}
    />
  );
}

/** What was typed already is not overwritten. */
export function withCard(form: RequestForm, { memberId, groupNumber, payerName, ...person }: ReadCard): RequestForm {
  const [first = emptyCoverage, ...rest] = form.coverages;
  const kept = Object.fromEntries(Object.entries(person).filter(([key]) => form[key as 'firstName'] === ''));
  return {
    ...form,
    ...kept,
    coverages: [
      {
        payer: first.payer.name === '' && payerName ? { name: payerName } : first.payer,
        memberId: first.memberId || (memberId ?? ''),
        groupNumber: first.groupNumber || (groupNumber ?? ''),
      },
      ...rest,
    ],
  };
}
