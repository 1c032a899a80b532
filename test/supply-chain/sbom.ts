import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockedPackage, readLockfile } from './lockfile';

interface Component {
  type: 'library';
  name: string;
  version: string;
  purl: string;
  scope: 'required' | 'optional' | 'excluded';
  licenses: { expression: string }[];
  hashes: { alg: 'SHA-512'; content: string }[];
}

/** The list of materials in CycloneDX 1.6, from the lockfile alone: the same lockfile gives the same text. */
export function billOfMaterials(root: string): object {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const components = new Map(
    readLockfile(root)
      .filter(({ link }) => !link)
      .map((one) => [purlOf(one), componentOf(one)]),
  );
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name, version, licenses: [{ expression: 'Apache-2.0' }] } },
    components: [...components].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, component]) => component),
  };
}

function componentOf(one: LockedPackage): Component {
  const sha512 = one.integrity?.startsWith('sha512-')
    ? Buffer.from(one.integrity.slice(7), 'base64').toString('hex')
    : '';
  return {
    type: 'library',
    name: one.name,
    version: one.version,
    purl: purlOf(one),
    scope: one.dev ? 'excluded' : one.optional ? 'optional' : 'required',
    licenses: one.license ? [{ expression: one.license }] : [],
    hashes: sha512 ? [{ alg: 'SHA-512', content: sha512 }] : [],
  };
}

function purlOf({ name, version }: LockedPackage): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** Packages that are installed in another version than is locked, or not at all though this platform needs them. */
export function installedOtherwise(root: string): string[] {
  return readLockfile(root).flatMap(({ path, name, version, optional, link }) => {
    const file = join(root, path, 'package.json');
    if (link || (!existsSync(file) && optional)) return [];
    if (!existsSync(file)) return [`${name}@${version} is not installed`];
    const found = (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
    return found === version ? [] : [`${name} is installed as ${found}, locked as ${version}`];
  });
}
