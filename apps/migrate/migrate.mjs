#!/usr/bin/env node
// `npm run migrate`: installs and builds when needed, then brings the database of OWNER_DATABASE_URL up to date.
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

await createRequire(`${repositoryRoot}/dist/apps/migrate/`)('./main.js').main();
