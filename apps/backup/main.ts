import { parseArgs } from 'node:util';
import { createKeyManagement, createLog, readBackupConfig, systemClock } from '@openvob/platform';
import {
  type Counts,
  Database,
  dump,
  migrate,
  openCipher,
  provesReadable,
  provesUnbroken,
  prune,
  restore,
} from '@openvob/store';

const usage = `npm run backup -- dump FILE        all rows of one moment, encrypted under a key that the master key wraps
npm run backup -- restore FILE     into the database of RESTORE_DATABASE_URL, which has to be empty
npm run backup -- drill FILE       dump, restore, prove by the keys that patients can be read there, and verify the audit chains
npm run backup -- prune FILE NEW   a copy without the patients who were erased since, under a key of its own: destroy FILE afterwards

OWNER_DATABASE_URL is a superuser's (row-level security leaves every other log-in out of rows), RESTORE_DATABASE_URL likewise; the key service is
set as for the API. Master keys are not in the file: keep a copy of the key ring, or of what the key service is restored from, apart from it.`;

/** What of the outside a run of the command needs. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Settings in place of the process's own. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Runs the command. @returns the exit code */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const [subcommand, file, copy] = parseArgs({ args: [...args], allowPositionals: true, options: {} }).positionals;
  const isKnown = ['dump', 'restore', 'drill', 'prune'].includes(subcommand ?? '');
  if (file === undefined || !isKnown || (subcommand === 'prune') !== (copy !== undefined)) {
    io.stderr.write(`${usage}\n`);
    return 2;
  }
  const config = readBackupConfig(
    subcommand === 'dump' || subcommand === 'prune'
      ? ['source']
      : subcommand === 'restore'
        ? ['target']
        : ['source', 'target'],
    io.settings,
  );
  const management = createKeyManagement(config.keys);
  if (copy !== undefined) return pruned(io, await prune(config.sourceUrl, { from: file, to: copy }, management));
  if (subcommand !== 'restore') told(io, 'written', await dump(config.sourceUrl, file, management, systemClock.now()));
  if (subcommand === 'dump') return 0;
  await migrate({ ownerUrl: config.targetUrl });
  const { counts, at } = await restore(config.targetUrl, file, management);
  told(io, 'restored and counted again', counts);
  return prove(config, at, io);
}

function pruned(io: CommandIo, { removed, counts }: { removed: number; counts: Counts }): number {
  told(io, 'kept', counts);
  io.stdout.write(`${removed} rows of erased patients, and forms that were not sent, left out\n`);
  return 0;
}

/** A restore that nobody can decrypt is none, and one whose trail does not hold either. */
async function prove(config: ReturnType<typeof readBackupConfig>, at: Date, io: CommandIo): Promise<number> {
  const database = await Database.open({ url: config.targetUrl, poolSize: 2, applicationName: 'openvob-drill' });
  try {
    const { cipher, keys } = openCipher(database, config, { clock: systemClock, log: createLog('backup', 'error') });
    const { facilities, readable, unreadable } = await provesReadable(database, cipher, keys);
    io.stdout.write(
      `${facilities} facilities: ${readable} verifications decrypted as a sample, ${unreadable} could not be\n`,
    );
    const { chains, links, faults } = await provesUnbroken(database, at);
    io.stdout.write(`${chains} audit chains verified: ${links} links, ${faults.length} faults\n`);
    for (const { chain, says } of faults.slice(0, 20)) io.stdout.write(`  ${chain}: ${says}\n`);
    return unreadable === 0 && faults.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

function told(io: CommandIo, what: string, counts: Counts): void {
  const rows = Object.values(counts).reduce((sum, count) => sum + count, 0);
  io.stdout.write(`${rows} rows of ${Object.keys(counts).length} tables ${what}\n`);
}

/** The command from a shell. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(args, { stdout: process.stdout, stderr: process.stderr });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main(process.argv.slice(2));
