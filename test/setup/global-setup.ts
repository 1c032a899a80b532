import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { factsVariable } from './facts';
import type { Services } from './services';

declare global {
  var openvobServices: Services | undefined;
}

const root = join(__dirname, '..', '..');

/** Starts the servers of the integration suites. Jest's module mapping does not reach here, so the built code does it. */
export default async function globalSetup(): Promise<void> {
  execFileSync(process.execPath, [join(root, 'apps', 'standalone', 'build.mjs')], { stdio: 'inherit' });
  const { startServices } = require(join(root, 'dist', 'test', 'setup', 'services.js')) as typeof import('./services');
  globalThis.openvobServices = await startServices();
  process.env[factsVariable] = globalThis.openvobServices.factsFile;
}
