import { Button, Checkbox, Group, SegmentedControl, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useState } from 'react';
import { read } from '../api/client';
import { part } from '../app/part';
import { useMay } from '../session/session';
import { Section } from './Section';

const WithCodes = part(() => import('./WithCodes').then(({ WithCodes }) => WithCodes));

const kinds = [
  { kind: 'summary', name: 'Summary for the chart', isForFamily: false },
  { kind: 'patient_estimate', name: 'Estimate in plain words', isForFamily: true },
  { kind: 'good_faith_estimate', name: 'Good Faith Estimate (self-pay)', isForFamily: true },
] as const;

/** Papers for the chart and for the family; each one that is opened stands in the audit trail as handed out. */
export function Documents({ verification }: { verification: VerificationJson }): ReactNode {
  const { id } = verification;
  const may = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const [language, setLanguage] = useState('en');
  const [isLarge, setLarge] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const letterhead = useQuery({
    queryKey: ['facility', 'letterhead'],
    queryFn: () => read<Letterhead>('/v1/facility/letterhead'),
    enabled: may,
    staleTime: 300_000,
  });
  if (!may) return null;
  const hrefOf = (kind: string, format: 'pdf' | 'html', isForFamily: boolean): string => {
    const own = isForFamily ? { language, ...(isLarge ? { print: 'large' } : {}) } : {};
    return `/v1/verifications/${id}/document?${new URLSearchParams({ kind, format, ...own }).toString()}`;
  };
  return (
    <Section title="Documents">
      <Group gap="sm" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label="Language"
          value={language}
          onChange={setLanguage}
          data={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
        <Checkbox
          size="xs"
          label="Large print"
          checked={isLarge}
          onChange={(event) => setLarge(event.currentTarget.checked)}
        />
      </Group>
      <ul className="documents">
        {kinds.map(({ kind, name, isForFamily }) => (
          <li key={kind}>
            <Text size="sm">{name}</Text>
            {missingFor(kind, verification, letterhead.data) && (
              <Text size="xs" className="quiet">
                {missingFor(kind, verification, letterhead.data)}
              </Text>
            )}
            <Group gap="xs" wrap="nowrap">
              {formatsOf(missingFor(kind, verification, letterhead.data)).map((format) => (
                <a
                  key={format}
                  href={hrefOf(kind, format, isForFamily)}
                  target="_blank"
                  rel="noreferrer"
                  className="button-link"
                  aria-label={`${format === 'pdf' ? 'PDF' : 'Page'}: ${name}`}
                >
                  {format === 'pdf' ? 'PDF' : 'Page'}
                </a>
              ))}
            </Group>
          </li>
        ))}
      </ul>
      {missingFor('good_faith_estimate', verification, letterhead.data) === undefined && (
        <Button size="compact-sm" variant="subtle" onClick={() => setOpen(true)}>
          With diagnosis codes …
        </Button>
      )}
      {isOpen && (
        <Suspense>
          <WithCodes id={id} language={language} print={isLarge ? 'large' : 'normal'} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </Section>
  );
}

interface Letterhead {
  readonly address?: object;
  readonly tin?: string;
}

const ended = ['inactive', 'not_found', 'failed'];

/** What a paper cannot be written without, in words; nothing where it can. */
function missingFor(
  kind: (typeof kinds)[number]['kind'],
  { decision, estimate, status, program }: VerificationJson,
  letterhead: Letterhead | undefined,
): string | undefined {
  switch (kind) {
    case 'summary':
      return decision || ended.includes(status) ? undefined : 'As soon as there is a result.';
    case 'patient_estimate':
      return estimate ? undefined : 'As soon as there is an estimate.';
    case 'good_faith_estimate':
      if (!program) return 'As soon as the program is known.';
      return letterhead && !(letterhead.address && letterhead.tin)
        ? 'An administrator first enters the facility’s address and tax id: Settings, Facility.'
        : undefined;
  }
}

function formatsOf(missing: string | undefined): readonly ('pdf' | 'html')[] {
  return missing === undefined ? ['pdf', 'html'] : [];
}
