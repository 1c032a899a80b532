import { computed, type GlobalUse, type Reference, type Source } from './source';

/** A line that breaks a rule. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly found: string;
}

type Finding = Pick<Violation, 'line' | 'found'>;

/** One rule of the design: for which files it holds and what in them breaks it. */
interface Rule {
  readonly name: string;
  holdsFor(path: string): boolean;
  findings(source: Source): readonly Finding[];
}

/** The folders that compute and nothing else, each of which may use those before it. */
export const pureFolders: readonly string[] = ['x12', 'benefits', 'programs', 'coverage', 'estimate'];

const isSpec = (path: string): boolean => /\.spec\.tsx?$/.test(path);
const mayUseNest = /(^|[./])(module|controller|processor|guard|pipe|filter|interceptor|dto)\.ts$|\/main\.ts$/;
const environmentReader = 'libs/platform/config.ts';

export const rules: readonly Rule[] = [
  {
    name: 'pure folders import only pure folders that stand above them: x12, benefits, programs, coverage, estimate',
    holdsFor: (path) => pureRank(path) >= 0 && !isSpec(path),
    findings: (source) => source.references.filter((reference) => !isAllowedInPure(source.path, reference)).map(named),
  },
  {
    name: 'pure folders use neither clock nor chance nor anything else around them',
    holdsFor: (path) => pureRank(path) >= 0 && !isSpec(path),
    findings: (source) => source.globals.map(used),
  },
  {
    name: 'a payer adapter imports neither another adapter nor the list of them',
    holdsFor: (path) => adapterOf(path) !== undefined,
    findings: (source) => source.references.filter((reference) => isForeignAdapter(source.path, reference)).map(named),
  },
  {
    name: 'the API holds no payer code',
    holdsFor: (path) => path.startsWith('apps/api/'),
    findings: (source) => source.references.filter(({ path }) => path && adapterOf(`${path}/`)).map(named),
  },
  {
    name: '@nestjs/* only in *.module|controller|processor|guard|pipe|filter|interceptor|dto.ts, main.ts and specs',
    holdsFor: (path) => !mayUseNest.test(path) && !isSpec(path),
    findings: (source) => source.references.filter(({ specifier }) => specifier.startsWith('@nestjs/')).map(named),
  },
  {
    name: 'typeorm only in libs/store',
    holdsFor: (path) => !path.startsWith('libs/store/'),
    findings: (source) => source.references.filter(isPackage('typeorm', '@nestjs/typeorm')).map(named),
  },
  {
    name: 'bullmq only in libs/queue and processors',
    holdsFor: (path) => !path.startsWith('libs/queue/') && !/[./]processor\.ts$/.test(path),
    findings: (source) => source.references.filter(isPackage('bullmq', '@nestjs/bullmq')).map(named),
  },
  {
    name: `process.env only in ${environmentReader}`,
    holdsFor: (path) => path !== environmentReader,
    findings: (source) => [
      ...source.globals.filter(({ what }) => readsEnvironment(what)).map(used),
      ...source.references.filter(isPackage('process', 'node:process')).map(named),
    ],
  },
  {
    name: 'no library imports an app, and only specs import tests',
    holdsFor: (path) => !isSpec(path),
    findings: (source) => source.references.filter((reference) => isAboveItself(source.path, reference)).map(named),
  },
  {
    name: 'the console talks to the API alone: of ours it imports its own files, and types of libs/results',
    holdsFor: isOfConsole,
    findings: (source) => source.references.filter((reference) => !isAllowedInConsole(reference)).map(named),
  },
  {
    name: 'nothing imports the console',
    holdsFor: (path) => !isOfConsole(path),
    findings: (source) => source.references.filter(({ path }) => path !== undefined && isOfConsole(path)).map(named),
  },
  {
    name: 'nothing outside the repository is imported or, but in specs, mentioned',
    holdsFor: () => true,
    findings: (source) => [
      ...source.references.filter(({ path }) => path?.startsWith('..')).map(named),
      ...(isSpec(source.path) ? [] : linesWith(source.text, `../${'shared'}`)),
    ],
  },
];

/** All lines of apps and libs that break a rule, in order of path and line. */
export function violationsIn(sources: readonly Source[]): Violation[] {
  return sources
    .flatMap((source) =>
      rules
        .filter((rule) => rule.holdsFor(source.path))
        .flatMap((rule) =>
          rule.findings(source).map((finding) => ({ path: source.path, rule: rule.name, ...finding })),
        ),
    )
    .sort((a, b) => a.path.localeCompare(b.path) || a.line - b.line);
}

function pureRank(path: string): number {
  const folder = /^libs\/([^/]+)(\/|$)/.exec(path)?.[1];
  return pureFolders.indexOf(folder ?? '');
}

function isAllowedInPure(from: string, { path, specifier }: Reference): boolean {
  if (specifier === computed || path === undefined) return false;
  const rank = pureRank(path);
  return rank >= 0 && rank <= pureRank(from);
}

const notAdapters = ['contract', 'directory'];

/** The adapter whose folder holds this path, e.g. `x12` for `libs/payers/x12/ask.ts`. */
function adapterOf(path: string): string | undefined {
  const folder = /^libs\/payers\/([^/]+)\//.exec(path)?.[1];
  return folder && !notAdapters.includes(folder) ? folder : undefined;
}

function isForeignAdapter(from: string, { path }: Reference): boolean {
  if (path === undefined) return false;
  if (path === 'libs/payers' || path === 'libs/payers/index') return true;
  const adapter = adapterOf(`${path}/`);
  return adapter !== undefined && adapter !== adapterOf(from);
}

function isPackage(...names: string[]): (reference: Reference) => boolean {
  return ({ specifier }) => names.some((name) => specifier === name || specifier.startsWith(`${name}/`));
}

/** `process.env`, and what would let it be read unseen: the process itself passed on, or a computed member. */
function readsEnvironment(what: string): boolean {
  return ['process', 'process.env', `process.${computed}`, 'globalThis.process', 'global.process'].includes(what);
}

function isAboveItself(from: string, { path }: Reference): boolean {
  if (path === undefined) return false;
  return path.startsWith('test/') || (from.startsWith('libs/') && path.startsWith('apps/'));
}

function isOfConsole(path: string): boolean {
  return path.startsWith('apps/console/');
}

/** Packages for pages alone: what begins with `node:` is not there in a browser. */
function isAllowedInConsole({ specifier, path, isTypeOnly }: Reference): boolean {
  if (path === undefined) return !specifier.startsWith('@nestjs/') && specifier !== 'axios' && specifier !== computed;
  return isOfConsole(path) || (isTypeOnly && path === 'libs/results');
}

function linesWith(text: string, words: string): Finding[] {
  return text.split('\n').flatMap((line, index) => (line.includes(words) ? [{ line: index + 1, found: words }] : []));
}

const named = ({ specifier, line }: Reference): Finding => ({ line, found: specifier });
const used = ({ what, line }: GlobalUse): Finding => ({ line, found: what });
