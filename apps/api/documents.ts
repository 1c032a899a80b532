import type { Principal } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import {
  buildDocument,
  type DocumentFormat,
  type DocumentKind,
  type DocumentLanguage,
  documentKinds,
  documentLanguages,
  fileNameOf,
  type PdfRenderer,
  type PrintSize,
  printSizes,
  type RenderedDocument,
  renderDocument,
} from '@openvob/results/documents';
import type { Dossiers } from '@openvob/store';
import { actorOf } from './actor';

const formats = ['html', 'pdf'] as const satisfies readonly DocumentFormat[];

/** What is asked for, as it stands in the address. */
export interface DocumentQuery {
  readonly kind?: string;
  readonly language?: string;
  readonly print?: string;
  readonly format?: string;
}

export interface DocumentWish {
  readonly kind: DocumentKind;
  readonly language: DocumentLanguage;
  readonly print: PrintSize;
  readonly format: DocumentFormat;
}

/** Hands out documents about verifications. */
export class Documents {
  constructor(private readonly parts: { dossiers: Dossiers; pdf: PdfRenderer; clock: Clock }) {}

  /** @throws Problem `not_found`, `wrong_state` while there is nothing to write on it, `unavailable` */
  async handOut(caller: Principal, id: string, wish: DocumentWish): Promise<RenderedDocument & { fileName: string }> {
    const { dossiers, pdf, clock } = this.parts;
    const { kind, language, print, format } = wish;
    const target = { facilityId: caller.facilityId, id, actor: actorOf(caller), now: clock.now() };
    const content = await dossiers.disclose(target, { kind, format, language }, (dossier) =>
      buildDocument(kind, dossier, { language, print }),
    );
    if (!content) throw new Problem('not_found');
    return { ...(await renderDocument(content, format, pdf)), fileName: fileNameOf(kind, id, format) };
  }
}

/**
 * The summary in English as PDF, unless something else is asked for. Whoever takes HTML (a browser's address line) and names no format gets HTML.
 *
 * @throws Problem `malformed_request`
 */
export function readDocumentQuery(query: DocumentQuery, accept: string | undefined): DocumentWish {
  const one = <T extends string>(name: keyof DocumentQuery, allowed: readonly T[], otherwise: T): T => {
    const given = query[name];
    if (given === undefined) return otherwise;
    const found = allowed.find((word) => word === given);
    if (found === undefined)
      throw new Problem('malformed_request', { detail: `${name} must be one of ${allowed.join(', ')}` });
    return found;
  };
  const [accepted = ''] = /text\/html|application\/pdf/.exec(accept ?? '') ?? [];
  return {
    kind: one('kind', documentKinds, 'summary'),
    language: one('language', documentLanguages, 'en'),
    print: one('print', printSizes, 'normal'),
    format: one('format', formats, accepted === 'text/html' ? 'html' : 'pdf'),
  };
}
