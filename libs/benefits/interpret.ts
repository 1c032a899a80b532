import { accumulatorsOf } from './accumulators';
import { EXCEEDED, periodOfCode } from './benefit-codes';
import { carveOutOf } from './carve-out';
import type { CivilDate, DateSpan } from './civil-date';
import { codeTable } from './code-table';
import { costSharesOf } from './cost-shares';
import { distinct } from './distinct';
import { type Findings, newFindings } from './findings';
import { put } from './given';
import { limitsOf } from './limits';
import { ROUTINE_FACTS, tells, textTells } from './message-facts';
import { entitiesOf, otherPayersOf, otherPayersOfRow } from './parties';
import { payerOf, peopleOf, providerOf } from './people';
import { plansOf } from './plans';
import { classifyRejection, REQUEST_FAULT } from './rejection-codes';
import { type ReadRow, readRow, withRow } from './rows';
import { isPlanLevel } from './service-types';
import type { Basis, BasisRow, Issue, Snapshot } from './snapshot';
import { type AskedDates, checkDates, firstDate, spansOf } from './stated-dates';
import type { StatedAnswer, StatedPerson, StatedRejection, StatedRow, StatedText } from './statement';
import { type CoverageRow, statusOn } from './status';

/** EB11. */
const REQUIRED = codeTable<'yes' | 'no' | 'unknown'>({ Y: 'yes', N: 'no', U: 'unknown' });
/** "Not enrolled in managed care" names no plan. */
const DENIAL = /\b(?:NO|NOT|NONE|NEVER)\b/i;

/**
 * Turns what a payer said into a snapshot. Rules: contract of the reader; codes: reference/benefits.md section 1.
 *
 * @param on the date of service to work it out for; without it the one asked about, else the date of the answer.
 */
export function interpret(stated: StatedAnswer, on?: CivilDate): { snapshot: Snapshot; issues: Issue[] } {
  const findings = newFindings();
  const asked = askedDates(stated, on);
  const patient = stated.dependent ?? stated.subscriber;
  const rows = stated.rows.map((row) => readRow(row, asked, findings));
  checkDates(patient.dates, findings);
  for (const row of stated.rows) checkDates(row.dates, findings);
  if (asked.serviceDate === undefined) {
    findings.report('info', 'no_date', stated.source, 'The answer has no date of service; no dates are tested.');
  }
  const { subscriber, patient: answered } = peopleOf(stated, findings);
  const basis = basisOf(stated, rows, asked);
  const carveOut = carveOutOf(rows, payerOf(stated.payer), asked.serviceDate);
  const snapshot: Snapshot = {
    outcome: stated.rejections.length > 0 && rows.length === 0 ? 'rejected' : 'benefits',
    rejections: rejectionsOf(stated.rejections),
    trace: stated.traces.length < 2 ? [...stated.traces] : [...new Set(stated.traces)],
    payer: payerOf(stated.payer),
    provider: providerOf(stated.provider),
    subscriber,
    patient: answered,
    status: statusOf(basis, findings),
    spans: spansOfAnswer(patient, rows, asked),
    plans: plansOf(rows, stated),
    coverages: coveragesOf(rows),
    accumulators: accumulatorsOf(rows),
    costShares: costSharesOf(rows),
    limits: limitsOf(rows),
    authorizations: authorizationsOf(rows),
    exclusions: exclusionsOf(rows),
    entities: entitiesOf(rows, findings),
    otherPayers: otherPayersOf(rows),
    messages: messagesOf(stated),
    basis,
  };
  put(snapshot, 'carveOut', carveOut);
  return { snapshot, issues: findings.issues };
}

function askedDates(stated: StatedAnswer, on: CivilDate | undefined): AskedDates {
  const own = firstDate(stated.serviceDate);
  const transaction = firstDate(stated.transactionDate);
  return { serviceDate: on ?? own ?? transaction, echoed: [on, own, transaction] };
}

function messagesOf(stated: StatedAnswer): Snapshot['messages'] {
  if (stated.messages !== undefined) return [...stated.messages];
  const messages: StatedText[] = [];
  for (const row of stated.rows) for (const message of row.messages) messages.push(message);
  return messages;
}

/** Repeated rejections once; identical means the same level, code and follow-up. */
function rejectionsOf(rejections: readonly StatedRejection[]): Snapshot['rejections'] {
  if (rejections.length === 0) return [];
  const codes = rejections.map(({ code }) => code);
  return distinct(
    rejections.map(({ level, code, followUp, isForeign, source }) => ({
      level,
      code,
      ...(followUp === undefined ? {} : { followUp }),
      ...(isForeign === true ? REQUEST_FAULT : classifyRejection(code, followUp, codes)),
      source,
    })),
  );
}

function spansOfAnswer(patient: StatedPerson, rows: readonly ReadRow[], asked: AskedDates): Snapshot['spans'] {
  const spans = spansOf(patient.dates, asked);
  for (const { stated, status } of rows) {
    if (status !== undefined && stated.dates.length > 0) spans.push(...spansOf(stated.dates, asked));
  }
  return distinct(spans);
}

function coveragesOf(rows: readonly ReadRow[]): Snapshot['coverages'] {
  const coverages: Snapshot['coverages'] = [];
  for (const { stated, status, serviceTypes, network } of rows) {
    if (status === undefined) continue;
    coverages.push({ serviceTypes, network, status, source: stated.source });
  }
  return distinct(coverages);
}

function authorizationsOf(rows: readonly ReadRow[]): Snapshot['authorizations'] {
  const found: Snapshot['authorizations'] = [];
  for (const { stated, serviceTypes, network, facts } of rows) {
    const required = stated.authorization === undefined ? undefined : REQUIRED[stated.authorization];
    if (required !== undefined) found.push({ serviceTypes, network, required, source: stated.source });
    if ((facts & ROUTINE_FACTS.authorization_required) === 0) continue;
    for (const { text, source } of stated.messages) {
      if (!textTells(text, 'authorization_required')) continue;
      found.push({ serviceTypes, network, required: 'yes', text, source });
    }
  }
  return distinct(found);
}

function exclusionsOf(rows: readonly ReadRow[]): Snapshot['exclusions'] {
  const excluding = rows.filter(({ stated }) => stated.code === 'E' || stated.code === 'I');
  if (excluding.length === 0) return [];
  return distinct(
    excluding.map(({ stated, serviceTypes, network, messages }) => ({
      serviceTypes,
      network,
      ...(stated.procedure === undefined ? {} : { procedure: stated.procedure }),
      ...(messages === undefined ? {} : { text: messages.join('; ') }),
      source: stated.source,
    })),
  );
}

function basisOf(stated: StatedAnswer, rows: readonly ReadRow[], asked: AskedDates): Basis {
  const basis: Basis = { planDates: planDatesOf(stated, asked), rows: [], forOthers: [] };
  put(basis, 'serviceDate', asked.serviceDate);
  for (const row of rows) {
    addBasisRows(row, basis.rows);
    if (isForOthers(row, stated)) basis.forOthers.push(row.stated.source);
    if (isLaterBand(row)) addLaterBand(row.stated, basis);
    if (row.stated.procedure !== undefined) addProcedures(row.stated.procedure, row.stated, basis);
  }
  return basis;
}

function addLaterBand({ source }: StatedRow, basis: Basis): void {
  basis.laterBands ??= [];
  basis.laterBands.push({ source });
}

/** The procedure of a row, for the row itself and for each message on it. */
function addProcedures(procedure: string, { source, messages }: StatedRow, basis: Basis): void {
  basis.procedures ??= [];
  basis.procedures.push({ procedure, source });
  for (const message of messages) basis.procedures.push({ procedure, source: message.source });
}

/** A dependent's own plan dates bind; the subscriber's only where the dependent has none. */
function planDatesOf(stated: StatedAnswer, asked: AskedDates): DateSpan[] {
  for (const person of [stated.dependent, stated.subscriber]) {
    const spans = person === undefined ? [] : spansOf(person.dates, asked).filter(({ what }) => what === 'plan');
    if (spans.length > 0) return spans.map(dateSpan);
  }
  return [];
}

function dateSpan({ from, to }: DateSpan): DateSpan {
  const span: DateSpan = {};
  put(span, 'from', from);
  put(span, 'to', to);
  return span;
}

function addBasisRows(row: ReadRow, into: BasisRow[]): void {
  const { network, serviceTypes, stated, status, facts } = row;
  const { code, source } = stated;
  if (status !== undefined) into.push(basisRow({ says: 'coverage', status, source, network, serviceTypes }, row));
  else if (code === 'N') into.push(namedRow('restricted_provider', row));
  else if (code === 'MC') into.push(managedCareRow(row));
  else if (code === 'H') into.push(unlimitedRow(row));
  else if (code === 'R') for (const other of otherPayersOfRow(row)) into.push(otherPayerRow(other, row));
  if ((facts & ROUTINE_FACTS.referral_required) !== 0) {
    into.push(withRow({ says: 'referral', source, network, serviceTypes }, row));
  }
  if (code !== 'MC' && (facts & ROUTINE_FACTS.managed_care) !== 0) into.push(managedCareRow(row));
}

type RowHead = Pick<BasisRow, 'says' | 'status' | 'order' | 'source' | 'network' | 'serviceTypes'>;

function basisRow(head: RowHead, row: ReadRow): BasisRow {
  const basisRow: BasisRow = withRow(head, row);
  const { stated } = row;
  if (stated.product !== undefined) basisRow.product = stated.product;
  return basisRow;
}

function unlimitedRow(row: ReadRow): BasisRow {
  const { stated, network, serviceTypes } = row;
  const unlimited = basisRow({ says: 'unlimited', source: stated.source, network, serviceTypes }, row);
  unlimited.period = periodOfCode(stated.period);
  return unlimited;
}

/** Named by its party, else by the plan text. */
function namedRow(says: BasisRow['says'], row: ReadRow): BasisRow {
  const { stated, network, serviceTypes } = row;
  const named = basisRow({ says, source: stated.source, network, serviceTypes }, row);
  const party = stated.entities.find(({ name }) => name !== undefined);
  put(named, 'name', party?.name ?? stated.plan);
  return named;
}

/** A plan that stands in a message alone is named by the message. */
function managedCareRow(row: ReadRow): BasisRow {
  const named = namedRow('managed_care', row);
  const texts = row.messages ?? [];
  const told =
    row.stated.code === 'MC'
      ? texts.find((text) => !DENIAL.test(text))
      : texts.find((text) => tells([text], 'managed_care'));
  put(named, 'name', named.name ?? told);
  return named;
}

function otherPayerRow({ order, name }: Snapshot['otherPayers'][number], row: ReadRow): BasisRow {
  const { stated, network, serviceTypes } = row;
  const other = basisRow({ says: 'other_payer', order, source: stated.source, network, serviceTypes }, row);
  put(other, 'name', name);
  return other;
}

/**
 * Cost shares are for the patient at any coverage level but one that leaves the patient out: spouse (SPO), children (CHD)
 * or dependents (DEP) only. Source: reference/benefits.md 1.3.
 */
function isForOthers({ stated }: ReadRow, { dependent, subscriber }: StatedAnswer): boolean {
  if (stated.code !== 'A' && stated.code !== 'B') return false;
  const isSubscriber = dependent === undefined && subscriber.insured !== false;
  if (isSubscriber) return ['SPO', 'CHD', 'DEP'].includes(stated.level ?? '');
  const relationship = (dependent ?? subscriber).relationship;
  if (relationship === '01') return stated.level === 'CHD';
  return relationship === '19' && stated.level === 'SPO';
}

/**
 * A share "over" so many visits or days (HSD05 or EB06 of 30). Source: reference/benefits.md 1.5, RFI 2076.
 */
function isLaterBand({ stated }: ReadRow): boolean {
  if (stated.code !== 'A' && stated.code !== 'B') return false;
  return stated.period === EXCEEDED || stated.deliveries.some(({ period }) => period === EXCEEDED);
}

function statusOf(basis: Basis, findings: Findings): Snapshot['status'] {
  const rows = coverageRowsOf(basis);
  const { status, deciding } = statusOn(basis.serviceDate, rows, basis.planDates);
  const inactive = deciding.find((row) => row.status === 'inactive');
  const onPlan = deciding.every((row) => isPlanLevel(row.serviceTypes));
  if (inactive !== undefined && onPlan && deciding.some((row) => row.status === 'active')) {
    const message = 'Active and inactive coverage are both said of the plan on the service date; active is taken.';
    findings.report('warning', 'conflict', inactive.source, message);
  }
  const later =
    deciding.length === 0 ? rows.find((row) => row.status !== 'inactive' && beginsLater(row, basis)) : undefined;
  if (later !== undefined) {
    findings.report('warning', 'not_yet_effective', later.source, 'Coverage begins after the service date.');
  }
  return status;
}

/** The coverage statements that a decision rests on. */
export function coverageRowsOf(basis: Basis): CoverageRow[] {
  return basis.rows.filter(isCoverageRow);
}

function isCoverageRow(row: BasisRow): row is BasisRow & CoverageRow {
  return row.says === 'coverage' && row.status !== undefined;
}

function beginsLater(row: CoverageRow, { serviceDate, planDates }: Basis): boolean {
  if (serviceDate === undefined) return false;
  const isLater = (span: DateSpan) => span.from !== undefined && span.from > serviceDate;
  return isLater(row) || (planDates.length > 0 && planDates.every(isLater));
}
