import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Programs that npm does not bring: where they come from and which suites cannot do without them. */
const tools = [
  { commands: ['redis-server'], package: 'redis-server', neededBy: /\.int\.spec\.ts$/ },
  {
    commands: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    neededBy: /\.browser\.int\.spec\.ts$/,
  },
];

/**
 * Looks for the programs that the suites of this repository need; as root, installs what is missing with apt-get. What is
 * still missing afterwards is said here and again by each suite that needs it.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 */
export function ensureTools(root, say) {
  const needed = tools.filter((tool) => hasSuite(root, tool.neededBy) && !isThere(tool));
  if (needed.length === 0) return;
  const packages = needed.map((tool) => tool.package);
  if (process.getuid?.() === 0 && isOnPath('apt-get')) installPackages(packages, say);
  for (const tool of needed.filter((candidate) => !isThere(candidate))) {
    say(`Missing: ${tool.commands[0]}. Get it with: sudo apt-get install ${tool.package}`);
  }
}

function installPackages(packages, say) {
  say(`Installing ${packages.join(' and ')} with apt-get ...`);
  const apt = (...command) =>
    spawnSync('env', ['DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...command]).status === 0;
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  if (!install() && apt('update')) install();
}

const isThere = (tool) => tool.commands.some(isOnPath);
const isOnPath = (command) => spawnSync('sh', ['-c', 'command -v "$0"', command]).status === 0;

function hasSuite(root, pattern) {
  return ['apps', 'libs', 'test'].some((folder) => holdsFile(join(root, folder), pattern));
}

function holdsFile(folder, pattern) {
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    if (!entry.isDirectory()) return pattern.test(entry.name);
    return entry.name !== 'node_modules' && holdsFile(join(folder, entry.name), pattern);
  });
}
