import { parseArgs } from 'node:util';
import { readSimulatorConfig } from '@openvob/platform';
import { startSimulator } from './simulator';

/**
 * Starts the simulated payers. Options of the command line go before those of the environment:
 * `--port`, `--host`, `--folder` (271 files by member id), `--ledger` (file of inquiries received), `--tls-port` (a second
 * way in, over HTTPS with a certificate that nobody vouches for).
 */
async function main(): Promise<void> {
  const configured = readSimulatorConfig();
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      folder: { type: 'string' },
      ledger: { type: 'string' },
      'tls-port': { type: 'string' },
    },
  });
  const folder = values.folder ?? configured.folder;
  const ledgerFile = values.ledger ?? configured.ledgerFile;
  const simulator = await startSimulator({
    port: values.port === undefined ? configured.port : Number(values.port),
    host: values.host ?? configured.host,
    ...(folder === undefined ? {} : { folder }),
    ...(ledgerFile === undefined ? {} : { ledgerFile }),
    ...(values['tls-port'] === undefined ? {} : { tlsPort: Number(values['tls-port']) }),
  });
  const stop = onceOnly(async () => {
    await simulator.close();
    if (process.connected) process.disconnect();
  });
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(event, stop);
  process.stdout.write(`Payer simulator at ${simulator.url}\n`);
  if (simulator.tls !== undefined) process.stdout.write(`Badly certified at ${simulator.tls.url}\n`);
  process.send?.({ ready: true, url: simulator.url });
}

/** Whatever tells it to stop first does so. */
function onceOnly(action: () => Promise<void>): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    void action();
  };
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
