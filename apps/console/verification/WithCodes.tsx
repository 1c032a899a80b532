import { Alert, Anchor, Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { send } from '../api/client';
import { problemOf } from '../api/problem';
import { fieldOrSentence } from '../session/LinkPage';

interface WithCodesProps {
  readonly id: string;
  readonly language: string;
  readonly print: 'normal' | 'large';
  readonly onClose: () => void;
}

/** A Good Faith Estimate with the diagnosis codes that a clinician has named. They stand on the paper and are kept nowhere. */
export function WithCodes({ id, language, print, onClose }: WithCodesProps): ReactNode {
  const [codes, setCodes] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [isMaking, setMaking] = useState(false);
  const [file, setFile] = useState<string | undefined>();
  useEffect(() => () => (file === undefined ? undefined : URL.revokeObjectURL(file)), [file]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMaking(true);
    setError(undefined);
    try {
      const diagnosisCodes = codes.split(/[\s,;]/).filter((code) => code !== '');
      const body = { kind: 'good_faith_estimate', format: 'pdf', language, print, diagnosisCodes };
      const response = await send('POST', `/v1/verifications/${id}/document`, body, {});
      if (!response.ok) throw await problemOf(response);
      setFile(URL.createObjectURL(await response.blob()));
    } catch (refused) {
      setError(fieldOrSentence(refused));
    } finally {
      setMaking(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title="Good Faith Estimate with diagnosis codes">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          {error && (
            <Alert color="red" role="alert">
              {error}
            </Alert>
          )}
          <TextInput
            label="Diagnosis codes (ICD-10-CM)"
            description="As a clinician has named them, for example F10.20, F41.1. They stand on this paper and are kept nowhere else."
            autoComplete="off"
            value={codes}
            onChange={(event) => {
              setCodes(event.currentTarget.value);
              setFile(undefined);
            }}
          />
          <Group>
            <Button type="submit" loading={isMaking} disabled={codes.trim() === ''}>
              Make the paper
            </Button>
            {file && (
              <Anchor href={file} download={`good-faith-estimate-${id}.pdf`}>
                Save the PDF
              </Anchor>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
