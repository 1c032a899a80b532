import { resolve } from 'node:path';
import type { ChainFindings, SignedHead } from '@openvob/access';
import { EXIT_OK, type Io, type StreamingIo } from './io';
import { readArguments, readInput, refuseUsage, UsageError } from './usage';

const HELP = `Usage: vob audit verify [--heads FILE]... [--key KEY] [--facility ID] [--json]

Walks the hash chain of every facility's audit trail, and of the installation's own, and says where it was tampered with.
Without --heads only what contradicts itself is found; with the heads that were exported (AUDIT_HEAD_FILE, the log's lines
audit.head, or GET /v1/audit/head) also a chain that was written anew or cut off.

  --heads FILE     exported heads, one JSON object a line ("-" for standard input); may be given several times
  --key KEY        the public key that heads have to be signed with
  --facility ID    this chain alone ("installation" for what belongs to no facility)
  --json           findings as JSON

DATABASE_URL says where, as for the API; without it it is the demonstration that runs in this folder.
Exit code: 0 whole, 1 tampered with, 2 wrong usage.
`;

const EXIT_TAMPERED = 1;

/** `vob audit verify`: walks the audit chains of a database. */
export async function runAudit(argv: readonly string[], io: StreamingIo): Promise<number> {
  try {
    const options = readOptions(argv);
    if (!options) {
      io.stdout(HELP);
      return EXIT_OK;
    }
    const heads = await readAllHeads(options.heads, io);
    // The pure subcommands do without the database and its libraries.
    const { findingsIn } = await import('./audit-chains');
    const findings = await findingsIn(resolve('.openvob/database-url'), { ...options, heads });
    if (findings.length === 0) throw new UsageError(`there is no chain ${options.facility ?? ''}`);
    io.stdout(options.json ? `${JSON.stringify(findings)}\n` : findings.map(described).join(''));
    return findings.some(({ faults }) => faults.length > 0) ? EXIT_TAMPERED : EXIT_OK;
  } catch (thrown) {
    return refuseUsage(thrown, 'vob audit', io);
  }
}

interface Options {
  heads: string[];
  key?: string;
  facility?: string;
  json: boolean;
}

/** Undefined when help is asked for. */
function readOptions(argv: readonly string[]): Options | undefined {
  const { values, positionals } = readArguments({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h' },
      heads: { type: 'string', multiple: true },
      key: { type: 'string' },
      facility: { type: 'string' },
      json: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  if (positionals.length !== 1 || positionals[0] !== 'verify') throw new UsageError('say what: vob audit verify');
  const { heads = [], key, facility, json = false } = values;
  return { heads, json, ...(key ? { key } : {}), ...(facility ? { facility } : {}) };
}

async function readAllHeads(files: readonly string[], io: Io): Promise<SignedHead[]> {
  const { readHeads } = await import('@openvob/access');
  const heads: SignedHead[] = [];
  for (const file of files) {
    const found = readHeads(await readInput(file, io));
    if (found.length === 0) throw new UsageError(`${file} holds no exported head`);
    heads.push(...found);
  }
  return heads;
}

function described({ chain, links, heads, head, faults }: ChainFindings): string {
  const compared = heads === 0 ? 'no exported head to compare with' : `${heads} exported heads compared`;
  const end = head ? `, ends at ${head.position} with ${head.hash.slice(0, 16)}…` : '';
  const verdict = faults.length === 0 ? 'whole' : `TAMPERED WITH, ${faults.length} faults`;
  const lines = faults.map(({ position, entryId, says }) => {
    const where = [
      position === undefined ? [] : `position ${position}`,
      entryId === undefined ? [] : `line ${entryId}`,
    ];
    return `  ${where.flat().join(', ')}: ${says}\n`;
  });
  return `${chain}: ${links} links${end}; ${compared}: ${verdict}\n${lines.join('')}`;
}
