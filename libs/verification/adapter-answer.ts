import {
  type Adapter,
  type AdapterContext,
  type Answer,
  type Connection,
  type Inquiry,
  mismatchOfPerson,
  unavailable,
} from '@openvob/payers';
import type { GoingOn } from './lost-reply';

/** An inquiry as it is put to an adapter. */
export interface PutInquiry {
  inquiry: Inquiry;
  connection: Connection;
  adapter: Adapter;
  goingOn: Extract<GoingOn, { kind: 'send' | 'look_up' | 'poll' }>;
}

type Came = Answer | { kind: 'never_received' };

/**
 * So long beyond the connection's own deadline an adapter may take over reading an answer; then it is given up. Below the margin of the slot, which
 * must not be another's while somebody is still asking.
 */
const graceMs = 5_000;

/**
 * Sends the inquiry, looks it up, or asks for its answer. What adapters promise is not relied upon where a patient would pay for it: one that never
 * settles has timed out, and an answer that names somebody else is none.
 */
export async function answerOf(put: PutInquiry, context: AdapterContext): Promise<Came> {
  const { inquiry, connection, adapter } = put;
  const patienceMs = connection.timeoutMs + graceMs;
  const came = await inTime((signal) => asked(put, { ...context, signal }), { patienceMs, signal: context.signal });
  if (came !== 'late') return aboutThem(came, put, context);
  const ids = { inquiryId: inquiry.id, connectionId: connection.id };
  context.log.warn('adapter.never_settled', { adapter: adapter.name, ...ids, patienceMs });
  return unavailable({ why: 'timeout', detail: 'adapter_never_settled' }, {});
}

async function asked({ inquiry, connection, adapter, goingOn }: PutInquiry, context: AdapterContext): Promise<Came> {
  switch (goingOn.kind) {
    case 'send':
      return adapter.verify(inquiry, connection, context);
    case 'look_up':
      if (!adapter.lookUp) throw new Error(`Adapter ${adapter.name} looks lost replies up and cannot`);
      return adapter.lookUp(inquiry, connection, context);
    case 'poll':
      if (!adapter.poll) throw new Error(`Adapter ${adapter.name} answers pending and cannot be polled`);
      return adapter.poll(goingOn.reference, inquiry, connection, context);
  }
}

/** What comes of work within a time; afterwards its signal fires, and what still comes of it is nobody's. */
export async function inTime<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { patienceMs, signal }: { patienceMs: number; signal: AbortSignal },
): Promise<T | 'late'> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => {
      resolve('late');
      end();
    }, patienceMs).unref();
  });
  try {
    return await Promise.race([work(ending.signal), late]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/**
 * The answer, unless it contradicts the person asked about, by the rule that adapters pick it by. One that names nobody, or too little to tell, is
 * left to its adapter: only the adapter knows what else ties the answer to its inquiry.
 */
function aboutThem(came: Came, { inquiry, connection, adapter }: PutInquiry, { log }: AdapterContext): Came {
  if (came.kind !== 'benefits' && came.kind !== 'rejected') return came;
  const mismatch = mismatchOfPerson(inquiry, came.snapshot);
  if (mismatch === undefined || mismatch === 'unidentified') return came;
  const ids = { inquiryId: inquiry.id, connectionId: connection.id };
  log.warn('adapter.foreign_answer', { adapter: adapter.name, ...ids, mismatch });
  return unavailable({ why: 'foreign', detail: `foreign_${mismatch}` }, came.evidence);
}
