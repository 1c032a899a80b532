import { resolve } from 'node:path';
import type { Measurement } from '../setup/measure';
import { lockedAges } from '../supply-chain/age';
import { readLockfile } from '../supply-chain/lockfile';
import { isDenied, isLicensed, packageFaults } from '../supply-chain/packages';
import { billOfMaterials, installedOtherwise } from '../supply-chain/sbom';
import { all, none, notMeasured } from './bar.rows';

const root = resolve(__dirname, __dirname.includes('/dist/') ? '../../..' : '../..');

/** S22: what is brought in. */
export function run(): Measurement[] {
  const packages = readLockfile(root).filter(({ link }) => !link);
  const sealed = packages.filter(({ integrity }) => integrity?.startsWith('sha512-'));
  const { components } = billOfMaterials(root) as { components: unknown[] };
  const distinct = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const ages = lockedAges(root, { days: 7, now: new Date() });
  const otherwise = installedOtherwise(root);
  for (const one of otherwise) console.error(`  ${one}`);
  return [
    all('locked packages with a sha512 hash', sealed.length, packages.length, 'packages'),
    none('releases that are known to have been taken over', packages.filter(isDenied).length, 'packages'),
    all('licences on the list', packages.filter(isLicensed).length, packages.length, 'packages'),
    none('other faults (origins, install scripts, loose ranges)', packageFaults(root).length, 'faults'),
    all('packages in the list of materials', components.length, distinct.size, 'packages'),
    none('installed otherwise than locked', otherwise.length, 'packages'),
    {
      what: `releases that the lock’s history shows to be older than 7 days, of ${distinct.size}`,
      value: ages.oldEnough,
      unit: 'releases',
      goal: 'the rest only a registry dates: npm install --min-release-age=7 where packages are updated',
      ...(ages.unknown.length === 0 ? { pass: true } : {}),
    },
    notMeasured('known vulnerabilities', 'npm audit, where a registry answers it'),
  ];
}
