import { type FieldReader, oneOf, optional, type Principal, readFields } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import {
  buildDocument,
  type DocumentFormat,
  type DocumentKind,
  type DocumentLanguage,
  type DocumentRecipient,
  documentKinds,
  documentLanguages,
  documentRecipients,
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
  readonly to?: string;
}

export interface DocumentWish {
  readonly kind: DocumentKind;
  readonly language: DocumentLanguage;
  readonly print: PrintSize;
  readonly format: DocumentFormat;
  /** Of a Good Faith Estimate: entered for this document alone. */
  readonly diagnosisCodes?: readonly string[];
  readonly to: DocumentRecipient;
}

const noConsent =
  'The patient has given no consent that is live and covers this payer: record one before anything is handed to it.';

/** Hands out documents about verifications. */
export class Documents {
  constructor(private readonly parts: { dossiers: Dossiers; pdf: PdfRenderer; clock: Clock }) {}

  /** @throws Problem `not_found`, `wrong_state` while there is nothing to write on it, `unavailable`; `wrong_state` also without the consent that it takes */
  async handOut(caller: Principal, id: string, wish: DocumentWish): Promise<RenderedDocument & { fileName: string }> {
    const { dossiers, pdf, clock } = this.parts;
    const { kind, language, print, format, to, diagnosisCodes = [] } = wish;
    const target = { facilityId: caller.facilityId, id, actor: actorOf(caller), now: clock.now() };
    const content = await dossiers.disclose(target, { kind, format, language, to }, (dossier) =>
      buildDocument(kind, dossier, { language, print }, { diagnosisCodes }),
    );
    if (!content) throw new Problem('not_found');
    if (content === 'no_consent') throw new Problem('wrong_state', { detail: noConsent });
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
  const kind = one('kind', documentKinds, 'summary');
  return {
    kind,
    to: one('to', documentRecipients, usualRecipient(kind)),
    language: one('language', documentLanguages, 'en'),
    print: one('print', printSizes, 'normal'),
    format: one('format', formats, accepted === 'text/html' ? 'html' : 'pdf'),
  };
}

/** The summary is made for the chart, everything else for the patient. */
function usualRecipient(kind: DocumentKind): DocumentRecipient {
  return kind === 'summary' ? 'chart' : 'patient';
}

const mostCodes = 12;

/**
 * What is entered for a document: as the query has it, with diagnosis codes (ICD-10-CM), which are about the patient and stand in no address.
 *
 * @throws Problem `validation_failed`
 */
export function readDocumentBody(body: unknown): DocumentWish {
  const read = readFields(body ?? {}, {
    kind: optional(oneOf(documentKinds)),
    language: optional(oneOf(documentLanguages)),
    print: optional(oneOf(printSizes)),
    format: optional(oneOf(formats)),
    to: optional(oneOf(documentRecipients)),
    diagnosisCodes: optional(icd10Codes),
  });
  const { kind = 'good_faith_estimate', language = 'en', print = 'normal', format = 'pdf', diagnosisCodes } = read;
  const to = read.to ?? usualRecipient(kind);
  return { kind, language, print, format, to, ...(diagnosisCodes ? { diagnosisCodes } : {}) };
}

/** As claims carry them: up to twelve, with or without the point. */
const icd10Codes: FieldReader<string[]> = (value) => {
  const codes = Array.isArray(value)
    ? value.map((one) => (typeof one === 'string' ? one.trim().toUpperCase() : ''))
    : [];
  const isUsable =
    Array.isArray(value) &&
    codes.length <= mostCodes &&
    codes.every((code) => /^[A-TV-Z]\d[0-9A-Z](?:\.?[0-9A-Z]{1,4})?$/.test(code));
  return isUsable
    ? { value: [...new Set(codes.map(pointed))] }
    : { fault: { code: 'unusable', detail: `must be at most ${mostCodes} ICD-10-CM codes, e.g. F10.20` } };
};

/** `F1020` is written `F10.20`. */
function pointed(code: string): string {
  return code.includes('.') || code.length === 3 ? code : `${code.slice(0, 3)}.${code.slice(3)}`;
}
