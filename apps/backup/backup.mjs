#!/usr/bin/env node
// `npm run backup -- dump | restore | drill FILE`: installs and builds when needed, then copies or brings back the database of OWNER_DATABASE_URL.
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

const require = createRequire(`${repositoryRoot}/dist/apps/backup/`);
const { callerDirectory } = require('../../libs/platform/config.js');
process.chdir(callerDirectory());
await require('./main.js').main(process.argv.slice(2));
