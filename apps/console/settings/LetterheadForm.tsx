import { Group, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { read } from '../api/client';
import { Failure, Loading } from '../app/States';
import { useMay } from '../session/session';
import { SettingsForm, useSaving } from './SettingsForm';

type Sentences = Readonly<Partial<Record<(typeof sentenceKeys)[number], readonly string[]>>>;

interface Letterhead {
  readonly legalName?: string;
  readonly address?: Readonly<Record<string, string>>;
  readonly phone?: string;
  readonly hours?: string;
  readonly tin?: string;
  readonly sentences?: Readonly<Record<string, Sentences>>;
}

const sentenceKeys = ['patientEstimate', 'goodFaithEstimate', 'separateServices'] as const;
const languages = [
  { value: 'en', label: 'English' },
  { value: 'es', label: 'Spanish' },
] as const;
const sentenceNames = {
  patientEstimate: 'Own sentences on the estimate',
  goodFaithEstimate: 'Own sentences on the Good Faith Estimate',
  separateServices: 'Services that others bill, and who gives them',
} as const;

/** What stands on the facility's papers: address, telephone, tax id and its own sentences. */
export function LetterheadForm(): ReactNode {
  const mayChange = useMay('admin');
  const { data, error, refetch } = useQuery({
    queryKey: ['facility', 'letterhead'],
    queryFn: () => read<Letterhead>('/v1/facility/letterhead'),
  });
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { said, save } = useSaving(
    '/v1/facility/letterhead',
    () => {
      setTyped({});
      void refetch();
    },
    'PUT',
  );
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const kept = flat(data);
  const field = (key: string, label: string, description?: string): ReactNode => (
    <TextInput
      label={label}
      description={description}
      readOnly={!mayChange}
      value={typed[key] ?? kept[key] ?? ''}
      onChange={(event) => setTyped({ ...typed, [key]: event.currentTarget.value })}
    />
  );
  return (
    <SettingsForm
      title="On your papers"
      said={said}
      isOpen={mayChange}
      onSave={() => save(letterheadOf({ ...kept, ...typed }))}
    >
      {field('legalName', 'Legal name')}
      {field('street', 'Street')}
      <Group grow align="flex-start">
        {field('city', 'City')}
        {field('state', 'State')}
        {field('postalCode', 'ZIP code')}
      </Group>
      <Group grow align="flex-start">
        {field('phone', 'Telephone')}
        {field('hours', 'Hours')}
      </Group>
      {field('tin', 'Tax id', 'Without address and tax id no Good Faith Estimate can be made.')}
      {languages.map(({ value: language, label }) => (
        <fieldset key={language} className="sentences">
          <legend>
            <Text size="sm" fw={600}>
              {label}
            </Text>
          </legend>
          {sentenceKeys.map((key) => (
            <Textarea
              key={key}
              label={sentenceNames[key]}
              description="One a line."
              autosize
              minRows={1}
              maxRows={6}
              readOnly={!mayChange}
              value={typed[`${language}.${key}`] ?? kept[`${language}.${key}`] ?? ''}
              onChange={(event) => setTyped({ ...typed, [`${language}.${key}`]: event.currentTarget.value })}
            />
          ))}
        </fieldset>
      ))}
    </SettingsForm>
  );
}

const addressKeys = ['street', 'city', 'state', 'postalCode'] as const;
const ownKeys = ['legalName', 'phone', 'hours', 'tin'] as const;

function flat(letterhead: Letterhead): Readonly<Record<string, string>> {
  const { address = {}, sentences = {} } = letterhead;
  const own = ownKeys.map((key) => [key, letterhead[key] ?? '']);
  const lines = languages.flatMap(({ value: language }) =>
    sentenceKeys.map((key) => [`${language}.${key}`, (sentences[language]?.[key] ?? []).join('\n')]),
  );
  return Object.fromEntries([...own, ...Object.entries(address), ...lines]) as Record<string, string>;
}

/** The whole letterhead: what is left empty is gone. */
function letterheadOf(form: Readonly<Record<string, string>>): Letterhead {
  const said = (keys: readonly string[]): Record<string, string> =>
    Object.fromEntries(keys.flatMap((key) => (form[key]?.trim() ? [[key, form[key].trim()]] : [])));
  const address = said(addressKeys);
  const sentences = Object.fromEntries(
    languages.flatMap(({ value: language }) => {
      const own = Object.fromEntries(
        sentenceKeys.flatMap((key) => {
          const lines = linesOf(form[`${language}.${key}`]);
          return lines.length > 0 ? [[key, lines]] : [];
        }),
      );
      return Object.keys(own).length > 0 ? [[language, own]] : [];
    }),
  );
  return {
    ...said(ownKeys),
    ...(Object.keys(address).length > 0 ? { address } : {}),
    ...(Object.keys(sentences).length > 0 ? { sentences } : {}),
  };
}

function linesOf(text: string | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
