import type { TextFile } from './files';
import type { Violation } from './rules';

interface ForbiddenText {
  readonly rule: string;
  readonly pattern: RegExp;
  holdsFor(path: string): boolean;
}

/** Put together from parts, so that this file does not break its own rule. */
const machineFolders = ['work/', 'farm/', 'root/', 'home/[a-z]', 'Users/[A-Za-z]', 'tmp/[a-z]'].join('|');
const isLockFile = (path: string): boolean => /(^|\/)(package-lock\.json|npm-shrinkwrap\.json|\.npmrc)$/.test(path);

const forbidden: readonly ForbiddenText[] = [
  {
    rule: 'no path of a developer’s machine',
    pattern: new RegExp(`(?<![\\w.~$}/-])/(${machineFolders})`),
    holdsFor: (path) => path !== 'package-lock.json',
  },
  {
    rule: 'the lock file and npm’s settings name no registry host: it is the reader’s own',
    pattern: /"resolved":\s*"|\bregistry\s*=|https?:\/\/[^"\s]*(npmjs|registry|:4873|artifactory|nexus)/i,
    holdsFor: isLockFile,
  },
];

/** Lines that hold what must not leave the machine on which it was written. */
export function forbiddenWordsIn(files: readonly TextFile[]): Violation[] {
  return files.flatMap(({ path, text }) =>
    forbidden.filter(({ holdsFor }) => holdsFor(path)).flatMap((kind) => linesMatching(path, text, kind)),
  );
}

function linesMatching(path: string, text: string, { rule, pattern }: ForbiddenText): Violation[] {
  return text.split('\n').flatMap((line, index) => {
    const match = pattern.exec(line);
    return match ? [{ path, line: index + 1, rule, found: match[0].trim() }] : [];
  });
}
