import { NativeSelect, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { IdName } from '@openvob/results';
import type { ReactNode } from 'react';
import type { RequestForm } from './form';
import { Part, type PartProps } from './Part';

interface ProgramPartProps extends Pick<PartProps, 'faultOf'> {
  readonly form: RequestForm;
  /** Undefined until they are read. */
  readonly programs: readonly IdName[] | undefined;
  readonly change: (part: Partial<RequestForm>) => void;
}

/** Which program from when on, and how soon the answer is needed. */
export function ProgramPart({ form, programs, change, faultOf }: ProgramPartProps): ReactNode {
  return (
    <Part title="Program">
      {programs?.length === 0 && (
        <Text size="sm" mb="sm">
          This facility has no program yet, and what is asked is worked out for one. An administrator sets one up.
        </Text>
      )}
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <NativeSelect
          label="Program"
          value={form.programId}
          error={faultOf('/program/id')}
          data={(programs ?? []).map(({ id, name }) => ({ value: id, label: name }))}
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
  );
}
