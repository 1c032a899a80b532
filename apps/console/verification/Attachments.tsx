import { Alert, Button, FileButton, Group, Text } from '@mantine/core';
import type { AttachmentJson, PageJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { sentenceOf } from '../api/problem';
import { useMay, useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { prepared, UnusableFile } from './photo';
import { Section } from './Section';

const kinds: Readonly<Record<AttachmentJson['kind'], string>> = {
  card_front: 'Card, front',
  card_back: 'Card, back',
  consent: 'Consent',
  other: 'Other',
};

/** Photos of the card and other files, kept encrypted. */
export function Attachments({ id }: { id: string }): ReactNode {
  const place = `/v1/verifications/${id}/attachments`;
  const timeZone = useTimeZone();
  const mayAdd = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const mayRemove = useMay('coordinator', 'supervisor', 'admin');
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const { data, refetch } = useQuery({
    queryKey: ['verification', id, 'attachments'],
    queryFn: ({ signal }) => read<PageJson<AttachmentJson>>(place, { signal }),
  });
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    setError(undefined);
    setSending(true);
    try {
      await work();
      await refetch();
    } catch (refused) {
      setError(refused instanceof UnusableFile ? refused.message : sentenceOf(refused));
    } finally {
      setSending(false);
    }
  };
  const add = (kind: AttachmentJson['kind']) => (file: File | null) => {
    if (file) void attempt(async () => call('POST', `${place}?kind=${kind}`, await prepared(file)));
  };
  return (
    <Section title="Card and files">
      {error && (
        <Alert color="red" role="alert" mb="sm">
          {error}
        </Alert>
      )}
      {data?.items.length === 0 && (
        <Text size="sm" className="quiet">
          Nothing attached.
        </Text>
      )}
      <ul className="attachments">
        {data?.items.map(({ id: attachment, kind, mediaType, addedAt }) => (
          <li key={attachment}>
            <a href={`${place}/${attachment}`} target="_blank" rel="noreferrer">
              {mediaType.startsWith('image/') ? (
                <img src={`${place}/${attachment}`} alt={kinds[kind]} loading="lazy" />
              ) : (
                <span>{kinds[kind]} (PDF)</span>
              )}
            </a>
            <Group justify="space-between" gap="xs">
              <Text size="xs" className="quiet">
                {kinds[kind]}, {moment(addedAt, timeZone)}
              </Text>
              {mayRemove && (
                <Button
                  variant="subtle"
                  color="gray"
                  size="compact-xs"
                  aria-label={`Remove ${kinds[kind]}`}
                  onClick={() => void attempt(() => call('DELETE', `${place}/${attachment}`))}
                >
                  Remove
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <Group gap="xs" mt="sm">
          {(['card_front', 'card_back', 'other'] as const).map((kind) => (
            <FileButton key={kind} accept="image/*,application/pdf" onChange={add(kind)}>
              {(props) => (
                <Button {...props} variant="default" size="xs" loading={isSending}>
                  {kinds[kind]}
                </Button>
              )}
            </FileButton>
          ))}
        </Group>
      )}
    </Section>
  );
}
