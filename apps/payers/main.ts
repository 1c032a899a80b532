import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { adapters, personVariations } from '@openvob/payers';
import { readPayerFile, UnreadableText } from '@openvob/payers/directory';
import { createLog, type FieldCipher, readDirectoryConfig, systemClock } from '@openvob/platform';
import { Database, DirectoryExport, DirectoryImport, type ImportReport, openCipher } from '@openvob/store';

const usage = `npm run payers -- import FILE [--dry-run]   bring a CSV file of payers in ("-" for standard input)
npm run payers -- export [FILE]             write all of them (to standard output without FILE)

DATABASE_URL and OPENVOB_KEYS_FILE say where, as for the API; without them it is the demonstration that runs in this folder.
The payers that come with OpenVOB: libs/payers/directory/payers.csv`;

/** What of the outside a run of the command needs. */
export interface CommandIo {
  readonly stdin: Readable;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
}

/** Runs the command. @returns the exit code: 1 when a row was left out or nothing could be done */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false } },
  });
  const [subcommand, file] = positionals;
  if (subcommand === 'import' && file !== undefined && positionals.length === 2)
    return withDatabase((database, cipher) => bring(database, cipher, { file, dryRun: values['dry-run'], io }));
  if (subcommand === 'export' && positionals.length <= 2) return withDatabase((database) => write(database, file, io));
  io.stderr.write(`${usage}\n`);
  return 2;
}

interface Import {
  file: string;
  dryRun: boolean;
  io: CommandIo;
}

async function bring(database: Database, cipher: FieldCipher, { file, dryRun, io }: Import): Promise<number> {
  const bytes = file === '-' ? io.stdin : createReadStream(file);
  const report = await new DirectoryImport(database, { cipher, adapters }).run(readPayerFile(bytes, personVariations), {
    editor: { actor: { kind: 'command', id: userInfo().username } },
    now: systemClock.now(),
    dryRun,
    mayConnect: true,
  });
  for (const line of described(report)) io.stdout.write(`${line}\n`);
  return report.faultyRows === 0 ? 0 : 1;
}

function described(report: ImportReport): string[] {
  const { added, changed, unchanged, connectionsAdded, connectionsChanged, faultyRows, faults } = report;
  const more = faultyRows > 0 && faults.length >= 1_000 ? ['There are others: mend these first.'] : [];
  return [
    ...faults.map(({ line, column, detail }) => `line ${line}${column ? `, ${column}` : ''}: ${detail}`),
    ...more,
    `${report.dryRun ? 'Nothing is kept. ' : ''}Payers: ${added} added, ${changed} changed, ${unchanged} as they were.`,
    `Connections: ${connectionsAdded} added, ${connectionsChanged} changed.`,
    ...(faultyRows > 0 ? [`${faultyRows} of ${report.rows} rows were left out.`] : []),
  ];
}

async function write(database: Database, file: string | undefined, io: CommandIo): Promise<number> {
  const text = Readable.from(new DirectoryExport(database).text({ withConnections: true }));
  if (file === undefined) await pipeline(text, io.stdout, { end: false });
  else await pipeline(text, createWriteStream(file, { mode: 0o600 }));
  return 0;
}

async function withDatabase(work: (database: Database, cipher: FieldCipher) => Promise<number>): Promise<number> {
  const config = readDirectoryConfig(demonstrationIn(resolve('.openvob')));
  const database = await Database.open({ url: config.databaseUrl, poolSize: 2, applicationName: 'openvob-payers' });
  try {
    const { cipher, keys } = openCipher(database, config, { clock: systemClock, log: createLog('payers', 'error') });
    await keys.ready('installation');
    return await work(database, cipher);
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
    const io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
    process.exitCode = await run(args, io);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof UnreadableText) return `In the file, ${error.message}.`;
  return error instanceof Error ? error.message : String(error);
}

if (require.main === module) void main(process.argv.slice(2));
