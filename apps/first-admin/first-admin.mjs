#!/usr/bin/env node
// `npm run first-admin`: installs and builds when needed, then makes the first administrator of a facility.
import '../standalone/node-version.mjs';
import { createRequire } from 'node:module';
import { ensureBuilt } from '../standalone/build.mjs';
import { ensureInstalled, repositoryRoot } from '../standalone/install.mjs';

try {
  await ensureInstalled();
  await ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

await createRequire(`${repositoryRoot}/dist/apps/first-admin/`)('./main.js').main();
