import { Alert, Anchor, Button, FileButton, Grid, Group, Stack, Text, Title } from '@mantine/core';
import type { FieldJson, VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { useTimeZone } from '../session/session';
import { dateIn } from '../words/format';
import { words } from '../words/words';
import { CardPart, withCard } from './CardPart';
import { ConsentPart, LevelOfCarePart } from './ConsentPart';
import { CoveragePart } from './CoveragePart';
import { DraftOffer, DraftState } from './DraftOffer';
import { bodyOf, emptyCoverage, emptyForm, formOf, isTouched, type RequestForm } from './form';
import { PersonPart } from './PersonPart';
import { ProgramPart } from './ProgramPart';
import { Side } from './Side';
import { useDryRun, useSimilar } from './use-checks';
import { useDraft } from './use-draft';
import { usePhotos } from './use-photos';
import './request.css';

/** Everything that a check needs, in the order in which callers tell it. */
export function RequestPage(): ReactNode {
  const navigate = useNavigate();
  const timeZone = useTimeZone();
  const today = dateIn(timeZone, new Date());
  const [form, setForm] = useState(() => emptyForm(today));
  const [faults, setFaults] = useState<readonly FieldJson[]>([]);
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const { photos, photoFault, choose: choosePhoto, attach } = usePhotos();
  const [isChecked, setChecked] = useState(false);
  const draft = useDraft('request', form, isTouched(form));
  const programs = useQuery(queries.programs());
  const body = useMemo(() => bodyOf(form, today), [form, today]);
  const isWorth =
    form.lastName !== '' &&
    form.birthDate !== '' &&
    (form.coverages[0]?.payer.name ?? '') !== '' &&
    form.programId !== '';
  const { plan, faults: checked } = useDryRun(body, isWorth);
  const similar = useSimilar(form, today);
  const key = useRef({ text: '', key: '' });
  const change = (part: Partial<RequestForm>): void => setForm((before) => ({ ...before, ...part }));
  const [only] = programs.data?.items ?? [];
  useEffect(() => {
    if (only) setForm((before) => (before.programId === '' ? { ...before, programId: only.id } : before));
  }, [only]);

  const shownFaults = faults.length > 0 ? faults : isChecked ? checked : [];
  const faultOf = (pointer: string): string | undefined =>
    sentence(shownFaults.find((fault) => fault.pointer === pointer));
  const submit = async (event?: FormEvent): Promise<void> => {
    event?.preventDefault();
    setSending(true);
    setError(undefined);
    setFaults([]);
    const text = JSON.stringify(body);
    // The same form again is the same request: nothing is asked twice when an answer was lost on the way.
    if (key.current.text !== text) key.current = { text, key: crypto.randomUUID() };
    let isAsked = false;
    try {
      const { id } = await call<VerificationJson>('POST', '/v1/verifications', body, {
        idempotencyKey: key.current.key,
      });
      isAsked = true;
      await attach(id);
      await draft.discard();
      await navigate({ to: '/verifications/$id', params: { id } });
    } catch (refused) {
      setFaults(refused instanceof ApiProblem ? refused.fields : []);
      setError(
        `${isAsked ? 'The payer is asked, but a photo could not be attached. Try again. ' : ''}${sentenceOf(refused)}`,
      );
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } finally {
      setSending(false);
    }
  };
  return (
    <form
      onSubmit={(event) => void submit(event)}
      noValidate
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || event.target.type === 'submit')
          return;
        // A slip of the finger must not send: Enter alone does nothing here.
        event.preventDefault();
        if (event.ctrlKey || event.metaKey) void submit();
      }}
    >
      <Group justify="space-between" mb="md">
        <Title order={1} size="h2">
          {words.nav.request}
        </Title>
        <DraftState state={draft.state} />
      </Group>
      <DraftOffer
        draft={draft}
        title="You had begun one"
        onTake={(content) => setForm(formOf(content, today))}
        onThrow={() => {
          if (!isTouched(form)) void draft.discard();
        }}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <PersonPart form={form} today={today} change={change} faultOf={faultOf} onBlur={() => setChecked(true)} />
            {form.coverages.map((coverage, index) => (
              <CoveragePart
                // biome-ignore lint/suspicious/noArrayIndexKey: coverages are first, second, third
                key={index}
                index={index}
                coverage={coverage}
                faultOf={faultOf}
                onBlur={() => setChecked(true)}
                onChange={(part) =>
                  setForm((before) => ({
                    ...before,
                    coverages: before.coverages.map((one, at) => (at === index ? { ...one, ...part } : one)),
                  }))
                }
                onRemove={() => change({ coverages: form.coverages.filter((_, at) => at !== index) })}
              />
            ))}
            {form.coverages.length < 3 && (
              <Anchor
                component="button"
                type="button"
                size="sm"
                ta="left"
                onClick={() => change({ coverages: [...form.coverages, emptyCoverage] })}
              >
                + Another insurance
              </Anchor>
            )}
            <ProgramPart form={form} programs={programs.data?.items} change={change} faultOf={faultOf} />
            <ConsentPart form={form} today={today} change={change} faultOf={faultOf} />
            <LevelOfCarePart form={form} change={change} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Side plan={plan} similar={similar}>
            <CardPart today={today} onRead={(part) => setForm((before) => withCard(before, part))} />
            <Group gap="xs">
              {(['card_front', 'card_back'] as const).map((kind) => (
                <FileButton
                  key={kind}
                  accept="image/*,application/pdf"
                  onChange={(file) => file && void choosePhoto(kind, file)}
                >
                  {(props) => (
                    <Button {...props} variant="default" size="xs">
                      {photos.has(kind) ? '✓ ' : ''}
                      {kind === 'card_front' ? 'Photo, front' : 'Photo, back'}
                    </Button>
                  )}
                </FileButton>
              ))}
            </Group>
            {photoFault && (
              <Alert color="orange" role="alert">
                {photoFault}
              </Alert>
            )}
            {error && (
              <Alert color="red" role="alert">
                {error}
                <ul className="notes">
                  {faults.map(({ pointer, detail }) => (
                    <li key={pointer}>
                      {nameOf(pointer)} {detail}
                    </li>
                  ))}
                </ul>
              </Alert>
            )}
            <Button type="submit" size="md" fullWidth loading={isSending}>
              Verify the benefits
            </Button>
            <Text size="xs" className="quiet" ta="center" visibleFrom="xs">
              Ctrl + Enter from anywhere
            </Text>
          </Side>
        </Grid.Col>
      </Grid>
    </form>
  );
}

function sentence(fault: FieldJson | undefined): string | undefined {
  return fault ? `${fault.detail.charAt(0).toUpperCase()}${fault.detail.slice(1)}` : undefined;
}

function nameOf(pointer: string): string {
  return (pointer.split('/').at(-1) ?? '').replace(/([A-Z])/g, ' $1').toLowerCase();
}
