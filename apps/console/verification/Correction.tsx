import { Alert, Button, Group, Modal, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { ApiProblem, sentenceOf } from '../api/problem';
import { type KeptRequest, queries, refreshVerification } from '../api/queries';
import { PayerInput } from '../request/PayerInput';

interface CorrectionProps {
  readonly verification: VerificationJson;
  readonly request: KeptRequest;
  /** Put in already, e.g. from a what-if. */
  readonly startDate?: string;
  readonly onClose: () => void;
}

interface Fields {
  firstName: string;
  lastName: string;
  birthDate: string;
  relationship: string;
  memberId: string;
  groupNumber: string;
  payer: { id?: string; name: string };
  programId: string;
  startDate: string;
  network: string;
  subscriberFirstName: string;
  subscriberLastName: string;
  signedOn: string;
  scope: string;
}

/** What was asked, to be mended; what changes is sent, and the verification goes on. Others’ changes meanwhile are not overwritten. */
export function Correction({ verification, request, startDate, onClose }: CorrectionProps): ReactNode {
  const client = useQueryClient();
  const programs = useQuery(queries.programs());
  const [before] = useState(() => fieldsOf(request, verification));
  const [fields, setFields] = useState<Fields>(() => (startDate ? { ...before, startDate } : before));
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string | undefined>();
  const change = (part: Partial<Fields>): void => setFields({ ...fields, ...part });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const patch = patchOf(before, fields, request);
    if (Object.keys(patch).length === 0) return onClose();
    try {
      await call('POST', `/v1/verifications/${verification.id}/information`, patch);
      await refreshVerification(client, verification.id);
      onClose();
    } catch (refused) {
      const named = refused instanceof ApiProblem ? refused.fields : [];
      setFaults(Object.fromEntries(named.map(({ pointer, detail }) => [pointer, detail])));
      setError(sentenceOf(refused));
    }
  };
  const input = (
    key: 'firstName' | 'lastName' | 'memberId' | 'groupNumber' | 'subscriberFirstName' | 'subscriberLastName',
    label: string,
    pointer: string,
  ): ReactNode => (
    <TextInput
      label={label}
      value={fields[key]}
      error={faults[pointer]}
      autoComplete="off"
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  );
  const isTouched = JSON.stringify(fields) !== JSON.stringify(before);
  const isChanged = verification.updatedAt !== before.seenAt;
  return (
    <Modal
      opened
      onClose={onClose}
      title="Correct the request"
      size="lg"
      closeOnClickOutside={!isTouched}
      closeOnEscape={!isTouched}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {isChanged && (
            <Alert color="orange" role="status">
              It has moved since you opened this. Only what you change here is sent; the rest stays as it is now.
            </Alert>
          )}
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
            {input('firstName', 'First name', '/patient/firstName')}
            {input('lastName', 'Last name', '/patient/lastName')}
            <TextInput
              type="date"
              label="Birth date"
              value={fields.birthDate}
              error={faults['/patient/birthDate']}
              onChange={(event) => change({ birthDate: event.currentTarget.value })}
            />
            <NativeSelect
              label="The policy is held by"
              value={fields.relationship}
              data={[
                { value: 'self', label: 'the patient' },
                { value: 'spouse', label: 'the patient’s spouse' },
                { value: 'child', label: 'a parent' },
                { value: 'other', label: 'somebody else' },
              ]}
              onChange={(event) => change({ relationship: event.currentTarget.value })}
            />
            {fields.relationship !== 'self' && (
              <>
                {input('subscriberFirstName', 'Policy holder’s first name', '/subscriber/firstName')}
                {input('subscriberLastName', 'Policy holder’s last name', '/subscriber/lastName')}
              </>
            )}
            <PayerInput
              value={fields.payer}
              error={faults['/coverages/0/payer/id']}
              onChange={(payer) => change({ payer })}
            />
            {input('memberId', 'Member id', '/coverages/0/memberId')}
            {input('groupNumber', 'Group number', '/coverages/0/groupNumber')}
            <NativeSelect
              label="Program"
              value={fields.programId}
              data={(programs.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(event) => change({ programId: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="First day"
              value={fields.startDate}
              error={faults['/admission/startDate']}
              onChange={(event) => change({ startDate: event.currentTarget.value })}
            />
            <NativeSelect
              label="Network"
              value={fields.network}
              data={[
                { value: '', label: 'As the contracts say' },
                { value: 'in', label: 'In network' },
                { value: 'out', label: 'Out of network' },
                { value: 'unknown', label: 'Not known yet' },
              ]}
              onChange={(event) => change({ network: event.currentTarget.value })}
            />
            <TextInput
              type="date"
              label="Consent signed on"
              value={fields.signedOn}
              error={faults['/consent/part2/signedOn']}
              onChange={(event) => change({ signedOn: event.currentTarget.value })}
            />
            <NativeSelect
              label="Consent is for"
              value={fields.scope}
              data={[
                { value: 'treatment_payment_operations', label: 'treatment, payment and operations' },
                { value: 'this_payer', label: 'this payer alone' },
              ]}
              onChange={(event) => change({ scope: event.currentTarget.value })}
            />
          </SimpleGrid>
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Leave it
            </Button>
            <Button type="submit">Save and go on</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function fieldsOf(request: KeptRequest, { startDate, updatedAt }: VerificationJson): Fields & { seenAt: string } {
  const { patient = {}, subscriber = {}, coverages = [], program, admission = {}, consent } = request;
  const [first] = coverages;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return {
    seenAt: updatedAt,
    firstName: text(patient.firstName),
    lastName: text(patient.lastName),
    birthDate: text(patient.birthDate),
    relationship: text(patient.relationship) || 'self',
    memberId: first?.memberId ?? '',
    groupNumber: first?.groupNumber ?? '',
    payer: { name: first?.payer?.name ?? '', ...(first?.payer?.id ? { id: first.payer.id } : {}) },
    programId: program?.id ?? '',
    startDate: text(admission.startDate) || (startDate ?? ''),
    network: text(admission.network),
    subscriberFirstName: text(subscriber.firstName),
    subscriberLastName: text(subscriber.lastName),
    signedOn: consent?.part2.signedOn ?? '',
    scope: consent?.part2.scope ?? 'treatment_payment_operations',
  };
}

/** A merge patch of what is another value now; a field that was emptied is taken away. */
function patchOf(before: Fields, after: Fields, request: KeptRequest): Record<string, unknown> {
  const changed = (key: keyof Fields): boolean => JSON.stringify(before[key]) !== JSON.stringify(after[key]);
  const picked = (names: Readonly<Record<string, keyof Fields>>): Record<string, unknown> | undefined => {
    const entries = Object.entries(names).filter(([, key]) => changed(key));
    return entries.length > 0
      ? Object.fromEntries(entries.map(([name, key]) => [name, after[key] || null]))
      : undefined;
  };
  const patient = picked({
    firstName: 'firstName',
    lastName: 'lastName',
    birthDate: 'birthDate',
    relationship: 'relationship',
  });
  const subscriber = picked({ firstName: 'subscriberFirstName', lastName: 'subscriberLastName' });
  const admission = picked({ startDate: 'startDate', network: 'network' });
  const isCoverage = changed('payer') || changed('memberId') || changed('groupNumber');
  return {
    ...(patient ? { patient } : {}),
    ...(after.relationship === 'self' && changed('relationship')
      ? { subscriber: null }
      : subscriber
        ? { subscriber }
        : {}),
    ...(isCoverage ? { coverages: coveragesOf(after, request, changed) } : {}),
    ...(changed('programId') ? { program: { id: after.programId } } : {}),
    ...(admission ? { admission } : {}),
    ...((changed('signedOn') || changed('scope')) && after.signedOn
      ? { consent: { part2: { signedOn: after.signedOn, scope: after.scope } } }
      : {}),
  };
}

/** Arrays of a merge patch are replaced whole: what was not changed here goes along as it stands now, whoever changed it meanwhile. */
function coveragesOf(
  { payer, memberId, groupNumber }: Fields,
  { coverages = [] }: KeptRequest,
  changed: (key: keyof Fields) => boolean,
): object[] {
  const now = coverages[0] ?? {};
  const text = (key: 'memberId' | 'groupNumber', typed: string): Readonly<Record<string, string>> => {
    const value = changed(key) ? typed.trim() : now[key];
    return value ? { [key]: value } : {};
  };
  const { memberId: _, groupNumber: __, payer: nowPayer, ...first } = now;
  const mended = {
    ...first,
    payer: changed('payer') || !nowPayer ? (payer.id ? { id: payer.id } : { name: payer.name }) : nowPayer,
    ...text('memberId', memberId),
    ...text('groupNumber', groupNumber),
  };
  return [mended, ...coverages.slice(1)];
}
