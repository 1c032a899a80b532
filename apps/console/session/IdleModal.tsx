import { Button, Modal, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { duration } from '../words/format';
import { words } from '../words/words';

/** Asks whether the person is still there. */
export function IdleModal({ leftMs, onStay }: { leftMs: number; onStay: () => void }): ReactNode {
  return (
    <Modal opened onClose={onStay} title={words.session.idleTitle} size="sm">
      <Text size="sm" mb="md">
        {words.session.idle(duration(leftMs))}
      </Text>
      <Button fullWidth onClick={onStay}>
        {words.session.stay}
      </Button>
    </Modal>
  );
}
