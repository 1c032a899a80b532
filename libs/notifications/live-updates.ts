import { errorFields, type Log } from '@openvob/platform';
import { Client } from 'pg';

type Listener = () => void;
type FacilityListener = (verificationId: string) => void;

/** A lost notification is made up for by looking again after so long. */
const lookAgainAfterMs = 2000;
const reconnectAfterMs = 1000;

/**
 * Tells whoever waits that a verification moved, from PostgreSQL notifications (ids only). It speeds waiting up; nothing depends on
 * it, because whoever waits also looks by itself.
 */
export class LiveUpdates {
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly facilities = new Map<string, Set<FacilityListener>>();
  private client: Client | undefined;
  private stopped = false;
  private reconnect: NodeJS.Timeout | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Log,
  ) {}

  async start(): Promise<void> {
    try {
      const client = new Client({
        connectionString: this.databaseUrl,
        application_name: 'openvob-live',
        keepAlive: true,
      });
      client.on('error', () => this.lost(client));
      client.on('end', () => this.lost(client));
      client.on('notification', ({ payload }) => this.tell(payload ?? ''));
      await client.connect();
      await client.query('LISTEN facility_moved');
      this.client = client;
    } catch (error) {
      this.log.warn('live.not_connected', errorFields(error));
      this.later();
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    for (const listeners of this.listeners.values()) for (const listener of listeners) listener();
    await this.client?.end();
  }

  /** Calls `listener` when a verification moves or changes hands until the returned function is called. */
  onMove(verificationId: string, listener: Listener): () => void {
    const listeners = this.listeners.get(verificationId) ?? new Set();
    this.listeners.set(verificationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(verificationId);
    };
  }

  /** Calls `listener` with the id of whatever comes in, moves or changes hands in a facility, until the returned function is called. */
  onFacilityMove(facilityId: string, listener: FacilityListener): () => void {
    const listeners = this.facilities.get(facilityId) ?? new Set();
    this.facilities.set(facilityId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.facilities.delete(facilityId);
    };
  }

  /**
   * Waits until `settled` says so or the time is over; looks at each move, and now and then by itself.
   *
   * @param patienceMs how long to wait at most
   * @param signal ends the waiting, e.g. because the caller hung up
   */
  async until(
    verificationId: string,
    settled: () => Promise<boolean>,
    patienceMs: number,
    signal: AbortSignal,
  ): Promise<void> {
    const deadline = performance.now() + patienceMs;
    let moved = this.nextMove(verificationId, signal, Math.min(lookAgainAfterMs, patienceMs));
    while (!(await settled())) {
      await moved;
      const left = deadline - performance.now();
      if (left <= 0 || signal.aborted || this.stopped) return;
      moved = this.nextMove(verificationId, signal, Math.min(lookAgainAfterMs, left));
    }
  }

  private nextMove(verificationId: string, signal: AbortSignal, atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        forget();
        signal.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, atMostMs);
      const forget = this.onMove(verificationId, finish);
      signal.addEventListener('abort', finish, { once: true });
    });
  }

  /** What is told is the id of a facility and that of a verification. */
  private tell(payload: string): void {
    const [facilityId = '', verificationId = ''] = payload.split(' ');
    for (const listener of this.listeners.get(verificationId) ?? []) listener();
    for (const listener of this.facilities.get(facilityId) ?? []) listener(verificationId);
  }

  private lost(client: Client): void {
    if (this.stopped || this.client !== client) return;
    this.client = undefined;
    this.log.warn('live.lost');
    this.later();
  }

  private later(): void {
    if (this.stopped) return;
    this.reconnect = setTimeout(() => void this.start(), reconnectAfterMs);
  }
}
