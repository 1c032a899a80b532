import type { BenefitContent, BenefitRow } from '../content';

/** Service types of an intensive outpatient program: substance abuse, mental health facility, mental health. */
export const behavioral = ['CJ', 'CH', 'MH'];

/** A plan of the calendar year with these rows. */
export function plan(...rows: readonly (BenefitRow | readonly BenefitRow[])[]): BenefitContent {
  return { kind: 'benefits', planFrom: { of: 'year_start' }, groupNumber: 'DEMO1001', rows: rows.flat() };
}

type Network = 'Y' | 'N';
type More = Partial<BenefitRow>;

/** Active coverage of service types. */
export function active(serviceTypes: readonly string[], more: More = {}): BenefitRow {
  return { code: '1', serviceTypes, ...more };
}

/** The plan itself, with its name. */
export function activePlan(insuranceType: string, more: More = {}): BenefitRow {
  return active(['30'], { insuranceType, namesPlan: true, ...more });
}

/** A deductible of the plan: base for the calendar year and what remains of it. */
export function deductible(level: 'IND' | 'FAM', network: Network, baseCents: number, leftCents: number): BenefitRow[] {
  return amounts('C', { level, network, baseCents, leftCents });
}

/** An out-of-pocket maximum of the plan: base for the calendar year and what remains of it. */
export function outOfPocket(
  level: 'IND' | 'FAM',
  network: Network,
  baseCents: number,
  leftCents: number,
): BenefitRow[] {
  return amounts('G', { level, network, baseCents, leftCents });
}

export function coinsurance(
  serviceTypes: readonly string[],
  network: Network,
  percent: number,
  more: More = {},
): BenefitRow {
  return { code: 'A', serviceTypes, percent, network, ...more };
}

/** A copay a day (EB06 `7`) unless another period is given. */
export function copay(serviceTypes: readonly string[], network: Network, cents: number, more: More = {}): BenefitRow {
  return { code: 'B', serviceTypes, cents, network, period: '7', ...more };
}

/** Visits in a calendar year, and those that are left. */
export function visits(serviceTypes: readonly string[], network: Network, allowed: number, left: number): BenefitRow[] {
  return counted('VS', { serviceTypes, network, allowed, left });
}

/** Days in a calendar year, and those that are left. */
export function days(serviceTypes: readonly string[], network: Network, allowed: number, left: number): BenefitRow[] {
  return counted('DY', { serviceTypes, network, allowed, left });
}

interface Counted {
  readonly serviceTypes: readonly string[];
  readonly network: Network;
  readonly allowed: number;
  readonly left: number;
}

function counted(unit: string, { serviceTypes, network, allowed, left }: Counted): BenefitRow[] {
  const row = { code: 'F', level: 'IND', serviceTypes, network } as const;
  return [
    { ...row, period: '23', quantity: { unit, count: allowed } },
    { ...row, period: '29', quantity: { unit, count: left } },
  ];
}

interface Amounts {
  readonly level: 'IND' | 'FAM';
  readonly network: Network;
  readonly baseCents: number;
  readonly leftCents: number;
}

/** EB06 `23` is the calendar year, `29` what remains. */
function amounts(code: 'C' | 'G', { level, network, baseCents, leftCents }: Amounts): BenefitRow[] {
  const row = { code, level, serviceTypes: ['30'], network } as const;
  return [
    { ...row, period: '23', cents: baseCents },
    { ...row, period: '29', cents: leftCents },
  ];
}
