import { Kbd, Modal, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/words';

/** What keys do. */
export function KeysHelp({ onClose }: { onClose: () => void }): ReactNode {
  return (
    <Modal opened onClose={onClose} title={words.keys.title}>
      <Table aria-label={words.keys.title}>
        <Table.Tbody>
          {words.keys.list.map(([key, what]) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" w={110}>
                <Kbd>{key}</Kbd>
              </Table.Th>
              <Table.Td>{what}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
