import { readMigrateConfig } from '@openvob/platform';
import { migrate } from '@openvob/store/migrate';

/** Brings the schema up to date as the owner, once per release and before its programs start; safe to run by several at once and again. */
export async function main(): Promise<void> {
  try {
    const { ownerUrl, applicationPassword } = readMigrateConfig();
    const { applied } = await migrate({
      ownerUrl,
      ...(applicationPassword === undefined ? {} : { applicationPassword }),
    });
    process.stdout.write(`${applied.length === 0 ? 'The schema is up to date' : `Applied ${applied.join(', ')}`}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
