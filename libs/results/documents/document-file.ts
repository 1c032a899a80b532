import type { DocumentContent, DocumentKind, RenderedDocument } from './content';
import { renderHtml } from './html/render-html';
import type { PdfRenderer } from './pdf/pdf-renderer';

export type DocumentFormat = 'html' | 'pdf';

/** A document in one of its forms. */
export async function renderDocument(
  content: DocumentContent,
  format: DocumentFormat,
  pdf: PdfRenderer,
): Promise<RenderedDocument> {
  if (format === 'pdf') return { mediaType: 'application/pdf', bytes: await pdf.render(content) };
  return { mediaType: 'text/html; charset=utf-8', bytes: Buffer.from(renderHtml(content)) };
}

/** A file's name without anything about the patient: `patient-estimate-ver_01jd.pdf`. */
export function fileNameOf(kind: DocumentKind, verificationId: string, format: DocumentFormat): string {
  return `${kind.replaceAll('_', '-')}-${verificationId.replace(/[^\w-]/g, '')}.${format}`;
}
