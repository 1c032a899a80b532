/**
 * The server's settings as `pg_ctl -o` takes them, given at each start so that a later release's choices reach an
 * existing cluster. Statements and parameters stay out of the server's log, which keeps patient data out of it.
 *
 * @param options `durable`: what is committed survives a power cut; without it the server is fast and for tests only
 */
export function serverSettings(options: { port: number; durable: boolean }): string {
  const chosen = { ...settings, ...(options.durable ? durable : throwAway), port: String(options.port) };
  return Object.entries(chosen)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');
}

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  wal_level: 'minimal',
  max_wal_senders: '0',
  // No disk turns: with PostgreSQL's 4, queues of a few thousand jobs are read from end to end where an index leads to the first.
  random_page_cost: '1.1',
} as const;
/** Tables that fill for the first time are read by the wrong index until they are analysed. */
const durable = { shared_buffers: '128MB', autovacuum_naptime: '15s' } as const;
const throwAway = { shared_buffers: '48MB', fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } as const;
