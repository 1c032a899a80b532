import type { DraftJson } from '@openvob/results';
import { useEffect, useRef, useState } from 'react';
import { call, read } from '../api/client';

const pauseMs = 700;
/** Without a connection it is tried again so often. */
const againMs = 3_000;

export interface Draft {
  /** From an earlier time, until somebody said what is to become of it; undefined until it was looked for. */
  readonly found: DraftJson | 'none' | undefined;
  readonly state: 'saved' | 'saving' | 'not_saved' | 'untouched';
  /** What was found is taken over, or not wanted. */
  settle(): void;
  /** After sending, or to begin anew. */
  discard(): Promise<void>;
}

/**
 * Keeps a form at the server, encrypted, a moment after each change and when the tab is closed; nothing lies in the browser.
 *
 * @param kind e.g. `request`, `call:ver_1`; one draft of a kind is kept for each person
 */
export function useDraft(kind: string, content: unknown, isTouched: boolean): Draft {
  const place = `/v1/drafts/${encodeURIComponent(kind)}`;
  const [found, setFound] = useState<Draft['found']>();
  const [state, setState] = useState<Draft['state']>('untouched');
  const text = JSON.stringify(content);
  const kept = useRef({ text, isTouched, savedText: '', discardedText: '', saving: Promise.resolve() });
  Object.assign(kept.current, { text, isTouched });
  useEffect(() => {
    read<DraftJson>(place)
      .then((draft) => setFound(draft.content === undefined ? 'none' : draft))
      .catch(() => setFound('none'));
  }, [place]);
  useEffect(() => {
    if (!isTouched || text === kept.current.savedText || text === kept.current.discardedText) return;
    setState('saving');
    const save = async (): Promise<void> => {
      // What was sent meanwhile is no draft any more.
      if (text === kept.current.discardedText) return;
      try {
        await put(place, text, {});
        kept.current.savedText = text;
        setState('saved');
      } catch {
        setState('not_saved');
        if (kept.current.text === text) timer = setTimeout(begin, againMs);
      }
    };
    const begin = (): void => {
      kept.current.saving = save();
    };
    let timer = setTimeout(begin, pauseMs);
    return () => clearTimeout(timer);
  }, [text, isTouched, place]);
  useEffect(() => {
    const leave = (): void => {
      const { text: last, savedText, discardedText, isTouched: isWorth } = kept.current;
      if (!isWorth || last === discardedText || last === savedText) return;
      void put(place, last, { keepalive: true }).catch(() => undefined);
    };
    window.addEventListener('pagehide', leave);
    return () => {
      window.removeEventListener('pagehide', leave);
      leave();
    };
  }, [place]);
  return {
    found,
    state,
    settle: () => setFound('none'),
    discard: async () => {
      kept.current.discardedText = kept.current.text;
      await kept.current.saving;
      await call('DELETE', place).catch(() => undefined);
      setFound('none');
      setState('untouched');
    },
  };
}

function put(place: string, text: string, options: { keepalive?: boolean }): Promise<unknown> {
  return call('PUT', place, { content: JSON.parse(text) as unknown }, { ...options, background: true });
}
