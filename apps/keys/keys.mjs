#!/usr/bin/env node
// `npm run keys -- generate | status | rotate | destroy`: installs and builds when needed, then works on the keys of DATABASE_URL,
// or of the demonstration that runs here.
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

const require = createRequire(`${repositoryRoot}/dist/apps/keys/`);
const { callerDirectory } = require('../../libs/platform/config.js');
process.chdir(callerDirectory());
await require('./main.js').main(process.argv.slice(2));
