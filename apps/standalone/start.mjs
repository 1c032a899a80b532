// `npm start`: installs and builds when needed, then runs the compiled demonstration here.
import './node-version.mjs';
import { createRequire } from 'node:module';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, repositoryRoot } from './install.mjs';

try {
  await ensureInstalled({ say: console.log });
  await ensureBuilt({ say: console.log });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.chdir(repositoryRoot);
createRequire(`${repositoryRoot}/dist/apps/standalone/`)('./main.js').main();
