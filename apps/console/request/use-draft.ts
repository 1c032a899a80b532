import type { DraftJson } from '@openvob/results';
import { useEffect, useRef, useState } from 'react';
import { call, read } from '../api/client';

const place = '/v1/drafts/request';
const pauseMs = 700;

export interface Draft {
  /** Undefined until it was looked for. */
  readonly found: DraftJson | 'none' | undefined;
  readonly state: 'saved' | 'saving' | 'not_saved' | 'untouched';
  /** After sending, or to begin anew. */
  discard(): Promise<void>;
}

/** Keeps a form at the server, encrypted, a moment after each change and when the tab is closed; nothing lies in the browser. */
export function useDraft(content: unknown, isTouched: boolean): Draft {
  const [found, setFound] = useState<Draft['found']>();
  const [state, setState] = useState<Draft['state']>('untouched');
  const text = JSON.stringify(content);
  const latest = useRef({ text, isTouched, savedText: '', isDiscarded: false });
  Object.assign(latest.current, { text, isTouched });
  useEffect(() => {
    read<DraftJson>(place)
      .then((draft) => setFound(draft.content === undefined ? 'none' : draft))
      .catch(() => setFound('none'));
  }, []);
  useEffect(() => {
    if (!isTouched || latest.current.isDiscarded || text === latest.current.savedText) return;
    setState('saving');
    const timer = setTimeout(() => {
      call('PUT', place, { content: JSON.parse(text) as unknown }, { background: true })
        .then(() => {
          latest.current.savedText = text;
          setState('saved');
        })
        .catch(() => setState('not_saved'));
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [text, isTouched]);
  useEffect(() => {
    const leave = (): void => {
      const { text: last, savedText, isTouched: isWorth, isDiscarded } = latest.current;
      if (!isWorth || isDiscarded || last === savedText) return;
      void call('PUT', place, { content: JSON.parse(last) as unknown }, { keepalive: true, background: true }).catch(
        () => undefined,
      );
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, []);
  return {
    found,
    state,
    discard: async () => {
      latest.current.isDiscarded = true;
      await call('DELETE', place).catch(() => undefined);
      setFound('none');
      setState('untouched');
    },
  };
}
