import { writeFileSync } from 'node:fs';
import { packageFaults } from './packages';
import { billOfMaterials } from './sbom';
import { secretsIn } from './secrets';

// Given the repository's folder; with a second argument it writes the list of materials there.
const [root = '.', sbomFile] = process.argv.slice(2);

if (sbomFile) writeFileSync(sbomFile, `${JSON.stringify(billOfMaterials(root), undefined, 2)}\n`);
const faults = [
  ...packageFaults(root),
  ...secretsIn(root).map((place) => `${place} must not stand there: take it away and change it`),
];
for (const fault of faults) console.log(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
