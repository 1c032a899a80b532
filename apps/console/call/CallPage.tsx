import { Alert, Button, Grid, Group, List, Paper, Progress, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CallJson, CallSheetJson, ScriptQuestion, VerificationJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { queries, refreshVerification } from '../api/queries';
import { Empty, Failure, Loading } from '../app/States';
import { DraftOffer, DraftState } from '../request/DraftOffer';
import { useDraft } from '../request/use-draft';
import { useMay } from '../session/session';
import { asSpoken, isUnfolded, type Typed } from './answer-value';
import { Contacts, Moving, Timer } from './CallSide';
import { type CallDraft, callDraftOf, isHeard } from './call-draft';
import { answersOf, changed, type GivenAnswer, typedOf } from './call-form';
import { QuestionInput } from './QuestionInput';
import { WhomCalled } from './WhomCalled';
import { calledOf, nameOfCalled } from './whom-called';
import './call.css';

/** A call to the payer: only what is unanswered, worth most first; the estimate moves as answers are typed. */
export function CallPage(): ReactNode {
  const { id } = useParams({ strict: false }) as { id: string };
  const { amends } = useSearch({ strict: false }) as { amends?: string };
  const verification = useQuery(queries.verification(id));
  const script = useQuery(queries.script(id));
  const calls = useQuery({ ...queries.calls(id), enabled: amends !== undefined });
  const error = script.error ?? verification.error ?? calls.error;
  // What cannot be read anew stays: whoever is on the phone goes on typing.
  if (script.data && verification.data && (!amends || calls.data)) {
    const amended = calls.data?.items.find((one) => one.id === amends);
    return (
      <Call key={`${id} ${amends ?? ''}`} sheet={script.data} verification={verification.data} amended={amended} />
    );
  }
  if (!error) return <Loading />;
  return (
    <Failure
      error={error}
      onRetry={() => void Promise.all([script.refetch(), verification.refetch(), ...(amends ? [calls.refetch()] : [])])}
    />
  );
}

interface CallProps {
  readonly sheet: CallSheetJson;
  readonly verification: VerificationJson;
  /** The record that this one takes the place of. */
  readonly amended: CallJson | undefined;
}

function Call({ sheet, verification, amended }: CallProps): ReactNode {
  const { id } = verification;
  const before = useMemo(() => (amended ? typedOf(amended, sheet) : undefined), [amended, sheet]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [startedAt, setStartedAt] = useState(() => (amended ? new Date(amended.startedAt) : new Date()));
  const [representative, setRepresentative] = useState(amended?.representative ?? '');
  const [reference, setReference] = useState(amended?.referenceNumber ?? '');
  const [called, setCalled] = useState<string | undefined>();
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>(before?.typed ?? {});
  const [words, setWords] = useState<Readonly<Record<string, string>>>(before?.words ?? {});
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const key = useRef(crypto.randomUUID());
  const begunAt = startedAt.toISOString();
  const whom = called ? { called } : {};
  const heard: CallDraft = { representative, reference, typed, words, startedAt: begunAt, ...whom };
  const [begun] = useState(() => JSON.stringify(heard));
  const isTouched = isHeard(heard) && JSON.stringify(heard) !== begun;
  const draft = useDraft(amended ? `amendment:${amended.id}` : `call:${id}`, heard, isTouched);
  const takeDraft = (content: unknown): void => {
    const kept = callDraftOf(content);
    setRepresentative(kept.representative);
    setReference(kept.reference);
    setCalled(kept.called);
    setTyped(kept.typed);
    setWords(kept.words);
    setStartedAt(new Date(kept.startedAt));
  };
  const asked = sheet.questions
    .filter((question) => isUnfolded(question, typed))
    .map((question) => asSpoken(question, typed));
  const answers = useMemo(
    () => [...answersOf(asked, typed, words), ...(before?.carried ?? [])],
    [asked, typed, words, before],
  );
  const body = {
    representative: representative.trim(),
    referenceNumber: reference.trim(),
    startedAt: begunAt,
    answers,
    ...(amended ? { amends: amended.id } : calledOf(sheet.contacts, called)),
  };
  const isCoordinator = useMay('coordinator');
  const waits = useQuery({ ...queries.callApproval(), enabled: isCoordinator }).data?.approval === true;
  const preview = usePreview(id, answers);
  const isComplete = body.representative !== '' && body.referenceNumber !== '' && answers.length > 0;
  const record = async (): Promise<void> => {
    setSending(true);
    setError(undefined);
    try {
      const sent = { ...body, endedAt: amended?.endedAt ?? new Date().toISOString() };
      await call('POST', `/v1/verifications/${id}/calls`, sent, { idempotencyKey: key.current });
      await draft.discard();
      client.removeQueries({ queryKey: queries.script(id).queryKey });
      await refreshVerification(client, id);
      await navigate({ to: '/verifications/$id', params: { id } });
    } catch (refused) {
      // What was refused is corrected and is another call then; what was lost on the way is the same one.
      if (refused instanceof ApiProblem) key.current = crypto.randomUUID();
      setError(faultText(refused, asked));
    } finally {
      setSending(false);
    }
  };
  return (
    <>
      <Link to="/verifications/$id" params={{ id }} className="back-link">
        ← Back to the verification
      </Link>
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          {amended ? 'Amend the call' : 'Call'} to{' '}
          {nameOfCalled(sheet.contacts, called) ?? verification.payer?.name ?? 'the payer'}
        </Title>
        <DraftState state={draft.state} />
      </Group>
      <DraftOffer
        draft={draft}
        title="You had begun this call"
        onTake={takeDraft}
        onThrow={() => {
          if (!isTouched) void draft.discard();
        }}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }} order={{ base: 2, md: 1 }}>
          <Stack gap="md">
            <Paper p="lg" component="section" aria-label="To begin with">
              {amended && (
                <Alert mb="sm" title="The record before this one is kept as it is">
                  {amended.review?.reason
                    ? `It was sent back: “${amended.review.reason}”`
                    : 'This one counts in its place, for the same call.'}
                </Alert>
              )}
              <List size="sm" mb="sm">
                {sheet.opening.map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
              {!amended && <WhomCalled contacts={sheet.contacts} called={called} onChoose={setCalled} />}
              <Group grow align="flex-start">
                <TextInput
                  label="Representative’s name"
                  value={representative}
                  autoComplete="off"
                  maxLength={120}
                  onChange={(event) => setRepresentative(event.currentTarget.value)}
                />
                <TextInput
                  label="Reference number of the call"
                  value={reference}
                  autoComplete="off"
                  maxLength={120}
                  onChange={(event) => setReference(event.currentTarget.value)}
                />
              </Group>
            </Paper>
            {asked.length === 0 && (
              <Empty title="Nothing is left to ask">Everything that moves the estimate is known.</Empty>
            )}
            <ol className="script">
              {asked.map((question) => (
                <li key={question.id} data-follow={question.onlyIf !== undefined}>
                  <QuestionInput
                    question={question}
                    typed={typed[question.id]}
                    words={words[question.id] ?? ''}
                    onType={(value) => setTyped((before) => changed(before, question.id, value))}
                    onWords={(text) => setWords((before) => ({ ...before, [question.id]: text }))}
                  />
                </li>
              ))}
            </ol>
            <Paper p="lg" component="section" aria-label="To end with">
              <List size="sm" mb="md">
                {sheet.closing.map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
              {error && (
                <Alert color="red" role="alert" mb="sm">
                  {error}
                </Alert>
              )}
              <Button size="md" onClick={() => void record()} disabled={!isComplete} loading={isSending}>
                {amended ? 'Record the amendment' : 'Record the call'}
              </Button>
              <Text size="xs" className="quiet" mt={6}>
                {isComplete
                  ? `Kept as it is and never edited; a correction is a further record.${waits ? ' It counts once a supervisor has approved it.' : ''}`
                  : 'Name, reference number and one answer at least are needed.'}
              </Text>
            </Paper>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }} order={{ base: 1, md: 2 }}>
          <Stack gap="md" className="call-side">
            {!amended && <Timer startedAt={startedAt} />}
            <Moving verification={verification} preview={preview} />
            <Contacts sheet={sheet} />
            <Text size="sm" className="quiet">
              {answers.length} of {asked.length} answered
            </Text>
            <Progress value={asked.length === 0 ? 100 : (answers.length / asked.length) * 100} aria-label="Answered" />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

const pauseMs = 350;

/** What the answers so far would come to; nothing is stored. */
function usePreview(id: string, answers: readonly GivenAnswer[]): VerificationJson | undefined {
  const [settled] = useDebouncedValue(JSON.stringify(answers), pauseMs);
  const { data } = useQuery({
    queryKey: ['call-preview', id, settled],
    queryFn: ({ signal }) => {
      const now = new Date().toISOString();
      const body = {
        representative: '-',
        referenceNumber: '-',
        startedAt: now,
        endedAt: now,
        answers: JSON.parse(settled) as unknown,
      };
      return call<VerificationJson>('POST', `/v1/verifications/${id}/calls?dryRun=true`, body, {
        signal,
        background: true,
      });
    },
    enabled: settled !== '[]',
    retry: false,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return settled === '[]' ? undefined : data;
}

/** Names the question whose answer was refused, not its place in the body. */
function faultText(error: unknown, asked: readonly ScriptQuestion[]): string {
  const [fault] = error instanceof ApiProblem ? error.fields : [];
  const index = /^\/answers\/(\d+)/.exec(fault?.pointer ?? '')?.[1];
  if (!fault || index === undefined) return sentenceOf(error);
  return `${asked[Number(index)]?.ask ?? 'An answer'}: ${fault.detail}`;
}
