import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { wantsColour } from '@openvob/platform/config';
import { decodeText } from './decode-text';
import { filePieces } from './file-pieces';
import type { Display, StreamingIo } from './io';
import { linesOf } from './lines';

/** What a terminal has that does not tell, and what is printed elsewhere. */
const USUAL_COLUMNS = 80;

/** Standard streams and files of this process. */
export function processIo(): StreamingIo {
  return {
    stdin: async () => {
      const pieces: Buffer[] = [];
      for await (const piece of process.stdin) pieces.push(piece);
      return decodeText(Buffer.concat(pieces));
    },
    readFile: (path) => decodeText(readFileSync(path)),
    readPieces: filePieces,
    writeFile: (path, bytes) => writeFileSync(path, bytes),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdinLines: () => linesOf(standardInput()),
    stdoutReady: async () => {
      if (process.stdout.writableNeedDrain) await once(process.stdout, 'drain');
    },
    display: displayOf(process.stdout, wantsColour()),
  };
}

/** Width and colour of an output; one that is no terminal has 80 columns, and colour only when it is asked for. */
export function displayOf(
  output: { readonly isTTY?: boolean; readonly columns?: number },
  wanted: boolean | undefined,
): Display {
  const isTerminal = output.isTTY === true;
  return { columns: (isTerminal ? output.columns : undefined) || USUAL_COLUMNS, colour: wanted ?? isTerminal };
}

/** Opened when it is first read; a character split over two pieces comes whole. */
function standardInput(): NodeJS.ReadStream {
  return process.stdin.setEncoding('utf8');
}

/** Ends quietly when the reader of standard output has gone, as with `vob … | head`. */
export function endWhenReaderLeaves(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}
