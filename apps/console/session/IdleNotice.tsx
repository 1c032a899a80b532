import type { SessionJson } from '@openvob/results';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { read } from '../api/client';
import { queries } from '../api/queries';
import { part } from '../app/part';

const IdleModal = part(() => import('./IdleModal').then(({ IdleModal }) => IdleModal));

const warnBeforeMs = 2 * 60_000;
const tellAtMostEveryMs = 60_000;
const lookEveryMs = 5_000;

/** Typing keeps the session; before it ends without any, the person is asked. */
export function IdleNotice({ session }: { session: SessionJson }): ReactNode {
  const client = useQueryClient();
  const [leftMs, setLeftMs] = useState(Number.POSITIVE_INFINITY);
  const told = useRef(Date.now());
  const touched = useRef(false);
  const keep = async (): Promise<void> => {
    told.current = Date.now();
    touched.current = false;
    const next = await read<SessionJson>('/v1/session').catch(() => undefined);
    if (next) client.setQueryData(queries.session().queryKey, next);
  };
  useEffect(() => {
    const touch = (): void => {
      touched.current = true;
    };
    const look = (): void => {
      setLeftMs(Date.parse(session.idleAt) - Date.now());
      if (touched.current && Date.now() - told.current > tellAtMostEveryMs) void keep();
    };
    const timer = setInterval(look, lookEveryMs);
    window.addEventListener('keydown', touch);
    window.addEventListener('pointerdown', touch);
    return () => {
      clearInterval(timer);
      window.removeEventListener('keydown', touch);
      window.removeEventListener('pointerdown', touch);
    };
  });
  const isNear = leftMs < warnBeforeMs && leftMs > 0;
  if (!isNear) return null;
  return (
    <Suspense>
      <IdleModal leftMs={leftMs} onStay={() => void keep()} />
    </Suspense>
  );
}
