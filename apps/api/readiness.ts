/** What readiness is judged by; each answers true in time or counts as down. */
export interface ReadinessParts {
  database(): Promise<unknown>;
  queue(): Promise<unknown>;
}

const patienceMs = 1500;

/** Without the queue requests are still taken: they are rows, and the sweep makes jobs of them later. Without the database none are. */
export class Readiness {
  constructor(private readonly parts: ReadinessParts) {}

  async check(): Promise<{ database: 'ok' | 'down'; queue: 'ok' | 'down' }> {
    const [database, queue] = await Promise.all([answers(this.parts.database), answers(this.parts.queue)]);
    return { database: database ? 'ok' : 'down', queue: queue ? 'ok' : 'down' };
  }
}

async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const asked = probe().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
