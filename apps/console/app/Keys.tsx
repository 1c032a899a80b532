import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useMay } from '../session/session';
import { isCovered, useKeys } from './use-keys';

const KeysHelp = lazy(() => import('./KeysHelp').then((one) => ({ default: one.KeysHelp })));
const Commands = lazy(() => import('./Commands').then((one) => ({ default: one.Commands })));

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
