import type { FastifyRequest } from 'fastify';

/** Requests that stay open while somebody waits or follows: without an end of their own they would hold up a process that has to stop. */
export class OpenRequests {
  private readonly open = new Set<AbortController>();
  private isEnding = false;

  /** @returns what fires when the caller hangs up, or the process has to end */
  signalOf(request: FastifyRequest): AbortSignal {
    const over = new AbortController();
    if (this.isEnding) over.abort();
    this.open.add(over);
    request.raw.once('close', () => {
      this.open.delete(over);
      over.abort();
      // Its headers promised to keep the connection, which the server would wait for.
      if (this.isEnding) request.raw.socket.end();
    });
    return over.signal;
  }

  /** Whoever waits is answered with what there is; whoever follows comes back to another process. */
  end(): void {
    this.isEnding = true;
    for (const over of this.open) over.abort();
  }
}
