import { Checkbox, Group, SegmentedControl, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useMay } from '../session/session';
import { Section } from './Section';

const kinds = [
  { kind: 'summary', name: 'Summary for the chart', isForFamily: false },
  { kind: 'patient_estimate', name: 'Estimate in plain words', isForFamily: true },
  { kind: 'good_faith_estimate', name: 'Good Faith Estimate (self-pay)', isForFamily: true },
] as const;

/** Papers for the chart and for the family; each one that is opened stands in the audit trail as handed out. */
export function Documents({ id }: { id: string }): ReactNode {
  const may = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const [language, setLanguage] = useState('en');
  const [isLarge, setLarge] = useState(false);
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
            <Group gap="xs">
              {(['pdf', 'html'] as const).map((format) => (
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
    </Section>
  );
}
