// Whether this container does its work: a worker by its metrics port, the API by its own. `node docker/healthcheck.mjs [worker]`.
const { WORKER_METRICS_PORT, PORT = '3000' } = process.env;
const isWorker = process.argv[2] === 'worker';
const url = isWorker ? `http://127.0.0.1:${WORKER_METRICS_PORT}/health/live` : `http://127.0.0.1:${PORT}/health/ready`;

try {
  const { ok } = await fetch(url, { signal: AbortSignal.timeout(4000) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
