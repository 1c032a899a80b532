import type { StreamingIo } from './io';
import { linesOf } from './lines';

/** An `Io` on strings, and what was written to it. */
export interface TestIo extends StreamingIo {
  readonly written: { out: string; err: string; files: Record<string, Uint8Array> };
}

/** Files by their names; standard input comes in the given pieces. */
export function testIo({ files = {}, input = [] }: { files?: Record<string, string>; input?: string[] } = {}): TestIo {
  const written: TestIo['written'] = { out: '', err: '', files: {} };
  return {
    written,
    stdin: async () => input.join(''),
    readFile: (path) => readFile(files, path),
    readPieces: (path) => pieces([readFile(files, path)]),
    writeFile: (path, bytes) => {
      written.files[path] = bytes;
    },
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
    stdinLines: () => linesOf(pieces(input)),
    stdoutReady: async () => {},
  };
}

function readFile(files: Readonly<Record<string, string>>, path: string): string {
  const text = files[path];
  if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
  return text;
}

async function* pieces(input: readonly string[]): AsyncGenerator<string> {
  yield* input;
}
