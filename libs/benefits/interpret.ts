import { accumulatorsOf } from './accumulators';
import { statusOfCode } from './benefit-codes';
import { carveOutOf } from './carve-out';
import type { CivilDate, DateSpan } from './civil-date';
import { codeTable } from './code-table';
import { costSharesOf } from './cost-shares';
import { type Findings, newFindings } from './findings';
import { limitsOf } from './limits';
import { tells } from './message-facts';
import { entitiesOf, otherPayersOf, otherPayersOfRow } from './parties';
import { payerOf, peopleOf, providerOf } from './people';
import { plansOf } from './plans';
import { classifyRejection, REQUEST_FAULT } from './rejection-codes';
import { distinct, type ReadRow, readRow } from './rows';
import { isPlanLevel } from './service-types';
import type { Basis, BasisRow, Issue, Snapshot } from './snapshot';
import { type AskedDates, checkDates, firstDate, spansOf } from './stated-dates';
import type { StatedAnswer, StatedPerson, StatedRejection } from './statement';
import { type CoverageRow, statusOn } from './status';

/** EB11. */
const REQUIRED = codeTable<'yes' | 'no' | 'unknown'>({ Y: 'yes', N: 'no', U: 'unknown' });

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
  checkDates([...patient.dates, ...stated.rows.flatMap((row) => row.dates)], findings);
  if (asked.serviceDate === undefined) {
    findings.report('info', 'no_date', stated.source, 'The answer has no date of service; no dates are tested.');
  }
  const basis = basisOf(stated, rows, asked);
  const carveOut = carveOutOf(rows, payerOf(stated.payer), asked.serviceDate);
  const snapshot: Snapshot = {
    outcome: stated.rejections.length > 0 && rows.length === 0 ? 'rejected' : 'benefits',
    rejections: rejectionsOf(stated.rejections),
    trace: [...new Set(stated.traces)],
    payer: payerOf(stated.payer),
    provider: providerOf(stated.provider),
    ...peopleOf(stated, findings),
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
    ...(carveOut === undefined ? {} : { carveOut }),
    messages: (stated.messages ?? stated.rows.flatMap(({ messages }) => messages)).map((each) => ({ ...each })),
    basis,
  };
  return { snapshot, issues: findings.issues };
}

function askedDates(stated: StatedAnswer, on: CivilDate | undefined): AskedDates {
  const own = firstDate(stated.serviceDate);
  const transaction = firstDate(stated.transactionDate);
  const serviceDate = on ?? own ?? transaction;
  return {
    ...(serviceDate === undefined ? {} : { serviceDate }),
    echoed: [serviceDate, own, transaction].flatMap((date) => date ?? []),
  };
}

/** Repeated rejections once; identical means the same level, code and follow-up. */
function rejectionsOf(rejections: readonly StatedRejection[]): Snapshot['rejections'] {
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
  const coverage = rows.filter(({ stated }) => statusOfCode(stated.code) !== undefined);
  return distinct([patient, ...coverage.map(({ stated }) => stated)].flatMap(({ dates }) => spansOf(dates, asked)));
}

function coveragesOf(rows: readonly ReadRow[]): Snapshot['coverages'] {
  return distinct(
    rows.flatMap(({ stated, common }) => {
      const status = statusOfCode(stated.code);
      if (status === undefined) return [];
      return [{ serviceTypes: [...common.serviceTypes], network: common.network, status, source: stated.source }];
    }),
  );
}

function authorizationsOf(rows: readonly ReadRow[]): Snapshot['authorizations'] {
  return distinct(
    rows.flatMap(({ stated, common: { serviceTypes, network } }) => {
      const required = REQUIRED[stated.authorization ?? ''];
      const coded = required === undefined ? [] : [{ serviceTypes, network, required, source: stated.source }];
      const texts = stated.messages.filter(({ text }) => tells([text], 'authorization_required'));
      return [
        ...coded,
        ...texts.map(({ text, source }) => ({ serviceTypes, network, required: 'yes' as const, text, source })),
      ];
    }),
  );
}

function exclusionsOf(rows: readonly ReadRow[]): Snapshot['exclusions'] {
  const excluding = rows.filter(({ stated }) => stated.code === 'E' || stated.code === 'I');
  return distinct(
    excluding.map(({ stated, common: { serviceTypes, network, messages } }) => ({
      serviceTypes,
      network,
      ...(stated.procedure === undefined ? {} : { procedure: stated.procedure }),
      ...(messages === undefined ? {} : { text: messages.join('; ') }),
      source: stated.source,
    })),
  );
}

function basisOf(stated: StatedAnswer, rows: readonly ReadRow[], asked: AskedDates): Basis {
  return {
    ...(asked.serviceDate === undefined ? {} : { serviceDate: asked.serviceDate }),
    planDates: planDatesOf(stated, asked),
    rows: rows.flatMap(basisRows),
    forOthers: rows.filter((row) => isForOthers(row, stated)).map((row) => row.stated.source),
  };
}

/** A dependent's own plan dates bind; the subscriber's only where the dependent has none. */
function planDatesOf(stated: StatedAnswer, asked: AskedDates): DateSpan[] {
  for (const person of [stated.dependent, stated.subscriber]) {
    const spans = spansOf(person?.dates ?? [], asked).filter(({ what }) => what === 'plan');
    if (spans.length > 0) return spans.map(({ from, to }) => ({ ...(from ? { from } : {}), ...(to ? { to } : {}) }));
  }
  return [];
}

function basisRows(row: ReadRow): BasisRow[] {
  const { common, stated } = row;
  const referral = tells(common.messages, 'referral_required');
  return [...routingRows(row), ...(referral ? [{ says: 'referral' as const, ...common, source: stated.source }] : [])];
}

function routingRows(row: ReadRow): BasisRow[] {
  const { stated, common } = row;
  const product = stated.product === undefined ? {} : { product: stated.product };
  const head = { ...common, ...product, source: stated.source };
  const party = stated.entities.find(({ name }) => name !== undefined)?.name ?? stated.plan;
  const name = party === undefined ? {} : { name: party };
  const status = statusOfCode(stated.code);
  if (status !== undefined) return [{ says: 'coverage', status, ...head }];
  if (stated.code === 'N') return [{ says: 'restricted_provider', ...head, ...name }];
  if (stated.code === 'MC') return [{ says: 'managed_care', ...head, ...name }];
  const others = otherPayersOfRow(row);
  return others.map((other) => ({
    says: 'other_payer',
    order: other.order,
    ...head,
    ...(other.name === undefined ? {} : { name: other.name }),
  }));
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
  return basis.rows.flatMap(({ says, status, ...row }) =>
    says === 'coverage' && status !== undefined ? [{ ...row, status }] : [],
  );
}

function beginsLater(row: CoverageRow, { serviceDate, planDates }: Basis): boolean {
  if (serviceDate === undefined) return false;
  const isLater = (span: DateSpan) => span.from !== undefined && span.from > serviceDate;
  return isLater(row) || (planDates.length > 0 && planDates.every(isLater));
}
