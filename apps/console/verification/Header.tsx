import { Alert, Button, Group, Menu, Modal, Text, Textarea, Title } from '@mantine/core';
import type { IdName, VerificationJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { sentenceOf } from '../api/problem';
import { type KeptRequest, queries, refreshVerification } from '../api/queries';
import { Explained } from '../app/Explained';
import { useKeys } from '../app/use-keys';
import { useMay, useSession } from '../session/session';
import { day } from '../words/format';
import { Standing } from './Standing';

interface HeaderProps {
  readonly verification: VerificationJson;
  readonly request: KeptRequest | undefined;
  /** Undefined where the request cannot be read. */
  readonly onCorrect: (() => void) | undefined;
}

const done = new Set(['cancelled']);

/** Whom it is about, and what can be done with it. */
export function Header({ verification, request, onCorrect }: HeaderProps): ReactNode {
  const { id, status, payer, program, startDate, reference } = verification;
  const navigate = useNavigate();
  const may = useMay('coordinator', 'supervisor', 'admin');
  const { error, act } = useActions(id);
  useKeys({
    ...(may && !done.has(status)
      ? { e: () => onCorrect?.(), c: () => void navigate({ to: '/verifications/$id/call', params: { id } }) }
      : {}),
  });
  const { patient, coverages } = request ?? {};
  const name = patient ? `${patient.firstName ?? ''} ${patient.lastName ?? ''}`.trim() : (reference ?? id);
  const facts = [
    patient?.birthDate && `born ${day(patient.birthDate)}`,
    payer?.name ?? coverages?.[0]?.payer?.name,
    coverages?.[0]?.memberId && `member ${coverages[0].memberId}`,
    program?.name,
    startDate && `starts ${day(startDate)}`,
    reference && patient && `reference ${reference}`,
  ].filter(Boolean);
  return (
    <header className="verification-head">
      <Link to="/" className="back-link">
        ← Worklist
      </Link>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div className="verification-who">
          <Group gap="sm">
            <Title order={1} size="h2">
              {name || 'Name not given'}
            </Title>
            <span className="status-chip" data-status={status}>
              <Explained table="status" code={status} />
            </span>
          </Group>
          <Text className="quiet">{facts.join(' · ')}</Text>
        </div>
        {may && !done.has(status) && (
          <Group gap="xs">
            <Owner id={id} onAct={act} />
            <Button component={Link} to={`/verifications/${id}/call`} variant="default">
              Record a call
            </Button>
            <Button variant="default" onClick={onCorrect} disabled={!onCorrect}>
              Correct
            </Button>
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" aria-label="More to do">
                  …
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => void act(() => call('POST', `/v1/verifications/${id}/reverify`))}>
                  Ask the payer again
                </Menu.Item>
                <Menu.Item onClick={() => window.print()}>Print</Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" onClick={() => void act(() => call('POST', `/v1/verifications/${id}/cancel`))}>
                  Cancel it: nothing more is asked
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </Group>
        )}
      </Group>
      <Standing verification={verification} />
      {error && (
        <Alert color="red" role="alert" mt="sm">
          {error}
        </Alert>
      )}
    </header>
  );
}

/** Does something to the verification, then reads it anew; a refusal is said. */
export function useActions(id: string): {
  error: string | undefined;
  act: (work: () => Promise<unknown>) => Promise<boolean>;
} {
  const client = useQueryClient();
  const [error, setError] = useState<string | undefined>();
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setError(undefined);
    try {
      await work();
      return true;
    } catch (refused) {
      setError(sentenceOf(refused));
      return false;
    } finally {
      await refreshVerification(client, id);
    }
  };
  return { error, act };
}

/** Who looks after it; handing over is choosing somebody else, with words to go on with. */
function Owner({ id, onAct }: { id: string; onAct: (work: () => Promise<unknown>) => Promise<boolean> }): ReactNode {
  const { person } = useSession();
  const people = useQuery(queries.people());
  const [to, setTo] = useState<IdName | undefined>();
  const staff = (people.data?.items ?? []).filter(({ role }) => ['coordinator', 'supervisor', 'admin'].includes(role));
  const assign = (assignee: string | null, note = ''): Promise<boolean> =>
    onAct(() =>
      call('POST', `/v1/verifications/${id}/assignee`, { assignee, ...(note.trim() ? { note: note.trim() } : {}) }),
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">Hand over</Button>
        </Menu.Target>
        <Menu.Dropdown mah={320} className="scrolls">
          <Menu.Item onClick={() => void assign(person.id)}>Take it myself</Menu.Item>
          <Menu.Divider />
          {staff
            .filter((one) => one.id !== person.id)
            .map((one) => (
              <Menu.Item key={one.id} onClick={() => setTo(one)}>
                {one.name}
              </Menu.Item>
            ))}
          <Menu.Item onClick={() => void assign(null)}>Nobody</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {to && <HandOver to={to} onClose={() => setTo(undefined)} onHandOver={(note) => assign(to.id, note)} />}
    </>
  );
}

interface HandOverProps {
  readonly to: IdName;
  readonly onClose: () => void;
  readonly onHandOver: (note: string) => Promise<boolean>;
}

/** The next person sees what was said: the talk does not begin anew. */
function HandOver({ to, onClose, onHandOver }: HandOverProps): ReactNode {
  const [note, setNote] = useState('');
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    if (await onHandOver(note)) onClose();
    setSending(false);
  };
  return (
    <Modal opened onClose={onClose} title={`Hand over to ${to.name}`}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Textarea
          label={`What does ${to.name} have to know?`}
          description="What was said, what comes next, and when. It stands with the notes."
          autosize
          minRows={3}
          maxRows={10}
          maxLength={2000}
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group mt="md">
          <Button type="submit" loading={isSending}>
            Hand over
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Leave it
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
