import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a reader of a PDF gets. */
export interface PdfFacts {
  readonly pages: number;
  readonly title: string;
  readonly language: string | null;
  readonly isTagged: boolean;
  /** Of PDF/UA. */
  readonly part: string | null;
  readonly text: string;
  /** Of the tagged parts, in reading order; images with their alternative text. */
  readonly roles: readonly string[];
}

/** Reads PDFs by another program's eyes. It is an ES module of a kind that Jest cannot load, so that it runs beside it. */
export function pdfFacts(...pdfs: readonly Buffer[]): PdfFacts[] {
  const folder = mkdtempSync(join(tmpdir(), 'openvob-pdf-'));
  try {
    const files = pdfs.map((pdf, index) => {
      const file = join(folder, `${index}.pdf`);
      writeFileSync(file, pdf);
      return file;
    });
    const text = execFileSync(process.execPath, [join(__dirname, 'read-pdf.mjs'), ...files], {
      maxBuffer: 64 * 1024 * 1024,
      encoding: 'utf8',
    });
    return JSON.parse(text) as PdfFacts[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A text without blanks and breaks, which paper adds and takes away. */
export function withoutBlanks(text: string): string {
  return text.replace(/[\s\u200b\u00ad]+/g, '');
}
