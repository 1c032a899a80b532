import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceFile, forEachChild, isRegularExpressionLiteral, type Node, ScriptTarget } from 'typescript';

/** A regular expression of the program, and where it stands. */
export interface FoundRegex {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
  readonly line: number;
}

const folders = ['apps', 'libs'];

/** Every regular expression literal in the program; specs and fixtures are left out. */
export function regexesIn(root: string): FoundRegex[] {
  return folders.flatMap((folder) => sourcesIn(root, folder)).flatMap((file) => regexesOf(root, file));
}

function sourcesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name === 'dist' ? [] : sourcesIn(root, path);
    return /\.(?:ts|tsx|mjs)$/.test(entry.name) && !/\.(?:spec|fixture)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

function regexesOf(root: string, file: string): FoundRegex[] {
  const source = createSourceFile(file, readFileSync(join(root, file), 'utf8'), ScriptTarget.Latest, true);
  const found: FoundRegex[] = [];
  const visit = (node: Node): void => {
    if (isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1), file, line: line + 1 });
    }
    forEachChild(node, visit);
  };
  visit(source);
  return found;
}
