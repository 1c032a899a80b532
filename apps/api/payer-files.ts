import { Readable } from 'node:stream';
import type { Principal } from '@openvob/access';
import { personVariations } from '@openvob/payers';
import { readPayerFile, UnreadableText } from '@openvob/payers/directory';
import { type Clock, type Log, Problem } from '@openvob/platform';
import type { DirectoryExport, DirectoryImport, ImportReport } from '@openvob/store';
import { operatorOf } from './actor';

export interface PayerFilesParts {
  directoryImport: DirectoryImport;
  directoryExport: DirectoryExport;
  clock: Clock;
  log: Log;
}

/** A file of 100,000 payers has some 20 MB. */
const mostBytes = 256 * 1024 * 1024;

/** The payer directory as a file. */
export class PayerFiles {
  constructor(private readonly parts: PayerFilesParts) {}

  /** The whole directory; connections are in it for those alone who may see them. */
  text({ role }: Principal): Readable {
    const withConnections = role === 'ops' || role === 'auditor';
    return Readable.from(this.parts.directoryExport.text({ withConnections }));
  }

  /** @throws Problem `malformed_request` when not even the header can be read, `unsupported_media_type` without a file */
  async bring(caller: Principal, file: unknown, dryRun: boolean): Promise<ImportReport> {
    if (!(file instanceof Readable))
      throw new Problem('unsupported_media_type', { detail: 'Send the file as text/csv.' });
    const { directoryImport, clock, log } = this.parts;
    const rows = readPayerFile(limited(file), personVariations);
    const options = { editor: operatorOf(caller), now: clock.now(), dryRun, mayConnect: caller.role === 'ops', log };
    try {
      const report = await directoryImport.run(rows, options);
      const { faults: _, ...counts } = report;
      log.info('directory.imported', { by: caller.id, ...counts });
      return report;
    } catch (error) {
      if (error instanceof UnreadableText)
        throw new Problem('malformed_request', { detail: `In the file, ${error.message}.` });
      throw error;
    } finally {
      file.resume(); // what was not read of a refused file, so that its sender gets to read why
    }
  }
}

async function* limited(file: Readable): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of file as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Problem('body_too_large');
    yield chunk;
  }
}
