import { useNavigate } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useMay } from '../session/session';
import { useKeys } from './use-keys';

const KeysHelp = lazy(() => import('./KeysHelp').then((one) => ({ default: one.KeysHelp })));

/** Keys that work on every page, and their list. */
export function Keys(): ReactNode {
  const navigate = useNavigate();
  const mayAsk = useMay('coordinator', 'supervisor', 'admin');
  const [isOpen, setOpen] = useState(false);
  useKeys({
    '?': () => setOpen(true),
    w: () => void navigate({ to: '/' }),
    ...(mayAsk ? { n: () => void navigate({ to: '/new' }) } : {}),
  });
  return isOpen ? (
    <Suspense>
      <KeysHelp onClose={() => setOpen(false)} />
    </Suspense>
  ) : null;
}
