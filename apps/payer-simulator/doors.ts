import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Callers come in bursts of a thousand and more; Node's own backlog is 511. */
const backlog = 4_096;
/** How soon it is tried again when somebody else has taken the port meanwhile. */
const takenMs = 100;

/** The ports at which the simulator is reached. They can be shut for a while: whoever connects then is refused by the machine itself. */
export class Doors {
  private opening: NodeJS.Timeout | undefined;
  private isOver = false;

  private constructor(private readonly doors: readonly Door[]) {}

  /** Listens at all of them. Port 0 takes any free one, and keeps it. */
  static async open(servers: readonly { server: Server; port: number }[], host: string): Promise<Doors> {
    const doors: Door[] = [];
    for (const { server, port } of servers) {
      server.keepAliveTimeout = 30_000;
      doors.push({ server, host, port: await listen(server, { host, port }) });
    }
    return new Doors(doors);
  }

  addresses(): string[] {
    return this.doors.map(({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`);
  }

  /** Sockets that callers hold open. */
  async connections(): Promise<number> {
    const counts = await Promise.all(this.doors.map(({ server }) => connectionsOf(server)));
    return counts.reduce((sum, one) => sum + one, 0);
  }

  /** Cuts every connection, takes no other one, and opens again by itself. Shut already, it stays so for so long from now. */
  shutFor(ms: number): void {
    if (this.isOver) return;
    clearTimeout(this.opening);
    for (const { server } of this.doors) shut(server);
    this.opening = setTimeout(() => void this.openAgain(), ms);
  }

  async close(): Promise<void> {
    this.isOver = true;
    clearTimeout(this.opening);
    await Promise.all(this.doors.map(({ server }) => shut(server)));
  }

  private async openAgain(): Promise<void> {
    try {
      for (const door of this.doors) if (!this.isOver && !door.server.listening) await listen(door.server, door);
      if (this.isOver) await this.close();
    } catch {
      if (!this.isOver) this.opening = setTimeout(() => void this.openAgain(), takenMs);
    }
  }
}

interface Door {
  readonly server: Server;
  readonly host: string;
  readonly port: number;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

function shut(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  return closed;
}
