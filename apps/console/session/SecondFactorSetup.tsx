import { Alert, Button, Code, List, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import type { SessionJson } from '@openvob/results';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { sentenceOf } from '../api/problem';
import { Brand } from '../app/Brand';
import { words } from '../words/words';
import { QrCode } from './QrCode';

const text = words.session;

type Step =
  | { readonly kind: 'begin' }
  | { readonly kind: 'offered'; readonly secret: string; readonly uri: string }
  | { readonly kind: 'done'; readonly recoveryCodes: readonly string[] };

/** The page of a person whose facility asks for a second factor before anything opens. */
export function SecondFactorSetup({ session, onDone }: { session: SessionJson; onDone: () => void }): ReactNode {
  return (
    <main className="narrow">
      <Brand />
      <Title order={1} size="h2" mt="lg">
        {text.factorTitle}
      </Title>
      <Text className="quiet" mb="lg">
        {text.factorLead}
      </Text>
      <SecondFactorSteps email={session.person.email} onDone={onDone} />
    </main>
  );
}

/** Password, key and code, recovery codes. */
export function SecondFactorSteps({ email, onDone }: { email: string; onDone: () => void }): ReactNode {
  const [step, setStep] = useState<Step>({ kind: 'begin' });
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setError(undefined);
    try {
      if (step.kind === 'begin') {
        const offered = await call<{ secret: string; uri: string }>('POST', '/v1/session/second-factor', {
          password: typed,
        });
        setStep({ kind: 'offered', ...offered });
      } else if (step.kind === 'offered') {
        const confirmed = await call<{ recoveryCodes: string[] }>('POST', '/v1/session/second-factor/confirm', {
          code: typed.trim(),
        });
        setStep({ kind: 'done', ...confirmed });
      } else onDone();
      setTyped('');
    } catch (refused) {
      setError(sentenceOf(refused));
    }
  };
  return (
    <Paper p="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          {step.kind === 'begin' && (
            <>
              <TextInput label={text.email} value={email} readOnly autoComplete="username" />
              <PasswordInput
                label={text.factorPassword}
                autoComplete="current-password"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit">{text.factorBegin}</Button>
            </>
          )}
          {step.kind === 'offered' && (
            <>
              <Text size="sm">{text.factorScan}</Text>
              <QrCode text={step.uri} />
              <Text size="sm">
                {text.factorKey}: <Code>{step.secret}</Code>
              </Text>
              <TextInput
                label={text.code}
                description={text.codeHelp}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
              />
              <Button type="submit">{text.factorConfirm}</Button>
            </>
          )}
          {step.kind === 'done' && (
            <>
              <Text fw={600}>{text.recoveryTitle}</Text>
              <Text size="sm">{text.recoveryLead}</Text>
              <List listStyleType="none" ff="monospace" data-testid="recovery-codes">
                {step.recoveryCodes.map((code) => (
                  <List.Item key={code}>{code}</List.Item>
                ))}
              </List>
              <Button type="submit">{text.recoveryDone}</Button>
            </>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
