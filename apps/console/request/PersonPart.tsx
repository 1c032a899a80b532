import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { DateInput } from './DateInput';
import type { RequestForm } from './form';
import { Part, type PartProps } from './Part';

interface PersonPartProps extends PartProps {
  readonly form: RequestForm;
  readonly today: string;
  readonly change: (part: Partial<RequestForm>) => void;
}

/** Who it is about, and who holds the policy. */
export function PersonPart({ form, today, change, faultOf, onBlur }: PersonPartProps): ReactNode {
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
