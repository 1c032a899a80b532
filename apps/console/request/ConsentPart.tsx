import { Checkbox, Group, NativeSelect, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { RequestForm, ScreeningKey } from './form';
import { Part, type PartProps } from './Part';

const screeningQuestions: readonly [ScreeningKey, string][] = [
  ['withdrawalRisk', 'When you have stopped before, did you get shaky, sick or have a seizure?'],
  ['needs24HourCare', 'Right now, would you need somebody with you day and night?'],
  ['unsafeHome', 'Is there anything at home that makes it unsafe for you?'],
];

interface ConsentPartProps extends Pick<PartProps, 'faultOf'> {
  readonly form: RequestForm;
  readonly today: string;
  readonly change: (part: Partial<RequestForm>) => void;
}

/** The patient's consent: without it nothing is sent (42 CFR Part 2). */
export function ConsentPart({ form, today, change, faultOf }: ConsentPartProps): ReactNode {
  return (
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
  );
}

/** Questions that bring a clinician in, in calm words. */
export function LevelOfCarePart({ form, change }: Pick<ConsentPartProps, 'form' | 'change'>): ReactNode {
  return (
    <Part title="Is this the right level of care?">
      <Text size="sm" className="quiet" mb="sm">
        Ask only if it fits. “We ask everybody, so that we can place you well.” A yes brings a clinician in; it never
        turns anybody away.
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
              onChange={(value) => change({ screening: { ...form.screening, [name]: value as '' | 'no' | 'yes' } })}
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
  );
}
