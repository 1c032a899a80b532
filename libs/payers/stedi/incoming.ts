import { jsonFormatOf, snapshotsOfJson } from '@openvob/benefits';
import type { Clock, HttpResponse } from '@openvob/platform';
import { readAcknowledgements, tryReadX12 } from '@openvob/x12';
import {
  type Answer,
  type Evidence,
  type Inquiry,
  type NoAnswer,
  noAnswerOfStatus,
  pickAnswer,
  unavailable,
} from '../contract';
import type { StediConnection } from './connection';
import { memberOf, refusalIn } from './refusal';

/** What an answer is read against. */
export interface IncomingContext {
  readonly inquiry: Inquiry;
  readonly connection: Pick<StediConnection, 'endpoint' | 'testMode'>;
  readonly clock: Clock;
  /** What was sent. */
  readonly evidence: Evidence;
}

/** Reads the vendor's reply: status, JSON, refusal or answer, person. Whatever came stands in the evidence. */
export function readReply(response: HttpResponse, context: IncomingContext): Answer {
  const body = parse(response.body);
  const evidence = {
    ...context.evidence,
    httpStatus: response.status,
    response: response.body,
    format: 'document' in body ? `stedi-${context.connection.endpoint}` : formatOf(body.unreadable),
  };
  const held = { ...context, evidence };
  const byStatus = noAnswerOfStatus(response, context.clock);
  if (byStatus === undefined) {
    return 'document' in body
      ? readAnswer(body.document, held)
      : unavailable({ why: 'unreadable', detail: body.unreadable }, evidence);
  }
  const mayTell = response.status === 400 || response.status === 422;
  return mayTell && 'document' in body ? readRefusal(body.document, byStatus, held) : unavailable(byStatus, evidence);
}

type Body = { readonly document: unknown } | { readonly unreadable: 'empty' | 'html' | 'not_json' };

function parse(body: string): Body {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '') return { unreadable: 'empty' };
  try {
    return { document: JSON.parse(text) };
  } catch {
    return { unreadable: /^<(?:!doctype\s+html|html)\b/i.test(text) ? 'html' : 'not_json' };
  }
}

function formatOf(unreadable: string): string {
  return unreadable === 'html' ? 'html' : 'unknown';
}

/** A payer's rejection comes with status 400 too; what else does is the vendor's own refusal. */
function readRefusal(document: unknown, byStatus: NoAnswer, context: IncomingContext): Answer {
  const refusal = refusalIn(document);
  if (refusal?.kind === 'person') return { kind: 'needs_human', why: refusal.why, evidence: context.evidence };
  if (refusal?.kind === 'ours') return unavailable(refusal.noAnswer, context.evidence);
  return jsonFormatOf(document) === undefined ? unavailable(byStatus, context.evidence) : readAnswer(document, context);
}

function readAnswer(document: unknown, context: IncomingContext): Answer {
  const { inquiry, connection, evidence } = context;
  const wrong = wrongMode(document, connection.testMode) ?? refusedSyntax(document) ?? strange(document);
  if (wrong !== undefined) return unavailable(wrong, evidence);
  const { serviceDate } = inquiry;
  const on = typeof serviceDate === 'string' ? serviceDate : serviceDate.from;
  const { snapshots, issues } = snapshotsOfJson(document, `stedi-${connection.endpoint}`, { on });
  const tie = { tracesComeBack: false, reference: connection.testMode || isOfThisExchange(document) };
  return pickAnswer(
    snapshots.map((snapshot) => ({ snapshot, issues, at: '', tie })),
    inquiry,
    evidence,
  );
}

/** An answer of the other mode means something else: canned data about nobody, or a real payer asked by mistake. */
function wrongMode(document: unknown, testMode: boolean): NoAnswer | undefined {
  const mode = memberOf(memberOf(document, 'meta'), 'applicationMode');
  if (mode === 'test' && !testMode) return { why: 'configuration', detail: 'test_mode_answer' };
  if (mode === 'production' && testMode) return { why: 'configuration', detail: 'production_answer_in_test_mode' };
  return undefined;
}

/** In the place of a 271 the payer may have sent a 999 that refuses what the vendor wrote. */
function refusedSyntax(document: unknown): NoAnswer | undefined {
  const x12 = memberOf(document, 'x12');
  const read = typeof x12 === 'string' && x12 !== '' ? tryReadX12(x12) : undefined;
  if (read?.ok !== true || read.file.transactions.some(({ kind }) => kind === '271')) return undefined;
  const refusal = readAcknowledgements(read.file).find(({ accepted }) => !accepted);
  return refusal === undefined
    ? { why: 'unreadable', detail: 'no_271' }
    : { why: 'configuration', detail: `${refusal.kind.toLowerCase()}_rejected` };
}

function strange(document: unknown): NoAnswer | undefined {
  return jsonFormatOf(document)?.startsWith('stedi-') === true
    ? undefined
    : { why: 'unreadable', detail: 'not_an_answer' };
}

/**
 * The vendor gives its own trace (BHT03) to the payer and tells which one the payer gave back: when they differ, the payer
 * answered something else. Ours is never sent, so nothing more than this and the person ties an answer to its inquiry.
 */
function isOfThisExchange(document: unknown): boolean {
  const meta = memberOf(document, 'meta');
  const [sent, back] = [memberOf(meta, 'outboundTraceId'), memberOf(meta, 'traceId')];
  return typeof sent !== 'string' || typeof back !== 'string' || sent.trim() === back.trim();
}
