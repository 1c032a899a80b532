import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Problem } from '@openvob/platform';
import type { DocumentContent } from '../content';
import { type Coverage, coverageOf } from './font-coverage';
import { pdfData } from './pdf-data';

/** More than this wait at once only when something is wrong: whoever comes then is asked to come back. */
const mostWaiting = 100;

interface Waiting {
  readonly resolve: (pdf: Buffer) => void;
  readonly reject: (error: Error) => void;
}

type Done = { readonly id: number } & ({ readonly pdf: Uint8Array } | { readonly fault: string });

/**
 * Makes tagged PDF (PDF/UA-1) in a thread of its own, which is started with the first document, kept, and started again should it die.
 * Nothing is read from the network, and no font of the machine is used: the same document is the same bytes everywhere.
 */
export class PdfRenderer {
  private worker: Worker | undefined;
  private coverage: Coverage | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  /** @throws Problem `unavailable` while too many wait; Error when the document cannot be set, naming the compiler's words */
  async render(content: DocumentContent): Promise<Buffer> {
    if (this.waiting.size >= mostWaiting) throw new Problem('unavailable', { retryAfterSeconds: 5 });
    const madeAt = Date.parse(`${content.madeOn}T12:00:00Z`) / 1000;
    const fonts = fontFiles();
    this.coverage ??= coverageOf(fonts.regular);
    try {
      return await this.set(pdfData(content, this.coverage), madeAt);
    } catch (error) {
      // A font can lack a combination of characters that it has one by one; what every font has is tried then.
      if (!(error instanceof SettingFault)) throw error;
      return this.set(pdfData(content, latinOf(this.coverage)), madeAt);
    }
  }

  /** Ends the thread; documents that wait are refused. */
  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
    this.refuseAll(new Error('The renderer was closed'));
  }

  private set(document: string, madeAt: number): Promise<Buffer> {
    this.lastId += 1;
    const id = this.lastId;
    const worker = this.running();
    worker.ref();
    return new Promise<Buffer>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, document, madeAt });
    });
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const { regular, semibold } = fontFiles();
    const template = readFileSync(join(__dirname, 'document.typ'), 'utf8');
    const worker = new Worker(join(__dirname, 'typst-worker.cjs'), {
      workerData: { template, fonts: [regular, semibold] },
    });
    worker.on('message', (done: Done) => this.finish(worker, done));
    worker.on('error', (error) => this.lose(worker, error));
    worker.on('exit', () => this.lose(worker, new Error('The renderer ended')));
    this.worker = worker;
    return worker;
  }

  private finish(worker: Worker, done: Done): void {
    const waiting = this.waiting.get(done.id);
    this.waiting.delete(done.id);
    // Waiting for nothing, it holds no process back from ending.
    if (this.waiting.size === 0) worker.unref();
    if ('pdf' in done) waiting?.resolve(Buffer.from(done.pdf.buffer, done.pdf.byteOffset, done.pdf.byteLength));
    else waiting?.reject(new SettingFault(done.fault));
  }

  private lose(worker: Worker, error: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.refuseAll(error instanceof Error ? error : new Error(String(error)));
  }

  private refuseAll(error: Error): void {
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}

/** The compiler refused the document; its words may hold text of the document, so that they are never shown or logged. */
class SettingFault extends Error {
  override readonly name = 'SettingFault';

  constructor(readonly diagnostics: string) {
    super('The document could not be set as PDF');
  }
}

/** Letters, figures and signs of the Latin script without combining marks. */
function latinOf(coverage: Coverage): Coverage {
  return (codePoint) => coverage(codePoint) && (codePoint < 0x250 || (codePoint >= 0x2010 && codePoint < 0x2030));
}

interface Fonts {
  readonly regular: Buffer;
  readonly semibold: Buffer;
}

let read: Fonts | undefined;

/** Source Sans 3, under the SIL Open Font License. */
function fontFiles(): Fonts {
  if (read) return read;
  const { resolve } = createRequire(__filename);
  const file = (weight: string): Buffer =>
    readFileSync(resolve(`@expo-google-fonts/source-sans-3/${weight}/SourceSans3_${weight}.ttf`));
  read = { regular: file('400Regular'), semibold: file('600SemiBold') };
  return read;
}
