import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { secretForms, shownForms } from './rules';

const mostBytes = 2_000_000;

/** Secrets in the files that are under version control, as `file:line: what`. */
export function secretsIn(root: string): string[] {
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * mostBytes });
  return files
    .split('\0')
    .filter((file) => file !== '' && file !== 'package-lock.json' && !isShown(file))
    .flatMap((file) => secretsInText(file, textOf(join(root, file))));
}

/** Secrets in everything that was ever committed. */
export function secretsInHistory(root: string): string[] {
  const log = execFileSync('git', ['log', '--all', '-p', '--unified=0', '--no-color', '--format=commit %h'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1024 * mostBytes,
  });
  const found: string[] = [];
  let [commit, file] = ['', ''];
  for (const line of log.split('\n')) {
    if (line.startsWith('commit ')) commit = line.slice(7);
    else if (line.startsWith('+++ b/')) file = line.slice(6);
    else if (line.startsWith('+') && file !== 'package-lock.json' && !isShown(file))
      found.push(...secretsInText(`${commit}:${file}`, line));
  }
  return found;
}

function isShown(file: string): boolean {
  return shownForms.some((form) => form.test(file));
}

export function secretsInText(name: string, text: string): string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      secretForms.filter(([, form]) => form.test(line.slice(0, 5000))).map(([what]) => `${name}:${index + 1}: ${what}`),
    );
}

function textOf(path: string): string {
  try {
    const bytes = statSync(path).size > mostBytes ? Buffer.alloc(0) : readFileSync(path);
    return bytes.includes(0) ? '' : bytes.toString('utf8');
  } catch {
    return ''; // removed in the working tree
  }
}
