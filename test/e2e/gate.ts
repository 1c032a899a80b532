import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address that is known, and held, before there is a server behind it. */
export interface Gate {
  readonly origin: string;
  /** Who comes is led to this port of 127.0.0.1. */
  leadTo(port: number): void;
  close(): Promise<void>;
}

/** Opens a gate on 127.0.0.1; until it leads somewhere, whoever comes is turned away. */
export async function openGate(): Promise<Gate> {
  const open = new Set<Socket>();
  let target: number | undefined;
  const server = createServer((caller) => {
    if (target === undefined) return void caller.destroy();
    const called = connect(target, '127.0.0.1');
    for (const [one, other] of [
      [caller, called],
      [called, caller],
    ] as const) {
      open.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    caller.pipe(called);
    called.pipe(caller);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    leadTo: (next) => {
      target = next;
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
