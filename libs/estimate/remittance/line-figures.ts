import type { Cents, CivilDate } from '@openvob/benefits';
import { tellsMaximum } from '../why';
import type { Estimate, Line } from '../worksheet';
import { procedureOf, type RemittanceLine } from './remittance';

/** What is compared of one service on one date, estimated or settled; all lines of a code on a date are summed. */
export interface LineFigures {
  readonly serviceDate: CivilDate;
  readonly code: string;
  readonly allowedCents: Cents;
  readonly deductibleCents: Cents;
  readonly copayCents: Cents;
  readonly coinsuranceCents: Cents;
  /** Penalties too. */
  readonly nonCoveredCents: Cents;
  readonly paidCents: Cents;
  /** What is left of the patient's amount when its parts are taken off: a balance bill, or what nobody explained. */
  readonly restCents: Cents;
  /** What other coverages paid; 0 where the remittance does not tell. */
  readonly otherPaidCents: Cents;
  readonly patientCents: Cents;
  /** Deductible, copay and coinsurance are told apart. */
  readonly isSplit: boolean;
  /** The out-of-pocket maximum is told to be met; a remittance does not tell. */
  readonly isAtMaximum: boolean;
}

/** One line's figures by date and code. */
export type LineTable = ReadonlyMap<string, LineFigures>;

/** What is summed of lines; the other keys are said of all alike. */
type Amounts = Omit<LineFigures, 'serviceDate' | 'code' | 'isSplit' | 'isAtMaximum'>;

const AMOUNTS: readonly (keyof Amounts)[] = [
  'allowedCents',
  'deductibleCents',
  'copayCents',
  'coinsuranceCents',
  'nonCoveredCents',
  'paidCents',
  'restCents',
  'otherPaidCents',
  'patientCents',
];

/** Lines of an estimate; `withOther` takes off what the second coverage would pay. */
export function estimatedLines({ days }: Pick<Estimate, 'days'>, withOther: boolean): LineTable {
  return tableOf(days.flatMap(({ date, lines }) => lines.map((line) => estimatedLine(line, date, withOther))));
}

/** Lines of a remittance. */
export function settledLines(lines: readonly RemittanceLine[]): LineTable {
  return tableOf(lines.map(settledLine));
}

/** Deductible, copay and coinsurance together, also where they are not told apart. */
export function shareOf({ deductibleCents, copayCents, coinsuranceCents, restCents, isSplit }: LineFigures): Cents {
  return deductibleCents + copayCents + coinsuranceCents + (isSplit ? 0 : restCents);
}

/** No part of it is the plan's, none a share: all of it is the patient's or the provider's, or it is billed at 0. */
export function isUncovered(line: LineFigures): boolean {
  return line.paidCents === 0 && shareOf(line) === 0;
}

function tableOf(lines: readonly LineFigures[]): LineTable {
  const table = new Map<string, LineFigures>();
  for (const line of lines) {
    const key = `${line.serviceDate} ${line.code}`;
    const known = table.get(key);
    table.set(key, known ? summed(known, line) : line);
  }
  return table;
}

function summed(a: LineFigures, b: LineFigures): LineFigures {
  const amounts = Object.fromEntries(AMOUNTS.map((key) => [key, a[key] + b[key]]));
  return { ...a, ...amounts, isSplit: a.isSplit && b.isSplit, isAtMaximum: a.isAtMaximum || b.isAtMaximum };
}

function estimatedLine(line: Line, serviceDate: CivilDate, withOther: boolean): LineFigures {
  const otherPaidCents = withOther ? line.secondaryPaidCents : 0;
  return {
    serviceDate,
    code: line.code,
    allowedCents: line.allowedCents,
    deductibleCents: line.deductibleCents,
    copayCents: line.copayCents,
    coinsuranceCents: line.coinsuranceCents,
    nonCoveredCents: line.nonCoveredCents + line.penaltyCents,
    paidCents: line.planPaidCents,
    restCents: line.balanceBillCents,
    otherPaidCents,
    patientCents: line.patientCents + line.secondaryPaidCents - otherPaidCents,
    isSplit: true,
    isAtMaximum: line.why.some(tellsMaximum),
  };
}

function settledLine(line: RemittanceLine): LineFigures {
  const { deductibleCents = 0, copayCents = 0, coinsuranceCents = 0, nonCoveredCents = 0, otherPaidCents = 0 } = line;
  const parts = deductibleCents + copayCents + coinsuranceCents + nonCoveredCents - otherPaidCents;
  return {
    serviceDate: line.serviceDate,
    code: procedureOf(line.code),
    allowedCents: line.allowedCents,
    deductibleCents,
    copayCents,
    coinsuranceCents,
    nonCoveredCents,
    paidCents: line.paidCents,
    restCents: line.patientCents - parts,
    otherPaidCents,
    patientCents: line.patientCents,
    isSplit: isSplit(line),
    isAtMaximum: false,
  };
}

/** Nothing to tell apart is told apart too. */
function isSplit({
  deductibleCents,
  copayCents,
  coinsuranceCents,
  nonCoveredCents = 0,
  otherPaidCents = 0,
  patientCents,
}: RemittanceLine): boolean {
  const isTold = [deductibleCents, copayCents, coinsuranceCents].some((part) => part !== undefined);
  return isTold || patientCents + otherPaidCents === nonCoveredCents;
}
