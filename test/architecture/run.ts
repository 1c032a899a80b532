import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readTextFiles } from './files';
import { type Violation, violationsIn } from './rules';
import { readSource, type Source } from './source';
import { forbiddenWordsIn } from './words';

const code = /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/;

/** Every violation in the checkout at `root`. */
export function checkArchitecture(root: string): Violation[] {
  return [...violationsIn(readSources(root)), ...forbiddenWordsIn(readTextFiles(root))];
}

/** The source files of apps and libs. */
export function readSources(root: string): Source[] {
  const folders = ['apps', 'libs'].filter((folder) => existsSync(join(root, folder)));
  return readTextFiles(root, folders)
    .filter(({ path }) => code.test(path))
    .map(({ path, text }) => readSource(path, text));
}

if (require.main === module) {
  const violations = checkArchitecture(resolve(process.argv[2] ?? '.'));
  for (const { path, line, rule, found } of violations) console.error(`${path}:${line}  ${found}  (${rule})`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
