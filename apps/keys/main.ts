import { existsSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog, generateKeyRing, Problem, readDirectoryConfig, systemClock } from '@openvob/platform';
import { Database, KeyRotation, openCipher, type RotationProgress } from '@openvob/store';

const usage = `npm run keys -- generate FILE               write a fresh key ring, for KEY_SERVICE=local
npm run keys -- status                      which master keys and data keys there are, and how far a rotation is
npm run keys -- rotate [--owner FACILITY] [--indexes] [--rewrap-only]
                                            fresh data keys (and keys of the blind indexes), wrapped by the current master key
npm run keys -- destroy FACILITY --confirm FACILITY
                                            makes all patient data of a facility unreadable for good, in backups too

DATABASE_URL and the settings of the key service say where, as for the API; without them it is the demonstration that runs here.`;

/** What of the outside a run of the command needs. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Settings in place of the process's own. */
  readonly settings?: Readonly<Record<string, string>>;
}

const options = {
  owner: { type: 'string' },
  indexes: { type: 'boolean', default: false },
  'rewrap-only': { type: 'boolean', default: false },
  confirm: { type: 'string' },
} as const;

const rowsAStep = 2_000;

/** Runs the command. @returns the exit code */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [subcommand, subject] = positionals;
  if (subcommand === 'generate' && subject !== undefined) return generate(resolve(subject), io);
  if (subcommand === 'status') return withRotation(io, (rotation) => status(rotation, io));
  if (subcommand === 'rotate') return withRotation(io, (rotation) => rotate(rotation, values, io));
  if (subcommand === 'destroy' && subject !== undefined) {
    if (values.confirm === subject) return withRotation(io, (rotation) => destroy(rotation, subject, io));
    io.stderr.write(`Nothing was done. This cannot be undone: repeat the facility's id after --confirm.\n`);
    return 2;
  }
  io.stderr.write(`${usage}\n`);
  return 2;
}

/** A ring that is there already is never written over. */
function generate(file: string, io: CommandIo): number {
  writeFileSync(file, `${generateKeyRing()}\n`, { mode: 0o600, flag: 'wx' });
  io.stdout.write(
    'Written. Keep a copy of it apart from the backups of the database: without it these are of no use.\n',
  );
  return 0;
}

async function status(rotation: KeyRotation, io: CommandIo): Promise<number> {
  for (const owner of await rotation.owners()) {
    const keys = await rotation.keysOf(owner);
    for (const { purpose, version, state, masterKey } of keys)
      io.stdout.write(
        `${owner}  ${purpose} ${version}  ${state}  ${masterKey ?? (version === 0 ? 'key ring' : '-')}\n`,
      );
    io.stdout.write(`${described(await rotation.progress(owner))}\n`);
  }
  return 0;
}

async function rotate(
  rotation: KeyRotation,
  { owner, indexes, 'rewrap-only': rewrapOnly }: { owner?: string; indexes?: boolean; 'rewrap-only'?: boolean },
  io: CommandIo,
): Promise<number> {
  const all = await rotation.owners();
  if (owner !== undefined && !all.includes(owner)) throw new Error('There are no keys of such a facility.');
  for (const one of owner === undefined ? all : [owner]) {
    const rewrapped = await rotation.rewrap(one);
    if (rewrapped > 0) io.stdout.write(`${one}  ${rewrapped} data keys wrapped anew\n`);
    if (rewrapOnly) continue;
    await rotation.begin(one, actor(), indexes ? ['fields', 'index'] : ['fields']);
    await advance(rotation, one, io);
  }
  return 0;
}

/** Goes through all rows; the former keys are ended by the workers, once nobody can write under them any more. */
async function advance(rotation: KeyRotation, owner: string, io: CommandIo): Promise<void> {
  for (let before = -1; ; ) {
    const progress = await rotation.advance(owner, rowsAStep);
    io.stdout.write(`${described(progress)}\n`);
    if (progress.isDone || progress.lookedAt === before) return;
    before = progress.lookedAt;
  }
}

async function destroy(rotation: KeyRotation, owner: string, io: CommandIo): Promise<number> {
  if (owner === 'installation' || !(await rotation.owners()).includes(owner))
    throw new Error('There are no keys of such a facility.');
  const count = await rotation.destroy(owner, actor());
  io.stdout.write(`${owner}  ${count} keys destroyed\n`);
  return 0;
}

function described({ owner, isDone, lookedAt, rewritten }: RotationProgress): string {
  if (isDone) return `${owner}  all rows are under the current keys`;
  return `${owner}  ${lookedAt} rows looked at, ${rewritten} written anew; the former keys still read`;
}

const actor = () => ({ kind: 'command', id: userInfo().username }) as const;

async function withRotation(
  { settings }: CommandIo,
  work: (rotation: KeyRotation) => Promise<number>,
): Promise<number> {
  const config = readDirectoryConfig(demonstrationIn(resolve('.openvob')), settings);
  const database = await Database.open({ url: config.databaseUrl, poolSize: 2, applicationName: 'openvob-keys' });
  try {
    const { cipher, keys } = openCipher(database, config, { clock: systemClock, log: createLog('keys', 'error') });
    return await work(new KeyRotation({ database, cipher, keys }));
  } finally {
    await database.close();
  }
}

/** Where the demonstration of this folder keeps its settings; undefined when there is none. */
function demonstrationIn(home: string): { databaseUrlFile: string; keysFile: string } | undefined {
  const databaseUrlFile = resolve(home, 'database-url');
  return existsSync(databaseUrlFile) ? { databaseUrlFile, keysFile: resolve(home, 'keys.json') } : undefined;
}

/** The command from a shell. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(args, { stdout: process.stdout, stderr: process.stderr });
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof Problem) return error.options.detail ?? error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
    return 'Nothing was done: that file is there already.';
  return error instanceof Error ? error.message : String(error);
}

if (require.main === module) void main(process.argv.slice(2));
