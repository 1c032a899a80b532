import {
  Alert,
  Anchor,
  Button,
  Checkbox,
  FileButton,
  Grid,
  Group,
  NativeSelect,
  Paper,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import type { FieldJson, VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { useTimeZone } from '../session/session';
import { prepared, UnusableFile } from '../verification/photo';
import { dateIn, day, moment } from '../words/format';
import { words } from '../words/words';
import {
  bodyOf,
  type CoverageForm,
  emptyCoverage,
  emptyForm,
  formOf,
  isTouched,
  type RequestForm,
  type ScreeningKey,
} from './form';
import { PayerInput } from './PayerInput';
import { readCard } from './read-card';
import { readDate } from './read-date';
import { Side } from './Side';
import { useDryRun, usePayerByPrefix, useSimilar } from './use-checks';
import { useDraft } from './use-draft';
import './request.css';

const screeningQuestions: readonly [ScreeningKey, string][] = [
  ['withdrawalRisk', 'When you have stopped before, did you get shaky, sick or have a seizure?'],
  ['needs24HourCare', 'Right now, would you need somebody with you day and night?'],
  ['unsafeHome', 'Is there anything at home that makes it unsafe for you?'],
];

/** Everything that a check needs, in the order in which callers tell it. */
export function RequestPage(): ReactNode {
  const navigate = useNavigate();
  const timeZone = useTimeZone();
  const today = dateIn(timeZone, new Date());
  const [form, setForm] = useState(() => emptyForm(today));
  const [faults, setFaults] = useState<readonly FieldJson[]>([]);
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const [photos, setPhotos] = useState<readonly { kind: string; file: File }[]>([]);
  const [isChecked, setChecked] = useState(false);
  const draft = useDraft(form, isTouched(form));
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
    try {
      const { id } = await call<VerificationJson>('POST', '/v1/verifications', body, {
        idempotencyKey: key.current.key,
      });
      for (const { kind, file } of photos)
        await call('POST', `/v1/verifications/${id}/attachments?kind=${kind}`, await prepared(file)).catch(
          () => undefined,
        );
      await draft.discard();
      await navigate({ to: '/verifications/$id', params: { id } });
    } catch (refused) {
      setFaults(refused instanceof ApiProblem ? refused.fields : []);
      setError(refused instanceof UnusableFile ? refused.message : sentenceOf(refused));
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } finally {
      setSending(false);
    }
  };
  const takeDraft = (): void => {
    if (draft.found && draft.found !== 'none') setForm(formOf(draft.found.content, today));
  };
  const hasDraft = draft.found && draft.found !== 'none' && !isTouched(form) ? draft.found : undefined;
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
        <Text size="sm" className="quiet" role="status">
          {draftWords[draft.state]}
        </Text>
      </Group>
      {hasDraft && (
        <Alert mb="md" title="You had begun one">
          <Group justify="space-between">
            <Text size="sm">{hasDraft.savedAt ? `Kept at ${moment(hasDraft.savedAt, timeZone)}.` : ''}</Text>
            <Group gap="xs">
              <Button size="xs" onClick={takeDraft}>
                Go on with it
              </Button>
              <Button size="xs" variant="default" onClick={() => void draft.discard()}>
                Throw it away
              </Button>
            </Group>
          </Group>
        </Alert>
      )}
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
            <Part title="Program">
              <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
                <NativeSelect
                  label="Program"
                  value={form.programId}
                  error={faultOf('/program/id')}
                  data={(programs.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(event) => change({ programId: event.currentTarget.value })}
                />
                <TextInput
                  type="date"
                  label="First day"
                  value={form.startDate}
                  error={faultOf('/admission/startDate')}
                  onChange={(event) => change({ startDate: event.currentTarget.value })}
                />
                <NativeSelect
                  label="Network"
                  value={form.network}
                  data={[
                    { value: '', label: 'As our contracts say' },
                    { value: 'in', label: 'In network' },
                    { value: 'out', label: 'Out of network' },
                    { value: 'unknown', label: 'Not known yet' },
                  ]}
                  onChange={(event) => change({ network: event.currentTarget.value as RequestForm['network'] })}
                />
                <NativeSelect
                  label="When is it needed?"
                  value={form.priority}
                  data={[
                    { value: 'caller_waiting', label: 'Now: caller on the phone' },
                    { value: 'today', label: 'Today' },
                    { value: 'routine', label: 'No hurry' },
                  ]}
                  onChange={(event) => change({ priority: event.currentTarget.value as RequestForm['priority'] })}
                />
                <NativeSelect
                  label="Coming from"
                  value={form.steppingDownFrom}
                  data={[
                    { value: '', label: 'Home' },
                    { value: 'detox', label: 'Detox' },
                    { value: 'residential', label: 'Residential' },
                    { value: 'inpatient', label: 'Inpatient' },
                    { value: 'php', label: 'Partial hospitalization' },
                  ]}
                  onChange={(event) => change({ steppingDownFrom: event.currentTarget.value })}
                />
                <TextInput
                  label="Our reference"
                  value={form.reference}
                  maxLength={100}
                  autoComplete="off"
                  error={faultOf('/reference')}
                  onChange={(event) => change({ reference: event.currentTarget.value })}
                />
              </SimpleGrid>
            </Part>
            <Part title="Consent">
              <Checkbox
                checked={form.hasConsent}
                label="The patient has signed the consent to ask the insurance"
                description="Without it nothing is sent for substance use treatment (42 CFR Part 2). It can be added later."
                onChange={(event) => change({ hasConsent: event.currentTarget.checked })}
              />
              {form.hasConsent && (
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm" mt="sm">
                  <TextInput
                    type="date"
                    label="Signed on"
                    value={form.signedOn}
                    max={today}
                    error={faultOf('/consent/part2/signedOn')}
                    onChange={(event) => change({ signedOn: event.currentTarget.value })}
                  />
                  <NativeSelect
                    label="It is for"
                    value={form.scope}
                    data={[
                      { value: 'treatment_payment_operations', label: 'treatment, payment and operations' },
                      { value: 'this_payer', label: 'this payer alone' },
                    ]}
                    onChange={(event) => change({ scope: event.currentTarget.value as RequestForm['scope'] })}
                  />
                </SimpleGrid>
              )}
            </Part>
            <Part title="Is this the right level of care?">
              <Text size="sm" className="quiet" mb="sm">
                Ask only if it fits. “We ask everybody, so that we can place you well.” A yes brings a clinician in; it
                never turns anybody away.
              </Text>
              <Stack gap="sm">
                {screeningQuestions.map(([name, question]) => (
                  <Group key={name} justify="space-between" gap="xs">
                    <Text size="sm" maw={440} id={`screening-${name}`}>
                      {question}
                    </Text>
                    <SegmentedControl
                      size="xs"
                      aria-labelledby={`screening-${name}`}
                      value={form.screening[name]}
                      onChange={(value) =>
                        change({ screening: { ...form.screening, [name]: value as '' | 'no' | 'yes' } })
                      }
                      data={[
                        { value: '', label: 'Not asked' },
                        { value: 'no', label: 'No' },
                        { value: 'yes', label: 'Yes' },
                      ]}
                    />
                  </Group>
                ))}
              </Stack>
            </Part>
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
                  onChange={(file) => file && setPhotos([...photos.filter((one) => one.kind !== kind), { kind, file }])}
                >
                  {(props) => (
                    <Button {...props} variant="default" size="xs">
                      {photos.some((one) => one.kind === kind) ? '✓ ' : ''}
                      {kind === 'card_front' ? 'Photo, front' : 'Photo, back'}
                    </Button>
                  )}
                </FileButton>
              ))}
            </Group>
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
            <Text size="xs" className="quiet" ta="center">
              Ctrl + Enter from anywhere
            </Text>
          </Side>
        </Grid.Col>
      </Grid>
    </form>
  );
}

/** A group of fields under its name. */
function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <Paper p="lg" role="group" aria-labelledby={id}>
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Paper>
  );
}

const draftWords = {
  saved: 'Kept. You can close this and go on later.',
  saving: 'Keeping …',
  not_saved: 'Not kept yet: no connection. It is kept as soon as there is one.',
  untouched: '',
} as const;

interface PartProps {
  readonly faultOf: (pointer: string) => string | undefined;
  readonly onBlur: () => void;
}

interface PersonPartProps extends PartProps {
  readonly form: RequestForm;
  readonly today: string;
  readonly change: (part: Partial<RequestForm>) => void;
}

function PersonPart({ form, today, change, faultOf, onBlur }: PersonPartProps): ReactNode {
  const text = (
    key: 'firstName' | 'lastName' | 'phone' | 'subscriberFirstName' | 'subscriberLastName',
    label: string,
    pointer: string,
    isFirst = false,
  ): ReactNode => (
    <TextInput
      label={label}
      value={form[key]}
      error={faultOf(pointer)}
      autoComplete="off"
      {...(isFirst ? { 'data-autofocus': true, autoFocus: true } : {})}
      onBlur={onBlur}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <Part title="Who">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        {text('firstName', 'First name', '/patient/firstName', true)}
        {text('lastName', 'Last name', '/patient/lastName')}
        <DateInput
          label="Birth date"
          value={form.birthDate}
          today={today}
          error={faultOf('/patient/birthDate')}
          onBlur={onBlur}
          onChange={(birthDate) => change({ birthDate })}
        />
        <NativeSelect
          label="The policy is held by"
          value={form.relationship}
          data={[
            { value: 'self', label: 'the patient' },
            { value: 'spouse', label: 'the patient’s spouse' },
            { value: 'child', label: 'a parent' },
            { value: 'other', label: 'somebody else' },
          ]}
          onChange={(event) => change({ relationship: event.currentTarget.value as RequestForm['relationship'] })}
        />
        {text('phone', 'Phone to call back', '/patient/phone')}
      </SimpleGrid>
      {form.relationship !== 'self' && (
        <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm" mt="sm">
          {text('subscriberFirstName', 'Policy holder’s first name', '/subscriber/firstName')}
          {text('subscriberLastName', 'Policy holder’s last name', '/subscriber/lastName')}
          <DateInput
            label="Policy holder’s birth date"
            value={form.subscriberBirthDate}
            today={today}
            error={faultOf('/subscriber/birthDate')}
            onBlur={onBlur}
            onChange={(subscriberBirthDate) => change({ subscriberBirthDate })}
          />
        </SimpleGrid>
      )}
    </Part>
  );
}

interface DateInputProps {
  readonly label: string;
  readonly value: string;
  readonly today: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
}

/** Any way to write a date; how it was understood stands under it. */
function DateInput({ label, value, today, error, onChange, onBlur }: DateInputProps): ReactNode {
  const read = readDate(value, today);
  const [isLeft, setLeft] = useState(false);
  const own = isLeft && value.trim() !== '' && !read ? 'This is no date. Month first: 4/12/1990' : undefined;
  return (
    <TextInput
      label={label}
      placeholder="4/12/1990"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      error={own ?? error}
      description={read ? day(read) : ' '}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => {
        setLeft(true);
        onBlur();
      }}
    />
  );
}

interface CoveragePartProps extends PartProps {
  readonly index: number;
  readonly coverage: CoverageForm;
  readonly onChange: (part: Partial<CoverageForm>) => void;
  readonly onRemove: () => void;
}

const coverageNames = ['Insurance', 'Second insurance', 'Third insurance'];

function CoveragePart({ index, coverage, faultOf, onBlur, onChange, onRemove }: CoveragePartProps): ReactNode {
  const { payer, memberId, groupNumber } = coverage;
  const suggested = usePayerByPrefix(memberId);
  const place = `/coverages/${index}`;
  const isOther = suggested !== undefined && suggested.id !== payer.id;
  return (
    <Part title={coverageNames[index] ?? coverageNames[0] ?? 'Insurance'}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <PayerInput
          value={payer}
          error={faultOf(`${place}/payer/id`) ?? faultOf(`${place}/payer`)}
          onChange={(next) => onChange({ payer: next })}
        />
        <TextInput
          label="Member id"
          value={memberId}
          error={faultOf(`${place}/memberId`)}
          autoComplete="off"
          spellCheck={false}
          onBlur={onBlur}
          onChange={(event) => onChange({ memberId: event.currentTarget.value.toUpperCase() })}
        />
        <TextInput
          label="Group number"
          value={groupNumber}
          error={faultOf(`${place}/groupNumber`)}
          autoComplete="off"
          onChange={(event) => onChange({ groupNumber: event.currentTarget.value })}
        />
      </SimpleGrid>
      {isOther && (
        <Text size="sm" mt="xs">
          Member ids like this are of {suggested.name}.{' '}
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => onChange({ payer: { id: suggested.id, name: suggested.name } })}
          >
            Use it
          </Anchor>
        </Text>
      )}
      {index > 0 && (
        <Anchor component="button" type="button" size="sm" mt="xs" onClick={onRemove}>
          Take it away
        </Anchor>
      )}
    </Part>
  );
}

type ReadCard = ReturnType<typeof readCard>;

/** The text of a card, pasted: what can be read of it goes into the form. */
function CardPart({ today, onRead }: { today: string; onRead: (read: ReadCard) => void }): ReactNode {
  const [said, setSaid] = useState('');
  return (
    <Textarea
      label="Paste the text of the card"
      autosize
      minRows={2}
      maxRows={6}
      value=""
      placeholder="From a message or a scan"
      description={said || ' '}
      inputWrapperOrder={['label', 'input', 'description']}
      onChange={(event) => {
        const read = readCard(event.currentTarget.value.slice(0, 4000), today);
        const count = Object.keys(read).length;
        setSaid(count > 0 ? `${count} fields taken over. Compare them with the card.` : 'Nothing in it could be read.');
        onRead(read);
      }}
    />
  );
}

/** What was typed already is not overwritten. */
function withCard(form: RequestForm, { memberId, groupNumber, payerName, ...person }: ReadCard): RequestForm {
  const [first = emptyCoverage, ...rest] = form.coverages;
  const kept = Object.fromEntries(Object.entries(person).filter(([key]) => form[key as 'firstName'] === ''));
  return {
    ...form,
    ...kept,
    coverages: [
      {
        payer: first.payer.name === '' && payerName ? { name: payerName } : first.payer,
        memberId: first.memberId || (memberId ?? ''),
        groupNumber: first.groupNumber || (groupNumber ?? ''),
      },
      ...rest,
    ],
  };
}

function sentence(fault: FieldJson | undefined): string | undefined {
  return fault ? `${fault.detail.charAt(0).toUpperCase()}${fault.detail.slice(1)}` : undefined;
}

function nameOf(pointer: string): string {
  return (pointer.split('/').at(-1) ?? '').replace(/([A-Z])/g, ' $1').toLowerCase();
}
