import { type ParseArgsConfig, parseArgs } from 'node:util';
import { EXIT_BAD_INPUT, type Io, type StreamingIo } from './io';

/** Wrong usage, told on standard error. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads options and operands strictly; throws a UsageError that says what is wrong. */
export function readArguments<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (thrown) {
    const refusal = thrown as { code?: unknown; message?: unknown };
    if (!String(refusal.code).startsWith('ERR_PARSE_ARGS_')) throw thrown;
    throw new UsageError(String(refusal.message), { cause: thrown });
  }
}

/** Text of a named file, or of standard input for `-`; throws a UsageError when the file cannot be read. */
export async function readInput(file: string, io: Io): Promise<string> {
  if (file === '-') return io.stdin();
  try {
    return io.readFile(file);
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
}

/** As `readInput`, piece by piece; standard input comes in one. */
export async function* inputPieces(file: string, io: StreamingIo): AsyncGenerator<string> {
  try {
    if (file === '-') yield await io.stdin();
    else yield* io.readPieces(file);
  } catch (thrown) {
    throw unreadable(file, thrown);
  }
}

function unreadable(file: string, thrown: unknown): UsageError {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new UsageError(`cannot read ${file}: ${reason}`, { cause: thrown });
}

/** Tells a usage error on standard error with the way to the help; anything else is thrown on. */
export function refuseUsage(thrown: unknown, command: string, io: Io): number {
  if (!(thrown instanceof UsageError)) throw thrown;
  io.stderr(`${command}: ${thrown.message}\nTry '${command} --help'.\n`);
  return EXIT_BAD_INPUT;
}
