#!/usr/bin/env node
// `npm run --silent vob -- COMMAND`: installs and builds when needed (said on stderr), then runs the compiled `vob` here.
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

const require = createRequire(`${repositoryRoot}/dist/apps/cli/`);
const { callerDirectory } = require('../../libs/platform/config.js');
process.chdir(callerDirectory());
require('./main.js');
