import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockedPackage, readLockfile } from './lockfile';
import { allowedLicences, denied, knownInstallScripts, licenceExceptions } from './rules';

/** What is wrong with the packages that are locked, each in one sentence with the remedy. Needs no network. */
export function packageFaults(root: string): string[] {
  const packages = readLockfile(root).filter(({ link }) => !link);
  return [...packages.flatMap(faultsOf), ...scriptFaults(root), ...looseRanges(root)];
}

function faultsOf(one: LockedPackage): string[] {
  const name = `${one.name}@${one.version}`;
  const isSealed = /^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? '');
  return [
    ...(isSealed ? [] : [`${name} has no sha512 integrity in package-lock.json: install it anew`]),
    ...(isElsewhere(one.resolved)
      ? [`${name} comes from ${originOf(one.resolved)}, not from a registry: take it away`]
      : []),
    ...(isDenied(one) ? [`${name} is a release that was taken over: go to another version`] : []),
    ...(isLicensed(one)
      ? []
      : [`${name} has the licence ${one.license ?? 'none'}: look at it, and name it in test/supply-chain/rules.ts`]),
    ...(one.hasInstallScript && !isKnownScript(one.name)
      ? [
          `${name} wants to run a script when it is installed: see whether it works without, and name it in test/supply-chain/rules.ts`,
        ]
      : []),
  ];
}

function isElsewhere(resolved: string | undefined): boolean {
  return resolved !== undefined && /^(?:git|file|link|http:|github)/.test(resolved);
}

function originOf(resolved: string | undefined): string {
  return resolved?.split(':')[0] ?? '';
}

export function isDenied({ name, version }: Pick<LockedPackage, 'name' | 'version'>): boolean {
  return denied.some(([who, versions]) => who === name && (versions === 'all' || versions.includes(version)));
}

/** An expression of SPDX: with OR one part must be allowed, with AND each. */
export function isLicensed({ name, license }: Pick<LockedPackage, 'name' | 'license'>): boolean {
  if (name in licenceExceptions) return true;
  const plain = (license ?? '').replace(/[()]/g, '');
  const isAllowed = (part: string): boolean => allowedLicences.has(part.trim());
  return plain.includes(' AND ') ? plain.split(' AND ').every(isAllowed) : plain.split(' OR ').some(isAllowed);
}

function isKnownScript(name: string): boolean {
  const scope = `${name.split('/')[0]}/*`;
  return name in knownInstallScripts || scope in knownInstallScripts;
}

/** Without it every package that is brought in could run what it likes on the machine of whoever installs. */
function scriptFaults(root: string): string[] {
  const settings = readFileSync(join(root, '.npmrc'), 'utf8');
  return /^ignore-scripts\s*=\s*true$/m.test(settings) ? [] : ['.npmrc must say ignore-scripts=true'];
}

/** A range that is open upwards, or a place, would bring what nobody looked at. */
function looseRanges(root: string): string[] {
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
  return Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, range]) => !/^[\^~]?\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(range))
    .map(([name, range]) => `${name} is asked for as "${range}": give a version, or ^ before one`);
}
