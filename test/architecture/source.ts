import { posix } from 'node:path';
import ts from 'typescript';

/** One module that a file names, however it does. */
export interface Reference {
  readonly specifier: string;
  /** The repository path it leads to (without its extension), or undefined for a package. */
  readonly path: string | undefined;
  readonly line: number;
  /** Nothing of it is there when the program runs. */
  readonly isTypeOnly: boolean;
}

/** A use of something global: `process.env`, `Date.now`, `Math.random`, `fetch` ... */
export interface GlobalUse {
  readonly what: string;
  readonly line: number;
}

/** What the rules look at in one source file. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly references: readonly Reference[];
  readonly globals: readonly GlobalUse[];
}

/** Reads one TypeScript or JavaScript file. @param path from the repository's root, with `/` */
export function readSource(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const references: Reference[] = [];
  const globals: GlobalUse[] = [];
  const declared = namesDeclaredIn(file);
  visit(file, (node) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    const specifier = specifierOf(node);
    if (specifier !== undefined)
      references.push({ specifier, path: pathOf(path, specifier), line, isTypeOnly: isTypeOnly(node) });
    const what = globalUseOf(node, declared);
    if (what !== undefined) globals.push({ what, line });
  });
  return { path, text, references, globals };
}

/** Marks an import or require whose module is computed and cannot be checked. */
export const computed = '(computed)';

/** The module that this node names: import, export from, import type, import(), require(), require.resolve(), jest.mock(). */
function specifierOf(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return literal(node.moduleSpecifier);
  if (ts.isExternalModuleReference(node)) return literal(node.expression);
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? literal(node.argument.literal) : computed;
  if (!ts.isCallExpression(node) || !loadsModule(node.expression)) return undefined;
  return literal(node.arguments[0]) ?? computed;
}

/** `import type`, `export type … from`, and a type written in place; single types among values are not told apart. */
function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

const loaders = ['require', 'require.resolve', 'jest.mock', 'jest.requireActual'];

function loadsModule(callee: ts.Expression): boolean {
  return callee.kind === ts.SyntaxKind.ImportKeyword || loaders.includes(callee.getText());
}

function literal(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) ? node.text : undefined;
}

function pathOf(from: string, specifier: string): string | undefined {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier).replace(/\.(js|ts|mjs|tsx)$/, '');
  if (specifier.startsWith('@openvob/')) return specifier.replace('@openvob/', 'libs/');
  return undefined;
}

/** Reaches into the surroundings: the time, chance, the process, the network, the screen. */
const impure = ['process', 'performance', 'crypto', 'console', 'fetch', 'globalThis', 'global', 'eval', 'Function'];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'];
const watched = new Set([...impure, ...timers, 'Date', 'Math']);

function globalUseOf(node: ts.Node, declared: ReadonlySet<string>): string | undefined {
  if (!ts.isIdentifier(node) || !watched.has(node.text) || declared.has(node.text) || !isValue(node)) return undefined;
  const { parent, text } = node;
  if (text === 'Math')
    return memberOf(parent, node, (name) => name !== 'random') ? undefined : memberText(parent, node);
  if (text !== 'Date') return memberText(parent, node);
  if (ts.isNewExpression(parent) && parent.expression === node)
    return parent.arguments?.length ? undefined : 'new Date()';
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return undefined;
  return memberOf(parent, node, (name) => ['UTC', 'parse', 'prototype'].includes(name))
    ? undefined
    : memberText(parent, node);
}

function memberOf(parent: ts.Node, node: ts.Identifier, allowed: (name: string) => boolean): boolean {
  return ts.isPropertyAccessExpression(parent) && parent.expression === node && allowed(parent.name.text);
}

function memberText(parent: ts.Node, node: ts.Identifier): string {
  if (ts.isPropertyAccessExpression(parent) && parent.expression === node) return `${node.text}.${parent.name.text}`;
  if (!ts.isElementAccessExpression(parent) || parent.expression !== node) return node.text;
  return `${node.text}.${literal(parent.argumentExpression) ?? computed}`;
}

/** Not the name of a declaration, of a member or of a type. */
function isValue(node: ts.Identifier): boolean {
  const parent = node.parent as ts.Node & { name?: ts.Node; propertyName?: ts.Node };
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  return (
    parent.name !== node && parent.propertyName !== node && !ts.isPartOfTypeNode(node) && !ts.isTypeQueryNode(parent)
  );
}

function namesDeclaredIn(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  visit(file, (node) => {
    const declares = ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
    if ((declares || ts.isFunctionDeclaration(node)) && node.name && ts.isIdentifier(node.name))
      names.add(node.name.text);
  });
  return names;
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}
