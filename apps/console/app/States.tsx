import { Alert, Button, Center, Loader, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { ApiProblem, sentenceOf, Unreachable } from '../api/problem';
import { words } from '../words/words';

const { state } = words;

/** While something is on its way; said to screen readers. */
export function Loading(): ReactNode {
  return (
    <Center py={80} role="status">
      <Loader size="sm" aria-hidden />
      <Text ml="sm" className="quiet">
        {state.loading}
      </Text>
    </Center>
  );
}

/** Nothing to show, why, and what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }): ReactNode {
  return (
    <Stack align="center" gap={6} py={64} px="md" ta="center">
      <Text fw={600}>{title}</Text>
      <Text className="quiet" maw={440} component="div">
        {children}
      </Text>
    </Stack>
  );
}

/** The address leads nowhere. */
export function MissingPage(): ReactNode {
  return (
    <main className="page">
      <Missing />
    </main>
  );
}

/** A page that can't be shown, by a fault of ours or because its code can't be had. */
export function BrokenPage({ error }: { error: unknown }): ReactNode {
  return (
    <main className="page">
      <Failure error={error} onRetry={() => window.location.reload()} />
    </main>
  );
}

/** What a page is about is not there. */
export function Missing(): ReactNode {
  return (
    <Stack align="center" gap="xs" py={64} ta="center">
      <Title order={1} size="h2">
        {state.missingTitle}
      </Title>
      <Text className="quiet">{state.missing}</Text>
      <Button component="a" href="/" variant="light" mt="sm">
        {state.back}
      </Button>
    </Stack>
  );
}

/** What is there, but not for this person. */
export function Denied(): ReactNode {
  return (
    <Alert color="gray" title={state.deniedTitle} my="md" role="alert">
      <Text size="sm">{state.denied}</Text>
    </Alert>
  );
}

/** Any failure in words, with a way on. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }): ReactNode {
  if (error instanceof ApiProblem && error.status === 404) return <Missing />;
  if (error instanceof ApiProblem && error.status === 403) return <Denied />;
  const title = error instanceof Unreachable ? state.offlineTitle : state.errorTitle;
  return (
    <Alert color="red" title={title} my="md" role="alert">
      <Text size="sm">{sentenceOf(error)}</Text>
      {onRetry && (
        <Button size="xs" mt="sm" variant="default" onClick={onRetry}>
          {state.retry}
        </Button>
      )}
    </Alert>
  );
}
