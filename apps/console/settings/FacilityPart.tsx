import { Group, Paper, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { read } from '../api/client';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { useMay, useSession } from '../session/session';
import { LetterheadForm } from './LetterheadForm';
import { SettingsForm, useSaving } from './SettingsForm';

/** How the facility names itself to payers, and when it asks them again by itself. */
export function FacilityPart(): ReactNode {
  const { facility } = useSession();
  const mayReadCalls = useMay('coordinator', 'supervisor', 'biller', 'auditor', 'admin');
  return (
    <Stack maw={680}>
      <Paper p="lg">
        <Title order={2} size="h4">
          {facility?.name}
        </Title>
        <Text>Time zone: {facility?.timeZone.replaceAll('_', ' ')}</Text>
        <Text size="sm" className="quiet" mt="xs">
          “Today”, month ends, quiet hours and deadlines go by the clock of this place.
        </Text>
      </Paper>
      <IdentityForm />
      <RecheckForm />
      {mayReadCalls && <CallApprovalForm />}
      {mayReadCalls && <LetterheadForm />}
    </Stack>
  );
}

interface Identity {
  readonly name: string;
  readonly npi: string;
  readonly secondNpi?: string;
  readonly taxonomyCode?: string;
}

function IdentityForm(): ReactNode {
  const mayChange = useMay('admin');
  const { data, error, refetch } = useQuery({
    queryKey: ['facility', 'identity'],
    queryFn: () => read<Identity>('/v1/facility/identity'),
  });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { said, save } = useSaving('/v1/facility/identity', () => {
    setTyped({});
    void refetch();
  });
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const field = (key: keyof Identity, label: string, description?: string): ReactNode => (
    <TextInput
      label={label}
      description={description}
      readOnly={!mayChange}
      value={typed[key] ?? data[key] ?? ''}
      onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
    />
  );
  const body = Object.fromEntries(Object.entries(typed).map(([key, value]) => [key, value.trim() || null]));
  return (
    <SettingsForm title="As payers know it" said={said} isOpen={mayChange} onSave={() => save(body)}>
      {field('name', 'Name')}
      {field('npi', 'NPI')}
      {field('secondNpi', 'Second NPI', 'Asked with once where a payer does not know the first.')}
      {field('taxonomyCode', 'Taxonomy')}
    </SettingsForm>
  );
}

interface Rechecks {
  readonly enabled: boolean;
  readonly daysBeforeReset: number;
  readonly from: string;
  readonly until: string;
}

function RecheckForm(): ReactNode {
  const mayChange = useMay('supervisor', 'admin');
  const { data, error, refetch } = useQuery({
    queryKey: ['facility', 'rechecks'],
    queryFn: () => read<Rechecks>('/v1/facility/rechecks'),
  });
  const [typed, setTyped] = useState<Partial<Rechecks>>({});
  const { said, save } = useSaving('/v1/facility/rechecks', () => {
    setTyped({});
    void refetch();
  });
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const shown = { ...data, ...typed };
  const time = (key: 'from' | 'until', label: string): ReactNode => (
    <TextInput
      label={label}
      type="time"
      readOnly={!mayChange}
      value={shown[key]}
      onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
    />
  );
  return (
    <SettingsForm title="Asking again by itself" said={said} isOpen={mayChange} onSave={() => save(typed)}>
      <Switch
        label="Ask payers again when coverage or amounts may have changed"
        checked={shown.enabled}
        disabled={!mayChange}
        onChange={(event) => setTyped({ ...typed, enabled: event.currentTarget.checked })}
      />
      <TextInput
        label="Days before a new benefit period"
        inputMode="numeric"
        readOnly={!mayChange}
        value={String(shown.daysBeforeReset)}
        onChange={(event) =>
          setTyped({ ...typed, daysBeforeReset: Number(event.currentTarget.value.replace(/\D/g, '')) })
        }
      />
      <Group grow>
        {time('from', 'From')}
        {time('until', 'Until')}
      </Group>
    </SettingsForm>
  );
}

function CallApprovalForm(): ReactNode {
  const mayChange = useMay('admin');
  const { data, error, refetch } = useQuery(queries.callApproval());
  const [typed, setTyped] = useState<boolean | undefined>();
  const { said, save } = useSaving('/v1/facility/calls', () => {
    setTyped(undefined);
    void refetch();
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const approval = typed ?? data.approval;
  return (
    <SettingsForm title="Calls to payers" said={said} isOpen={mayChange} onSave={() => save({ approval })}>
      <Switch
        label="A supervisor approves calls before what was said in them counts"
        description="For calls of coordinators that are recorded from now on. A supervisor’s own calls count at once."
        checked={approval}
        disabled={!mayChange}
        onChange={(event) => setTyped(event.currentTarget.checked)}
      />
    </SettingsForm>
  );
}
