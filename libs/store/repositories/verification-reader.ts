import type { EstimateCase } from '@openvob/estimate';
import type { AdmissionRequest } from '@openvob/intake';
import type { FieldCipher } from '@openvob/platform';
import type { KeptAnswer, VerificationView } from '@openvob/results';
import {
  asGiven,
  type ChainLink,
  isResting,
  type Need,
  nobodyTook,
  type Program,
  type Status,
  variationKey,
} from '@openvob/verification';
import { In, MoreThan } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import {
  AnswerRow,
  AuditRow,
  CoverageRow,
  FacilityRow,
  InquiryRow,
  PayerRow,
  ProgramRow,
  VerificationRow,
} from '../entities';
import { SealedRow } from '../sealed-row';
import type { AdmissionRequests } from './admission-requests';
import { type Actor, writeAudit } from './audit';
import { programOf } from './facility-directory';
import { type KeptResult, readLastResult, readResult } from './results';
import { unavailableWhy } from './unavailable-why';
import { spendOf } from './verification-spend';

/** All exchanges of a verification, and what their benefits are chosen for. */
export interface KeptAnswers {
  answers: KeptAnswer[];
  track: 'sud' | 'mh' | 'dual';
  network: 'in' | 'out';
  startDate?: string;
}

export interface CaseForWhatIf {
  estimateCase?: EstimateCase;
  programs: Program[];
}

export interface HistoryLine {
  /** Grows with time; what an event stream resumes from. */
  id: number;
  at: Date;
  who: string;
  what: string;
  detail: Record<string, unknown>;
}

/** What the row itself says, with the names of what it points to. */
export function rowView(
  row: VerificationRow,
  { payer, program, reference }: { payer: IdNamed | null; program: IdNamed | null; reference: string | undefined },
): VerificationView {
  return {
    id: row.id,
    round: row.round,
    status: row.status as Status,
    needs: [...reviewNeeds(row), ...(row.needs as Need[])],
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    ...(row.reason ? { reason: row.reason } : {}),
    ...(reference ? { reference } : {}),
    ...(payer && row.via ? { payer: { id: payer.id, name: payer.name, via: row.via } } : {}),
    ...(program ? { program: { id: program.id, name: program.name } } : {}),
    ...(row.startDate ? { startDate: row.startDate } : {}),
    ...(row.neededBy ? { neededBy: row.neededBy } : {}),
    ...(row.goodUntil && row.goodUntilBecause
      ? { goodUntil: { date: row.goodUntil, because: row.goodUntilBecause } }
      : {}),
    ...(row.recheckOn ? { recheckOn: row.recheckOn } : {}),
    ...(row.chain.length > 0 ? { chain: row.chain as ChainLink[] } : {}),
    ...(row.assignee ? { assignee: row.assignee } : {}),
    ...(row.dueAt ? { dueAt: row.dueAt } : {}),
  };
}

/** What has to be done about calls that need approval; nothing any more once it is cancelled. */
function reviewNeeds({ callReview, status }: VerificationRow): Need[] {
  return callReview === null || status === 'cancelled' ? [] : [callReviewNeeds[callReview]];
}

const callReviewNeeds: Readonly<Record<NonNullable<VerificationRow['callReview']>, Need>> = {
  awaiting: { kind: 'approval', message: 'A supervisor has to approve a call before what was said in it counts.' },
  sent_back: { kind: 'sent_back', message: 'A supervisor sent a call back: read why, and amend its record.' },
};

interface IdNamed {
  id: string;
  name: string;
}

/** Reads of patient data; each leaves an audit row in its own transaction. */
export class VerificationReader {
  constructor(
    private readonly database: Database,
    readonly cipher: FieldCipher,
    readonly requests: AdmissionRequests,
  ) {}

  /** Undefined for what is not there, also for what belongs to another facility. */
  read(facilityId: string, id: string, actor: Actor, now: Date): Promise<VerificationView | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      if (!row) return undefined;
      await writeAudit(tx, { actor, action: 'verification.read', subjectId: id }, now);
      const { unusable } = await this.requests.load(tx, id);
      return { ...(await this.view(tx, row)), unusable: unusable.map(({ value, ...fault }) => fault) };
    });
  }

  /** The request as it is kept, with what could not be used: for the person who is to mend it. */
  request(facilityId: string, id: string, actor: Actor, now: Date): Promise<AdmissionRequest | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      if (!row) return undefined;
      await writeAudit(tx, { actor, action: 'request.read', subjectId: id }, now);
      const sealed = new SealedRow(this.cipher, tx.facilityId, 'verification', id);
      const reference = sealed.open('reference', row.reference);
      const { sentAs: _, ...request } = await this.requests.load(tx, id);
      const consent = await this.requests.lastConsent(tx, id);
      return { ...request, ...(consent ? { consent } : {}), ...(reference ? { reference } : {}) };
    });
  }

  /** Where it stands, without reading patient data: for callers that wait. */
  status(facilityId: string, id: string): Promise<Status | undefined> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const row = await manager.findOne(VerificationRow, { where: { id }, select: { id: true, status: true } });
      return row?.status as Status | undefined;
    });
  }

  async view(tx: FacilityTransaction, row: VerificationRow): Promise<VerificationView> {
    const payer = row.payerId ? await tx.manager.findOneBy(PayerRow, { id: row.payerId }) : null;
    const program = row.programId ? await tx.manager.findOneBy(ProgramRow, { id: row.programId }) : null;
    const result = await this.resultOf(tx, row);
    const reference = new SealedRow(this.cipher, tx.facilityId, 'verification', row.id).open(
      'reference',
      row.reference,
    );
    return {
      ...rowView(row, { payer, program, reference }),
      ...(await turnOf(tx, row)),
      ...(await plannedRecheck(tx, row)),
      ...(result ? { conclusion: result.conclusion, resultOf: result.resultOf } : {}),
      ...(result?.changes ? { changes: result.changes } : {}),
      ...(await spendOf(tx, row.id, result?.resultOf.round ?? row.round)),
    };
  }

  /**
   * This round's result; while there is none, or where the payer could not be asked or did not answer, the last good one of an earlier round, with its
   * age. One about another person, or another member id, than the request now names is not shown.
   */
  private async resultOf(tx: FacilityTransaction, row: VerificationRow): Promise<KeptResult | undefined> {
    const own = await readResult(tx, this.cipher, row.id, row.round);
    const kept = own || row.round === 1 ? own : await readLastResult(tx, this.cipher, row.id);
    const isAboutAnother = kept && row.subjectChangedAt && kept.resultOf.at < row.subjectChangedAt;
    return isAboutAnother ? undefined : kept;
  }

  answers(facilityId: string, id: string, actor: Actor, now: Date): Promise<KeptAnswers | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      if (!row) return undefined;
      await writeAudit(tx, { actor, action: 'answers.read', subjectId: id }, now);
      return this.answersFor(tx, row);
    });
  }

  async answersFor(tx: FacilityTransaction, row: VerificationRow): Promise<KeptAnswers> {
    const answers = await this.answersOf(tx, row.id);
    const { admission } = await this.requests.load(tx, row.id);
    const program = row.programId ? await tx.manager.findOneBy(ProgramRow, { id: row.programId }) : null;
    const track = admission.track ?? (program?.plan as { track?: 'sud' } | undefined)?.track ?? 'sud';
    const network = admission.network === 'out' ? 'out' : 'in';
    return { answers, track, network, ...(row.startDate ? { startDate: row.startDate } : {}) };
  }

  /** What a verification's estimate was worked out from, and the plans of the facility's programs; read as patient data. */
  estimateCase(facilityId: string, id: string, actor: Actor, now: Date): Promise<CaseForWhatIf | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      if (!row) return undefined;
      await writeAudit(tx, { actor, action: 'verification.what_if', subjectId: id }, now);
      const estimateCase = (await this.resultOf(tx, row))?.conclusion.estimateCase;
      const programs = (await tx.manager.find(ProgramRow)).map(programOf);
      return { programs, ...(estimateCase ? { estimateCase } : {}) };
    });
  }

  history(facilityId: string, id: string, actor: Actor, now: Date): Promise<HistoryLine[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id }))) return undefined;
      const rows = await tx.manager.find(AuditRow, { where: { subjectId: id }, order: { id: 'ASC' } });
      await writeAudit(tx, { actor, action: 'history.read', subjectId: id }, now);
      return rows.map(lineOf);
    });
  }

  /** Moves after a point of the history, with the verification as it is now: what an event stream tells next. */
  movesSince(
    facilityId: string,
    id: string,
    afterId: number,
  ): Promise<{ moves: HistoryLine[]; view: VerificationView } | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      if (!row) return undefined;
      const where = {
        subjectId: id,
        action: In(['verification.requested', 'verification.moved']),
        id: MoreThan(String(afterId)),
      };
      const rows = await tx.manager.find(AuditRow, { where, order: { id: 'ASC' } });
      return { moves: rows.map(lineOf), view: await this.view(tx, row) };
    });
  }

  /** Every exchange with a payer, in the order in which they were begun. */
  async answersOf(tx: FacilityTransaction, id: string): Promise<KeptAnswer[]> {
    const inquiries = await tx.manager.find(InquiryRow, {
      where: { verificationId: id },
      order: { recordedAt: 'ASC', id: 'ASC' },
    });
    const answers: KeptAnswer[] = [];
    for (const inquiry of inquiries) answers.push(...(await this.answersTo(tx, inquiry)));
    return answers;
  }

  private async answersTo(tx: FacilityTransaction, inquiry: InquiryRow): Promise<KeptAnswer[]> {
    const payer = await tx.manager.findOneBy(PayerRow, { id: inquiry.payerId });
    const rows = await tx.manager.find(AnswerRow, {
      where: { inquiryId: inquiry.id },
      order: { receivedAt: 'ASC', id: 'ASC' },
    });
    return rows.map((row) => ({
      inquiryId: inquiry.id,
      round: inquiry.round,
      payer: payer?.name ?? inquiry.payerId,
      askedAt: inquiry.sentAt ?? inquiry.recordedAt,
      serviceType: inquiry.serviceType,
      coveragePosition: inquiry.coveragePosition,
      ...(inquiry.variation === variationKey(asGiven) ? {} : { variation: inquiry.variation }),
      ...(inquiry.costCents === null ? {} : { costCents: nobodyTook(unavailableWhy(row)) ? 0 : inquiry.costCents }),
      ...(inquiry.reusedFrom === null ? {} : { reused: { answeredAt: row.receivedAt } }),
      ...this.contentOf(tx.facilityId, row),
    }));
  }

  /** The snapshot where the payer gave one; otherwise the kind of answer, its reason and its text. */
  private contentOf(facilityId: string, row: AnswerRow): Pick<KeptAnswer, 'snapshot' | 'instead'> {
    const sealed = new SealedRow(this.cipher, facilityId, 'answer', row.id);
    const content = sealed.openJson<{ snapshot?: NonNullable<KeptAnswer['snapshot']> }>('content', row.content);
    if (content?.snapshot) return { snapshot: content.snapshot };
    const raw = sealed.open('raw_response', row.rawResponse);
    return {
      instead: { outcome: row.kind, ...(row.why ? { why: row.why } : {}), ...(raw === undefined ? {} : { raw }) },
    };
  }
}

/** Waits after which the payer is asked in any case; of others nobody knows when they end. */
const endsByItself: ReadonlySet<string | null> = new Set([
  'payer_busy',
  'payer_throttled',
  'payer_pending',
  'quiet_hours',
  'member_not_found_yet',
  'participant_unknown_yet',
]);

/** Where it stands in the line, while it does. */
async function turnOf(tx: FacilityTransaction, row: VerificationRow): Promise<Pick<VerificationView, 'turn'>> {
  if (!standsInLine(row)) return {};
  return turnWith(row, row.payerId ?? (await firstPayer(tx, row.id)));
}

/** As `turnOf`, of many in one look. @returns by the verification's id */
export async function turnsOf(
  tx: FacilityTransaction,
  rows: readonly VerificationRow[],
): Promise<ReadonlyMap<string, Pick<VerificationView, 'turn'>>> {
  const inLine = rows.filter(standsInLine);
  const unasked = inLine.flatMap(({ id, payerId }) => (payerId ? [] : [id]));
  const first = await firstPayers(tx, unasked);
  return new Map(inLine.map((row) => [row.id, turnWith(row, row.payerId ?? first.get(row.id))]));
}

function standsInLine({ status, reason }: VerificationRow): boolean {
  if (isResting(status as Status)) return false;
  return status !== 'waiting_for_payer' || endsByItself.has(reason);
}

function turnWith(row: VerificationRow, payerId: string | null | undefined): Pick<VerificationView, 'turn'> {
  if (!payerId) return {};
  const { status, bulk, priority, updatedAt, nextLookAt } = row;
  const isWaiting = status === 'waiting_for_payer';
  const waitsForPayer = isWaiting && row.waitingForConnection !== null;
  return {
    turn: {
      payerId,
      lane: bulk ? 'bulk' : priority,
      ...(status === 'asking_payer' ? { askedSince: updatedAt } : {}),
      ...(isWaiting && !waitsForPayer && nextLookAt ? { notBefore: nextLookAt } : {}),
      ...(waitsForPayer ? { waitsForPayer } : {}),
    },
  };
}

/** Whom the request names first, before anybody was asked. */
async function firstPayer({ manager }: FacilityTransaction, verificationId: string): Promise<string | null> {
  const first = await manager.findOneBy(CoverageRow, { verificationId, position: 0 });
  return first?.payerId ?? null;
}

/** As `firstPayer`, of many. */
async function firstPayers(
  { manager }: FacilityTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  if (ids.length === 0) return new Map();
  const found = await manager.find(CoverageRow, {
    where: { verificationId: In(ids), position: 0 },
    select: { verificationId: true, payerId: true },
  });
  return new Map(found.map(({ verificationId, payerId }) => [verificationId, payerId]));
}

/** Nothing is planned at a facility that has its re-checks switched off. */
async function plannedRecheck(
  { manager, facilityId }: FacilityTransaction,
  { nextRecheckAt: at, nextRecheckBecause: because }: VerificationRow,
): Promise<Pick<VerificationView, 'nextRecheck'>> {
  if (!at || !because) return {};
  const { rechecks } = await manager.findOneByOrFail(FacilityRow, { id: facilityId });
  return rechecks ? { nextRecheck: { at, because } } : {};
}

function lineOf(row: AuditRow): HistoryLine {
  return {
    id: Number(row.id),
    at: row.at,
    who: `${row.actorKind}:${row.actorId}`,
    what: row.action,
    detail: row.detail as Record<string, unknown>,
  };
}
