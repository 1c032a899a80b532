import { Text, TextInput } from '@mantine/core';
import type { AnswerJson } from '@openvob/results';
import { type ReactNode, useMemo, useState } from 'react';
import { Sourced } from './SourceProvider';
import { matching, saidLines } from './said';

/** Everything that was said of benefits, to look something up in: by service, narrowed by typing. */
export function Said({ answers }: { answers: readonly AnswerJson[] }): ReactNode {
  const lines = useMemo(() => saidLines(answers), [answers]);
  const [typed, setTyped] = useState('');
  const shown = matching(lines, typed);
  if (lines.length === 0) return null;
  return (
    <details className="said">
      <summary>Everything the payer said ({lines.length})</summary>
      <TextInput
        mt="sm"
        maw={360}
        type="search"
        label="Find in it"
        placeholder="copay, limit, mental health"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Text size="sm" className="quiet" role="status" my={6}>
        {shown.length === 0 ? 'Nothing was said of that.' : typed.trim() ? `${shown.length} of ${lines.length}` : ''}
      </Text>
      <dl>
        {shown.map(({ about, text, sources }) => (
          <div key={`${about} ${text}`}>
            <dt>{about}</dt>
            <dd>
              <Sourced shown={{ title: about, sources }}>{text}</Sourced>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
