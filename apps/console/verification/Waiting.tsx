import { Alert, Anchor, Box, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { Need, VerificationJson } from '@openvob/results';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { call } from '../api/client';
import type { KeptRequest } from '../api/queries';
import { useNow } from '../app/use-now';
import { useMay, useTimeZone } from '../session/session';
import { word } from '../words/codes';
import { dateIn, duration, moment, money } from '../words/format';
import { fieldName } from '../worklist/Row';
import { useActions } from './Header';

interface WaitingProps {
  readonly verification: VerificationJson;
  readonly request: KeptRequest | undefined;
  /** Undefined where the request cannot be read. */
  readonly onCorrect: (() => void) | undefined;
}

const underWay = new Set(['received', 'queued', 'asking_payer', 'waiting_for_payer']);

/** Where it stands, and what it waits for: a person's next step, or the payer. */
export function Waiting({ verification, request, onCorrect }: WaitingProps): ReactNode {
  const { id, status, needs = [] } = verification;
  const { error, act } = useActions(id);
  const may = useMay('coordinator', 'supervisor', 'admin');
  if (underWay.has(status)) return <UnderWay verification={verification} may={may} />;
  const isStuck = status === 'not_found' || status === 'failed';
  if (needs.length === 0 && !isStuck) return null;
  return (
    <Paper p="lg" component="section" className="waiting" aria-label="What is to be done">
      <Stack gap="md">
        {error && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        {shownOf(needs).map((need) => (
          <NeedPart key={`${need.kind} ${need.message}`} {...{ need, verification, request, onCorrect, act, may }} />
        ))}
        {isStuck && may && (
          <Group>
            {needs.every(({ kind }) => kind !== 'information') && <CorrectButton onCorrect={onCorrect} />}
            <Button variant="default" onClick={() => void act(() => call('POST', `/v1/verifications/${id}/reverify`))}>
              Ask again as it is
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** Where it stands while its payer is asked; a caller on the line need not wait for one that does not answer. */
function UnderWay({ verification, may }: { verification: VerificationJson; may: boolean }): ReactNode {
  const { id, status, needs = [], createdAt, recheckOn, promisedBy, atRisk } = verification;
  const now = useNow(1000);
  const timeZone = useTimeZone();
  const [offered] = shownOf(needs).filter(({ kind }) => kind === 'call');
  return (
    <Paper p="lg" component="section" aria-label="Where it stands">
      <Steps status={status} />
      <Text size="sm" className="quiet" role="status">
        {word('status', status)}, {duration(now - Date.parse(createdAt))} since it came in (
        {moment(createdAt, timeZone)}).
        {recheckOn ? ` Asked again on ${recheckOn}.` : ''}
      </Text>
      {promisedBy && (
        <Text fw={600}>
          Expect the answer by {moment(promisedBy, timeZone)}.
          {atRisk ? ' That may be later than it is needed: think of calling.' : ''}
        </Text>
      )}
      {offered && (
        <Box mt="md">
          <Title order={2} size="h4">
            You need not wait: call the payer
          </Title>
          <Text>{offered.message}</Text>
          <CallPart id={id} questions={offered.questions} may={may} />
        </Box>
      )}
    </Paper>
  );
}

/** While a call waits for approval nobody is to call again: what it did not answer shows once it counts. */
function shownOf(needs: readonly Need[]): readonly Need[] {
  return needs.some(({ kind }) => kind === 'approval') ? needs.filter(({ kind }) => kind !== 'call') : needs;
}

interface NeedPartProps extends WaitingProps {
  readonly need: Need;
  readonly may: boolean;
  readonly act: (work: () => Promise<unknown>) => Promise<boolean>;
}

function NeedPart({ need, verification, request, onCorrect, act, may }: NeedPartProps): ReactNode {
  const { id } = verification;
  const today = dateIn(useTimeZone(), new Date());
  const { kind, message, candidates = [], fields = [], questions = [] } = need;
  const choose = (payerId: string): void => {
    const coverages = (request?.coverages ?? [{}]).map((one, index) =>
      index === 0 ? { ...one, payer: { id: payerId } } : one,
    );
    void act(() => call('POST', `/v1/verifications/${id}/information`, { coverages }));
  };
  return (
    <div>
      <Title order={2} size="h4">
        {word('need', kind)}
      </Title>
      <Text>{message}</Text>
      {kind === 'information' && fields.length > 0 && (
        <Text size="sm" className="quiet">
          About: {fields.map(fieldName).join(', ')}
        </Text>
      )}
      {candidates.length > 0 && may && (
        <Group gap="xs" mt="sm">
          {candidates.map((one) => (
            <Button key={one.id} variant="default" onClick={() => choose(one.id)}>
              {one.name}
            </Button>
          ))}
        </Group>
      )}
      {kind === 'information' && may && (
        <Group mt="sm">
          <CorrectButton onCorrect={onCorrect} />
        </Group>
      )}
      {kind === 'consent' && may && (
        <Group mt="sm">
          <Button
            onClick={() =>
              void act(() =>
                call('POST', `/v1/verifications/${id}/consent`, {
                  part2: { signedOn: today, scope: 'treatment_payment_operations' },
                }),
              )
            }
          >
            The patient has signed today
          </Button>
          <CorrectButton onCorrect={onCorrect} label="Another date or scope" />
        </Group>
      )}
      {(kind === 'approval' || kind === 'sent_back') && (
        <Anchor href="#records" mt="sm" display="inline-block">
          To the calls
        </Anchor>
      )}
      {kind === 'call' && <CallPart id={id} questions={questions} may={may} />}
    </div>
  );
}

interface CallPartProps {
  readonly id: string;
  readonly questions: Need['questions'];
  readonly may: boolean;
}

/** What is to be asked by phone, and the way to the call. */
function CallPart({ id, questions = [], may }: CallPartProps): ReactNode {
  return (
    <>
      <ol className="questions">
        {questions.slice(0, 4).map(({ id: question, ask, swingCents }) => (
          <li key={question}>
            {ask}
            {swingCents ? <span className="worth">worth {money(swingCents)}</span> : null}
          </li>
        ))}
      </ol>
      {questions.length > 4 && (
        <Text size="sm" className="quiet">
          and {questions.length - 4} more
        </Text>
      )}
      {may && (
        <Button component={Link} to={`/verifications/${id}/call`} mt="sm">
          Begin the call
        </Button>
      )}
    </>
  );
}

interface CorrectButtonProps extends Pick<WaitingProps, 'onCorrect'> {
  readonly label?: string;
}

function CorrectButton({ onCorrect, label = 'Correct it' }: CorrectButtonProps): ReactNode {
  return (
    <Button variant={label === 'Correct it' ? 'filled' : 'default'} onClick={onCorrect} disabled={!onCorrect}>
      {label}
    </Button>
  );
}

const steps = ['received', 'queued', 'asking_payer'] as const;

function Steps({ status }: { status: string }): ReactNode {
  const at = status === 'waiting_for_payer' ? 2 : steps.indexOf(status as (typeof steps)[number]);
  return (
    <ol className="steps">
      {steps.map((step, index) => (
        <li key={step} data-done={index < at} aria-current={index === at ? 'step' : undefined}>
          {word('status', index === 2 && status === 'waiting_for_payer' ? status : step)}
        </li>
      ))}
    </ol>
  );
}
