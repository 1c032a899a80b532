import { send } from './client';

export interface StreamEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Follows server-sent events until the signal fires, coming back after every break with the last event's id. By `fetch`, since an `EventSource`
 * could not say that it is the page who asks, and would keep a forgotten session alive.
 *
 * @param onLink tells whether the stream is connected
 */
export async function follow(
  path: string,
  onEvent: (event: StreamEvent) => void,
  { signal, onLink }: { signal: AbortSignal; onLink?: (isConnected: boolean) => void },
): Promise<void> {
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    try {
      const response = await send('GET', path, undefined, { background: true, signal });
      if (response.ok && response.body) {
        pauseMs = firstPauseMs;
        onLink?.(true);
        await readEvents(response.body, onEvent);
      } else if (response.status === 403 || response.status === 404) return;
    } catch {
      // Broken off: come back below.
    }
    if (signal.aborted) return;
    onLink?.(false);
    await pause(pauseMs, signal);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: StreamEvent) => void): Promise<void> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + decoder.decode(value, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = eventOf(block);
      if (event) onEvent(event);
    }
  }
}

/** One block of the stream (HTML standard, 9.2.6); comments and empty ones are none. */
export function eventOf(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const at = line.indexOf(':');
    if (at <= 0) continue;
    fields.set(line.slice(0, at), line.slice(at + 1).replace(/^ /, ''));
  }
  const data = fields.get('data');
  if (data === undefined) return undefined;
  return { id: fields.get('id') ?? '', type: fields.get('event') ?? 'message', data: JSON.parse(data) as unknown };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}
