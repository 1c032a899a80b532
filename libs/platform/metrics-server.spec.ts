import { MetricsServer } from './metrics-server';

test('a port that is taken is named by its setting', async () => {
  const told = { host: '127.0.0.1', token: 'a'.repeat(32), text: async () => '', isWell: () => true };
  const first = new MetricsServer({ ...told, port: 0 });
  const port = await first.start();
  try {
    const second = new MetricsServer({ ...told, port });
    await expect(second.start()).rejects.toThrow(`127.0.0.1:${port}: set WORKER_METRICS_PORT to a free port`);
  } finally {
    await first.stop();
  }
});
