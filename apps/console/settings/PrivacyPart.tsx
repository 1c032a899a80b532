import { Stack, Switch, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { read } from '../api/client';
import { Failure, Loading } from '../app/States';
import { useMay } from '../session/session';
import { SettingsForm, useSaving } from './SettingsForm';

/** How long records are kept, and what payers learn of the facility by being asked. */
export function PrivacyPart(): ReactNode {
  return (
    <Stack maw={680}>
      <RetentionForm />
      <PrivacyForm />
    </Stack>
  );
}

interface RetentionReport {
  readonly verifications: number;
  readonly held: number;
}

function RetentionForm(): ReactNode {
  const mayChange = useMay('admin');
  const { data, error, refetch } = useQuery({
    queryKey: ['facility', 'retention'],
    queryFn: () => read<{ keepDays?: number }>('/v1/facility/retention'),
  });
  const [typed, setTyped] = useState<string | undefined>();
  const { said, save } = useSaving(
    '/v1/facility/retention',
    () => {
      setTyped(undefined);
      void refetch();
    },
    'PUT',
  );
  const days = (typed ?? String(data?.keepDays ?? '')).trim();
  const preview = useQuery({
    queryKey: ['facility', 'retention', 'preview', days],
    queryFn: ({ signal }) =>
      read<RetentionReport>(`/v1/facility/retention/preview?keepDays=${days}`, { signal, background: true }),
    enabled: /^\d{2,5}$/.test(days) && Number(days) >= 30,
    retry: false,
  });
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <SettingsForm
      title="How long records are kept"
      said={said}
      isOpen={mayChange}
      onSave={() => save(days === '' ? {} : { keepDays: Number(days) })}
    >
      <TextInput
        label="Days after the last change"
        description="Empty: nothing is removed. Patients may ask for Good Faith Estimates of the last six years: 2192 days."
        inputMode="numeric"
        readOnly={!mayChange}
        value={days}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, '').slice(0, 5))}
      />
      {preview.data && (
        <Text size="sm" role="status">
          {preview.data.verifications === 0
            ? 'Today nothing would be removed.'
            : `Today ${preview.data.verifications} verifications would be removed.`}
          {preview.data.held > 0 ? ` ${preview.data.held} are kept by a legal hold.` : ''}
        </Text>
      )}
      <Text size="sm" className="quiet">
        The audit trail and the account of disclosures stay in any case.
      </Text>
    </SettingsForm>
  );
}

interface Privacy {
  readonly minimumInquiry: boolean;
  readonly inquiryName?: string;
  readonly inquiryNpi?: string;
}

function PrivacyForm(): ReactNode {
  const mayChange = useMay('admin');
  const { data, error, refetch } = useQuery({
    queryKey: ['facility', 'privacy'],
    queryFn: () => read<Privacy>('/v1/facility/privacy'),
  });
  const [typed, setTyped] = useState<Partial<Privacy>>({});
  const { said, save } = useSaving(
    '/v1/facility/privacy',
    () => {
      setTyped({});
      void refetch();
    },
    'PUT',
  );
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const shown = { ...data, ...typed };
  const body = Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== ''));
  const text = (key: 'inquiryName' | 'inquiryNpi', label: string): ReactNode => (
    <TextInput
      label={label}
      readOnly={!mayChange}
      disabled={!shown.minimumInquiry}
      value={shown[key] ?? ''}
      onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
    />
  );
  return (
    <SettingsForm title="What payers learn by being asked" said={said} isOpen={mayChange} onSave={() => save(body)}>
      <Switch
        label="Ask in neutral terms"
        description="Under a neutral name and NPI, without taxonomy, and for no service type of substance use."
        checked={shown.minimumInquiry}
        disabled={!mayChange}
        onChange={(event) => setTyped({ ...typed, minimumInquiry: event.currentTarget.checked })}
      />
      {text('inquiryName', 'Neutral name')}
      {text('inquiryNpi', 'Neutral NPI')}
    </SettingsForm>
  );
}
