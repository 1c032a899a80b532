/** How standard output shows a page for people. */
export interface Display {
  /** Characters in a line. */
  readonly columns: number;
  readonly colour: boolean;
}

/** Where nothing is known of the output. */
export const PLAIN_DISPLAY: Display = { columns: 80, colour: false };

/** What a subcommand of `vob` may touch; `main.ts` binds it to the process, specs to strings. */
export interface Io {
  /** All of standard input as text. */
  stdin(): Promise<string>;
  /** Text of a file; throws as `fs.readFileSync` does when there is none. */
  readFile(path: string): string;
  /** Puts bytes into a file, in place of what it held. */
  writeFile(path: string, bytes: Uint8Array): void;
  stdout(text: string): void;
  stderr(text: string): void;
  /** `PLAIN_DISPLAY` when absent. */
  readonly display?: Display;
}

/** For a subcommand that reads its input while it still comes in. */
export interface StreamingIo extends Io {
  /** Text of a file piece by piece, in little memory however long it is; throws as `fs.readFileSync` does when there is none. */
  readPieces(path: string): AsyncIterable<string>;
  /** Lines of standard input without their line ends, one after another. */
  stdinLines(): AsyncIterable<string>;
  /** Resolves when standard output takes more: a slow reader must not fill the memory. */
  stdoutReady(): Promise<void>;
}

/** A subcommand gets what stands after its name and returns the exit code. */
export type Subcommand = (argv: readonly string[], io: StreamingIo) => Promise<number>;

export const EXIT_OK = 0;
/** Wrong usage, or input that is not what the subcommand reads. */
export const EXIT_BAD_INPUT = 2;
