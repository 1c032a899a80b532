import { Button, Modal, Text } from '@mantine/core';
import type { SessionJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { words } from '../words/words';
import { SignInForm } from './SignInForm';

interface SignInAgainProps {
  readonly email: string;
  readonly facilityId: string;
  readonly onSignedIn: (session: SessionJson) => void;
}

/** Over the page of a session that ended: the page stays as it is. */
export function SignInAgain(props: SignInAgainProps): ReactNode {
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={words.session.endedTitle}
      overlayProps={{ blur: 6 }}
    >
      <Text size="sm" mb="md">
        {words.session.ended}
      </Text>
      <SignInForm {...props} />
      <Button variant="subtle" fullWidth mt="xs" onClick={() => window.location.assign('/sign-in')}>
        {words.session.other}
      </Button>
    </Modal>
  );
}
