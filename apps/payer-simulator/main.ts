import { parseArgs } from 'node:util';
import { readSimulatorConfig } from '@openvob/platform';
import { startSimulator } from './simulator';

/**
 * Starts the simulated payers. Options of the command line go before those of the environment:
 * `--port`, `--host`, `--folder` (271 files by member id), `--ledger` (file of inquiries received).
 */
async function main(): Promise<void> {
  const configured = readSimulatorConfig();
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      folder: { type: 'string' },
      ledger: { type: 'string' },
    },
  });
  const folder = values.folder ?? configured.folder;
  const ledgerFile = values.ledger ?? configured.ledgerFile;
  const simulator = await startSimulator({
    port: values.port === undefined ? configured.port : Number(values.port),
    host: values.host ?? configured.host,
    ...(folder === undefined ? {} : { folder }),
    ...(ledgerFile === undefined ? {} : { ledgerFile }),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void simulator.close());
  process.on('disconnect', () => void simulator.close());
  process.stdout.write(`Payer simulator at ${simulator.url}\n`);
  process.send?.({ ready: true, url: simulator.url });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
