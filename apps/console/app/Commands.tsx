import { Kbd, Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { useMay, useSession } from '../session/session';
import { words } from '../words/words';
import { tiles } from '../worklist/filter';
import { text as worklist } from '../worklist/words';
import { pagesFor } from './pages';

interface CommandsProps {
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

interface Command {
  readonly name: string;
  /** Does the same without this list. */
  readonly key?: string;
  readonly run: () => void;
}

/** Everything that can be done from everywhere, found by typing; it tells the keys, so that it is needed less and less. */
export function Commands({ onClose, onHelp }: CommandsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [typed, setTyped] = useState('');
  const commands = useCommands(onHelp);
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = commands.filter(({ name }) => wanted.every((word) => name.toLowerCase().includes(word)));
  const run = (command: Command | undefined): void => {
    if (!command) return;
    onClose();
    command.run();
  };
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    buttons[buttons.findIndex((one) => one.matches(':focus')) + by]?.focus();
  };
  return (
    <Modal opened onClose={onClose} title={words.keys.commands} yOffset="12vh" centered={false}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from the field into the list and on; each part of it can be reached without them */}
      <div onKeyDown={step}>
        <TextInput
          data-autofocus
          aria-label={words.keys.findCommand}
          placeholder={words.keys.findCommand}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') run(found[0]);
          }}
        />
        <Text size="sm" className="quiet" role="status" my={6}>
          {found.length === 0 ? words.keys.noCommand : ''}
        </Text>
        <ul ref={list} className="commands">
          {found.map((command) => (
            <li key={command.name}>
              <UnstyledButton className="command" onClick={() => run(command)}>
                {command.name}
                {command.key && <Kbd>{command.key}</Kbd>}
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </div>
    </Modal>
  );
}

function useCommands(onHelp: () => void): Command[] {
  const navigate = useNavigate();
  const { role, signOut } = useSession();
  const mayAsk = useMay('coordinator', 'supervisor', 'admin');
  const pages = pagesFor(role);
  const isWorker = pages.some(({ to }) => to === '/');
  return [
    ...(mayAsk ? [{ name: words.nav.request, key: 'n', run: () => void navigate({ to: '/new' }) }] : []),
    ...pages.map(({ to, label }) => ({
      name: label,
      ...(to === '/' ? { key: 'w' } : {}),
      run: () => void navigate({ to }),
    })),
    ...(isWorker
      ? tiles.map((show) => ({
          name: `${words.nav.worklist}: ${worklist.tiles[show].toLowerCase()}`,
          run: () => void navigate({ to: '/', search: show === 'all' ? {} : { show } }),
        }))
      : []),
    { name: words.nav.account, run: () => void navigate({ to: '/account' }) },
    { name: words.nav.keys, key: '?', run: onHelp },
    { name: words.nav.signOut, run: () => void signOut() },
  ];
}
