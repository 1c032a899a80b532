import { Alert, Button, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import type { LinkJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { Brand } from '../app/Brand';
import { Loading } from '../app/States';
import { words } from '../words/words';

const text = words.session;

/** Where links of mails lead: an invitation to accept, a password to set. The secret stands behind `#`. */
export function LinkPage(): ReactNode {
  const [token] = useState(() => window.location.hash.slice(1));
  const { data: link, error } = useQuery({
    queryKey: ['link'],
    queryFn: () => call<LinkJson>('POST', '/v1/links/read', { token }, { isSigningIn: true }),
    retry: false,
    gcTime: 0,
    enabled: token !== '',
  });
  const [isDone, setDone] = useState(false);
  const isReset = window.location.pathname === '/new-password';
  return (
    <main className="narrow">
      <Brand />
      <Title order={1} size="h2" mt="lg" mb="sm">
        {isReset ? text.resetTitle : text.welcomeTitle}
      </Title>
      {token === '' || error ? (
        <Alert color="orange" role="alert">
          {error instanceof ApiProblem && error.status === 410
            ? text.linkGone
            : error
              ? sentenceOf(error)
              : text.linkGone}
        </Alert>
      ) : isDone ? (
        <Alert role="status">
          {text.linkDone} <a href="/sign-in">{text.signIn}</a>
        </Alert>
      ) : link ? (
        <LinkForm link={link} token={token} onDone={() => setDone(true)} />
      ) : (
        <Loading />
      )}
    </main>
  );
}

function LinkForm({ link, token, onDone }: { link: LinkJson; token: string; onDone: () => void }): ReactNode {
  const isInvitation = link.kind !== 'password_reset';
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<string | undefined>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      const given = { ...(link.needsPassword ? { password } : {}), ...(isInvitation && name ? { name } : {}) };
      await call('POST', '/v1/links/use', { token, ...given }, { isSigningIn: true });
      onDone();
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <Paper p="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {isInvitation && <Text>{text.welcome(link.facility)}</Text>}
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <TextInput label={text.email} value={link.email} readOnly autoComplete="username" />
          {isInvitation && (
            <TextInput
              label={text.yourName}
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {link.needsPassword && (
            <PasswordInput
              label={text.newPassword}
              description={text.passwordHelp}
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
          )}
          <Button type="submit">{isInvitation ? text.accept : text.setPassword}</Button>
        </Stack>
      </form>
    </Paper>
  );
}

/** What the API says of the one field that matters, else of the whole. */
export function fieldOrSentence(error: unknown): string {
  const [field] = error instanceof ApiProblem ? error.fields : [];
  return field ? `This ${field.pointer.split('/').at(-1) ?? 'field'} ${field.detail}.` : sentenceOf(error);
}
