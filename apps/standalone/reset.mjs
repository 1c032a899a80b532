// `npm run reset`: stops what is left running of this checkout's demonstration and removes its data.
import './node-version.mjs';
import { createRequire } from 'node:module';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, repositoryRoot } from './install.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
  await createRequire(`${repositoryRoot}/dist/apps/standalone/`)('./reset.js').reset(
    `${repositoryRoot}/.openvob`,
    console.log,
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
