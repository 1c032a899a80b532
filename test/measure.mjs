// `npm run bench|chaos|fuzz|sandbox -- NAME [COUNT] [--json]`: installs and builds when needed, then runs dist/test/KIND/NAME.js.
import '../apps/standalone/node-version.mjs';
import { createRequire } from 'node:module';
import { ensureBuilt } from '../apps/standalone/build.mjs';
import { ensureInstalled, repositoryRoot } from '../apps/standalone/install.mjs';

const [kind, ...rest] = process.argv.slice(2);
try {
  await ensureInstalled({ dev: true });
  await ensureBuilt();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
process.argv = [process.argv[0], `${kind}`, ...rest];
createRequire(`${repositoryRoot}/dist/test/`)(`./${kind}/run.js`);
