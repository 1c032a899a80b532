import { Alert, Button, Group, Text, Textarea } from '@mantine/core';
import type { NoteJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useRef, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { Failure } from '../app/States';
import { useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { nameOf } from './people-names';
import { Section } from './Section';

const longest = 2000;
/** So many are shown until somebody wants all. */
const shownFirst = 3;

/** What colleagues wrote to each other, newest first, so that nobody has to begin anew. */
export function Notes({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.notes(id));
  const [isAll, setAll] = useState(false);
  const notes = [...(data?.items ?? [])].reverse();
  const shown = isAll ? notes : notes.slice(0, shownFirst);
  return (
    <Section title="Notes">
      {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
      {data && notes.length === 0 && (
        <Text size="sm" className="quiet">
          Write down what the next person has to know: what was said, what comes next, and when.
        </Text>
      )}
      <ul className="records">
        {shown.map((note) => (
          <OneNote key={note.id} note={note} />
        ))}
      </ul>
      {notes.length > shown.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          Show all {notes.length}
        </Button>
      )}
      <NewNote id={id} />
    </Section>
  );
}

function OneNote({ note: { writtenAt, writtenBy, text, handedTo } }: { note: NoteJson }): ReactNode {
  const people = useQuery(queries.people()).data?.items ?? [];
  const timeZone = useTimeZone();
  const to =
    handedTo === undefined ? '' : `, handed over to ${people.find(({ id }) => id === handedTo)?.name ?? handedTo}`;
  return (
    <li>
      <Text size="sm" className="note-text">
        {text}
      </Text>
      <Text size="xs" className="quiet">
        {nameOf(writtenBy, people)}, {moment(writtenAt, timeZone)}
        {to}
      </Text>
    </li>
  );
}

function NewNote({ id }: { id: string }): ReactNode {
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  // The same words sent again, since an answer was lost on the way, are one note.
  const key = useRef(crypto.randomUUID());
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    setError(undefined);
    try {
      await call('POST', `/v1/verifications/${id}/notes`, { text }, { idempotencyKey: key.current });
      key.current = crypto.randomUUID();
      setText('');
      await client.invalidateQueries({ queryKey: queries.notes(id).queryKey });
    } catch (refused) {
      if (refused instanceof ApiProblem) key.current = crypto.randomUUID();
      setError(sentenceOf(refused));
    } finally {
      setSending(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {error && (
        <Alert color="red" role="alert" mt="sm">
          {error}
        </Alert>
      )}
      <Textarea
        mt="sm"
        label="New note"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={longest}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group mt="xs">
        <Button type="submit" size="compact-md" variant="default" disabled={text.trim() === ''} loading={isSending}>
          Keep the note
        </Button>
      </Group>
    </form>
  );
}
