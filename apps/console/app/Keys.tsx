import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, Suspense, useEffect, useState } from 'react';
import { useMay } from '../session/session';
import { part } from './part';
import { isCovered, useKeys } from './use-keys';

const KeysHelp = part(() => import('./KeysHelp').then(({ KeysHelp }) => KeysHelp));
const Commands = part(() => import('./Commands').then(({ Commands }) => Commands));

/** Keys that work on every page, their list, and the list of what can be done. */
export function Keys(): ReactNode {
  const navigate = useNavigate();
  const mayAsk = useMay('coordinator', 'supervisor', 'admin');
  const [open, setOpen] = useState<'help' | 'commands' | undefined>();
  useKeys({
    '?': () => setOpen('help'),
    w: () => void navigate({ to: '/' }),
    ...(mayAsk ? { n: () => void navigate({ to: '/new' }) } : {}),
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || isCovered()) return;
      event.preventDefault();
      setOpen('commands');
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
  const close = (): void => setOpen(undefined);
  return (
    <Suspense>
      {open === 'help' && <KeysHelp onClose={close} />}
      {open === 'commands' && <Commands onClose={close} onHelp={() => setOpen('help')} />}
    </Suspense>
  );
}
