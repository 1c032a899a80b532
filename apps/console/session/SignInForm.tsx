import { Alert, Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import type { IdName, SessionJson } from '@openvob/results';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { words } from '../words/words';

const text = words.session;

interface SignInFormProps {
  /** Given when somebody signs in again over a page: then it is theirs alone. */
  readonly email?: string;
  readonly facilityId?: string;
  readonly onSignedIn: (session: SessionJson) => void;
  /** Where a provider sends the browser back to. */
  readonly returnTo?: string;
}

/** E-mail and password, the code where the account has one, and the facility's own log-in where it has one. */
export function SignInForm({ email: own, facilityId, onSignedIn, returnTo = '/' }: SignInFormProps): ReactNode {
  const [email, setEmail] = useState(own ?? '');
  const [password, setPassword] = useState('');
  const [factor, setFactor] = useState<{ kind: 'code' | 'recoveryCode'; value: string } | undefined>();
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setBusy] = useState(false);
  const providers = useProviders(email);
  const factorInput = useRef<HTMLInputElement>(null);
  const kind = factor?.kind;
  useEffect(() => {
    if (kind) factorInput.current?.focus();
  }, [kind]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const second = factor?.value ? { [factor.kind]: factor.value.trim() } : {};
      const body = { email: email.trim(), password, ...(facilityId ? { facilityId } : {}), ...second };
      onSignedIn(await call<SessionJson>('POST', '/v1/session', body, { isSigningIn: true }));
    } catch (refused) {
      if (refused instanceof ApiProblem && refused.code === 'second_factor_required')
        setFactor((before) => before ?? { kind: 'code', value: '' });
      else setError(sentenceOf(refused));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {error && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        <TextInput
          label={text.email}
          type="email"
          autoComplete="username"
          required
          value={email}
          readOnly={own !== undefined}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={text.password}
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {factor && (
          <>
            <TextInput
              ref={factorInput}
              label={factor.kind === 'code' ? text.code : text.recoveryCode}
              description={factor.kind === 'code' ? text.codeHelp : undefined}
              inputMode={factor.kind === 'code' ? 'numeric' : 'text'}
              autoComplete="one-time-code"
              value={factor.value}
              onChange={(event) => setFactor({ ...factor, value: event.currentTarget.value })}
            />
            <Anchor
              component="button"
              type="button"
              size="sm"
              ta="left"
              onClick={() => setFactor({ kind: factor.kind === 'code' ? 'recoveryCode' : 'code', value: '' })}
            >
              {factor.kind === 'code' ? text.useRecovery : text.useCode}
            </Anchor>
          </>
        )}
        <Button type="submit" loading={isBusy} fullWidth>
          {text.signIn}
        </Button>
        {providers.length > 0 && <Divider label={<Text size="xs">or</Text>} />}
        {providers.map(({ id, name }) => (
          <Button
            key={id}
            variant="default"
            component="a"
            href={`/v1/session/providers/${encodeURIComponent(id)}/start?returnTo=${encodeURIComponent(returnTo)}`}
          >
            {text.provider(name)}
          </Button>
        ))}
      </Stack>
    </form>
  );
}

const pauseMs = 400;

/** The log-ins of facilities that vouch for this address. */
function useProviders(email: string): readonly IdName[] {
  const [providers, setProviders] = useState<readonly IdName[]>([]);
  useEffect(() => {
    if (!/^[^@\s]{1,64}@(?:[^@\s.]{1,63}\.){1,8}[^@\s.]{2,63}$/.test(email.trim())) {
      setProviders([]);
      return;
    }
    const timer = setTimeout(() => {
      call<{ items: IdName[] }>('POST', '/v1/session/providers', { email: email.trim() }, { isSigningIn: true })
        .then(({ items }) => setProviders(items))
        .catch(() => setProviders([]));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [email]);
  return providers;
}
