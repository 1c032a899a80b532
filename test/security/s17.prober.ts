import { Agent, get } from 'node:http';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** Asks an address again and again in a thread of its own, so that what keeps this one busy is not taken for the server's. */
export class Prober {
  private constructor(private readonly worker: Worker) {}

  /** From built code alone. */
  static start(url: string): Prober {
    return new Prober(new Worker(__filename, { workerData: { probed: url } }));
  }

  /** @returns how long each answer took, milliseconds */
  stop(): Promise<number[]> {
    return new Promise((resolve, reject) => {
      this.worker.once('message', (times: number[]) => {
        resolve(times);
        void this.worker.terminate();
      });
      this.worker.once('error', reject);
      this.worker.postMessage('stop');
    });
  }
}

const probed = isMainThread ? undefined : (workerData as { probed?: string } | undefined)?.probed;
if (probed !== undefined) void probe(probed);

async function probe(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  let isOver = false;
  parentPort?.once('message', () => {
    isOver = true;
  });
  while (!isOver) {
    const startedAt = performance.now();
    await asked(url, agent);
    times.push(performance.now() - startedAt);
  }
  agent.destroy();
  parentPort?.postMessage(times);
}

function asked(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve) => {
    get(url, { agent }, (response) => response.resume().on('end', resolve)).on('error', () => resolve());
  });
}
