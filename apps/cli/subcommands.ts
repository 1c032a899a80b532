import { runAudit } from './audit';
import { runDocument } from './document';
import { runEstimate } from './estimate';
import { runInquiry } from './inquiry';
import { EXIT_BAD_INPUT, EXIT_OK, type StreamingIo, type Subcommand } from './io';
import { runRead } from './read';
import { runWhatIf } from './whatif';

interface Entry {
  readonly summary: string;
  readonly run: Subcommand;
}

const SUBCOMMANDS: ReadonlyMap<string, Entry> = new Map([
  ['read', { summary: 'what a payer said, from its message in any format', run: runRead }],
  ['estimate', { summary: 'what a patient will owe for a whole program, from a case', run: runEstimate }],
  [
    'whatif',
    { summary: 'what it costs from another date, in another network, with a question answered', run: runWhatIf },
  ],
  ['document', { summary: 'the estimate of a case in plain words for the family, as HTML or PDF', run: runDocument }],
  ['audit', { summary: 'whether the audit trail of a database was tampered with', run: runAudit }],
  ['inquiry', { summary: 'an eligibility inquiry (X12 270) from a verification request', run: runInquiry }],
]);

/** `vob SUBCOMMAND …`: runs the subcommand and returns its exit code; 2 when there is no such one. */
export async function runVob(argv: readonly string[], io: StreamingIo): Promise<number> {
  const [name = '', ...rest] = argv;
  const entry = SUBCOMMANDS.get(name);
  if (entry) return entry.run(rest, io);
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(usage());
    return EXIT_OK;
  }
  io.stderr(name === '' ? usage() : `vob: there is no subcommand ${name}\n${usage()}`);
  return EXIT_BAD_INPUT;
}

function usage(): string {
  const rows = [...SUBCOMMANDS].map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`);
  return `Usage: vob SUBCOMMAND [OPTION]...\n\n${rows.join('\n')}\n\n'vob SUBCOMMAND --help' says more.\n`;
}
