import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** A text file of the repository. */
export interface TextFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const notOurs = new Set(['node_modules', '.git']);
/** Made by tools at the root; a library may well have the same name (libs/coverage). */
const madeAtRoot = new Set(['dist', 'coverage', '.openvob', '.test']);
const longestBytes = 2_000_000;

/** Every text file under `folders` of the repository (all of it without any), but for what is installed, built or kept as data. */
export function readTextFiles(root: string, folders: readonly string[] = ['.']): TextFile[] {
  return folders.flatMap((folder) => walk(root, folder === '.' ? '' : folder)).flatMap((path) => readText(root, path));
}

function walk(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
    ({ name }) => !notOurs.has(name) && !(folder === '' && madeAtRoot.has(name)),
  );
  return entries.flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    return entry.isDirectory() ? walk(root, path) : entry.isFile() ? [path] : [];
  });
}

function readText(root: string, path: string): TextFile[] {
  const full = join(root, path);
  if (statSync(full).size > longestBytes) return [];
  const text = readFileSync(full, 'utf8');
  return text.includes('\0') ? [] : [{ path, text }];
}
