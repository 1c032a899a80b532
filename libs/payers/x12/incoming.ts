import type { Clock, HttpResponse } from '@openvob/platform';
import { readAcknowledgements, type Transaction, tryReadX12, type X12File } from '@openvob/x12';
import {
  type Answer,
  type Evidence,
  type Inquiry,
  type NoAnswer,
  noAnswerOfStatus,
  pickAnswer,
  unavailable,
} from '../contract';
import { candidatesIn } from './candidates';
import { type CoreResponse, isMime, readCoreResponse } from './core-response';
import { noAnswerOfAcknowledgements, noAnswerOfCoreError, noAnswerOfFault } from './unavailable';

/** What an answer is read against. */
export interface IncomingContext {
  readonly inquiry: Inquiry;
  readonly clock: Clock;
  /** What was sent. */
  readonly evidence: Evidence;
}

/** Reads a payer's reply: status, envelope, X12, person. Whatever came stands in the evidence. */
export function readReply(response: HttpResponse, context: IncomingContext): Answer {
  const contentType = response.headers['content-type'];
  const core = readCoreResponse(response.body, contentType);
  const evidence = { ...context.evidence, httpStatus: response.status };
  const byStatus = noAnswerOfStatus(response, context.clock);
  if (byStatus === undefined && core.kind === 'payload') return readPayload(core.x12, { ...context, evidence });
  const raw = { ...evidence, response: response.body, format: formatOf(core, isMime(response.body, contentType)) };
  return unavailable(byStatus === undefined ? noAnswerOfEnvelope(core) : blame(byStatus, response, core), raw);
}

/** Faults of SOAP come with status 400 and 500 alike: what the envelope says of our own doing goes before the status. */
function blame(byStatus: NoAnswer, { status }: HttpResponse, core: CoreResponse): NoAnswer {
  if (status !== 400 && status !== 500) return byStatus;
  const said = core.kind === 'soap_fault' || core.kind === 'core_error' ? noAnswerOfEnvelope(core) : undefined;
  return said ?? byStatus;
}

function noAnswerOfEnvelope(core: CoreResponse): NoAnswer {
  switch (core.kind) {
    case 'soap_fault':
      return noAnswerOfFault(core.fault);
    case 'core_error':
      return noAnswerOfCoreError(core.code);
    case 'unreadable':
      return { why: 'unreadable', detail: core.why };
    case 'payload':
      return { why: 'unreadable', detail: 'not_x12' };
  }
}

function formatOf(core: CoreResponse, isInMime: boolean): string {
  if (core.kind === 'unreadable') return core.why === 'html' ? 'html' : 'unknown';
  if (core.kind === 'payload') return 'x12';
  return core.kind === 'core_error' && isInMime ? 'core-mime' : 'core-soap';
}

function readPayload(x12: string, context: IncomingContext): Answer {
  const evidence = { ...context.evidence, response: x12, format: 'x12' };
  const read = tryReadX12(x12);
  if (!read.ok) return unavailable({ why: 'unreadable', detail: 'not_x12' }, evidence);
  const { file } = read;
  if (!file.transactions.some(({ kind }) => kind === '271')) return readWithoutAnswer(file, evidence);
  return readAnswers(file, { ...context, evidence: { ...evidence, format: 'x12-271' } });
}

/** A reply that holds no 271: refused, acknowledged, or something else. */
function readWithoutAnswer(file: X12File, evidence: Evidence): Answer {
  const acknowledgements = readAcknowledgements(file);
  const [first] = acknowledgements;
  if (first === undefined) return unavailable({ why: 'unreadable', detail: 'no_271' }, evidence);
  const format = first.kind === 'TA1' ? 'x12-ta1' : 'x12-999';
  return unavailable(noAnswerOfAcknowledgements(acknowledgements), { ...evidence, format });
}

/** A 271 without its SE is cut off: what is missing may be what matters, so nothing of it is taken. */
function readAnswers(file: X12File, { inquiry, evidence }: IncomingContext): Answer {
  const answers = file.transactions.filter(({ kind }) => kind === '271');
  if (!answers.every(isWhole)) {
    return unavailable({ why: 'unreadable', detail: 'cut_off' }, evidence);
  }
  return pickAnswer(candidatesIn(file, inquiry), inquiry, evidence);
}

/** Ends in SE, if need be in one that lacks the terminator in front of it. */
function isWhole({ segments }: Transaction): boolean {
  const last = segments.at(-1);
  return last?.id === 'SE' || /[^A-Za-z0-9]SE[^A-Za-z0-9]\d{1,10}[^A-Za-z0-9]\w{4,9}$/.test(last?.raw ?? '');
}
