import { Alert, Anchor, Button, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import type { SessionJson } from '@openvob/results';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { Brand } from '../app/Brand';
import { words } from '../words/words';
import { SignInForm } from './SignInForm';

const text = words.session;

/** Sign in, or ask for a new password. */
export function SignInPage(): ReactNode {
  const client = useQueryClient();
  const [isReset, setReset] = useState(false);
  const returnTo = ownPath(window.location.hash.slice(1));
  const [refused] = useState(whyRefused);
  const enter = (session: SessionJson): void => {
    client.clear();
    client.setQueryData(queries.session().queryKey, session);
    window.location.assign(returnTo);
  };
  return (
    <main className="narrow">
      <Brand />
      <Title order={1} size="h2" mt="lg">
        {isReset ? text.resetTitle : text.title}
      </Title>
      <Text className="quiet" mb="lg">
        {isReset ? text.resetLead : text.lead}
      </Text>
      {refused && !isReset && (
        <Alert color="orange" role="alert" mb="md">
          {refused}
        </Alert>
      )}
      <Paper p="lg">
        {isReset ? <ResetForm /> : <SignInForm onSignedIn={enter} returnTo={returnTo} />}
        <Anchor component="button" type="button" size="sm" mt="md" onClick={() => setReset(!isReset)}>
          {isReset ? text.backToSignIn : text.forgot}
        </Anchor>
      </Paper>
    </main>
  );
}

/** Why a provider’s log-in let nobody in, where the browser comes back from one. */
function whyRefused(): string | undefined {
  const kind = new URLSearchParams(window.location.search).get('refused') ?? '';
  return Object.hasOwn(text.refused, kind) ? text.refused[kind] : undefined;
}

/** Only a path of ours: never another site. */
function ownPath(path: string): string {
  return /^\/(?![/\\])[\w/.-]*$/.test(path) ? path : '/';
}

function ResetForm(): ReactNode {
  const [email, setEmail] = useState('');
  const [outcome, setOutcome] = useState<{ isSent: boolean; error?: string }>({ isSent: false });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await call('POST', '/v1/password-resets', { email: email.trim() }, { isSigningIn: true });
      setOutcome({ isSent: true });
    } catch (error) {
      setOutcome({ isSent: false, error: sentenceOf(error) });
    }
  };
  if (outcome.isSent) return <Alert role="status">{text.linkSent}</Alert>;
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {outcome.error && (
          <Alert color="red" role="alert">
            {outcome.error}
          </Alert>
        )}
        <TextInput
          label={text.email}
          type="email"
          autoComplete="username"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Button type="submit">{text.sendLink}</Button>
      </Stack>
    </form>
  );
}
