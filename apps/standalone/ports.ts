import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { programOf } from './processes';

/** A TCP port on 127.0.0.1 that nothing listens on at this moment; `preferred` if that is one. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await portFault(preferred)) === undefined) return preferred;
  return listenOnce(0);
}

/** Why no server can listen on this port now: the system's code, e.g. `EADDRINUSE`; undefined when one can. */
export async function portFault(port: number): Promise<string | undefined> {
  return listenOnce(port).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code ?? error.message,
  );
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** The name and number of the process that listens on `port`, where the system tells (Linux, same user or root). */
export function listenerOn(port: number): { pid: number; program: string } | undefined {
  try {
    const sockets = new Set(listeningSockets(port).map((inode) => `socket:[${inode}]`));
    const pid = readdirSync('/proc')
      .map(Number)
      .filter(Number.isInteger)
      .find((candidate) => holdsAny(candidate, sockets));
    return pid === undefined ? undefined : { pid, program: programOf(pid) };
  } catch {
    return undefined; // no /proc
  }
}

/** Inodes of listening sockets: column 2 is the local address, 4 the state (0A: listening), 10 the inode (proc(5)). */
function listeningSockets(port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => readFileSync(path, 'utf8').split('\n'));
  return lines
    .map((line) => line.trim().split(/\s+/))
    .flatMap((columns) => (columns[1]?.endsWith(wanted) && columns[3] === '0A' ? [columns[9] ?? ''] : []));
}

function holdsAny(pid: number, sockets: ReadonlySet<string>): boolean {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).some((fd) => sockets.has(readlinkSync(`${folder}/${fd}`)));
  } catch {
    return false; // another user's, or gone meanwhile
  }
}
