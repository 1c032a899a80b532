import type { CivilDate } from '@openvob/benefits';
import { federalClosures, type ProgramTemplate, programTemplates } from '@openvob/programs';
import type { Letterhead } from '@openvob/results/documents/letterhead';
import type { SourcedRate } from '@openvob/store';
import type { Facility, Program } from '@openvob/verification';
import { simulatedPayers } from '../../payer-simulator/simulated-payers';

/** An invented facility. Its NPI has a right check digit and belongs to nobody. */
export const demoFacility: Facility = {
  id: 'fac_demo',
  name: 'Demo Recovery Center',
  timeZone: 'America/New_York',
  npi: '1999999984',
  taxonomyCode: '261QR0405X',
};

/** Invented, as everything of the demonstration. */
export const demoLetterhead: Letterhead = {
  legalName: 'Demo Recovery Center, LLC',
  address: { street: '100 Example Avenue', city: 'Albany', state: 'NY', postalCode: '12207' },
  phone: '555-0100',
  hours: 'Monday to Friday, 8 AM to 6 PM',
  tin: '00-0000000',
  sentences: {
    en: { separateServices: ['Laboratory tests, by the laboratory that you and your clinician choose'] },
    es: { separateServices: ['Pruebas de laboratorio, en el laboratorio que usted y su terapeuta elijan'] },
  },
};

export const demoIntakeSource = { id: 'src_demo', name: 'Demo intake website' };

/** Years of closures before and after the year at hand: a program that starts late in one ends in the next. */
const YEARS_BEFORE = 1;
const YEARS_AHEAD = 2;

/** The four published programs, each by its usual plan, closed on the federal holidays of the years around `today`. */
export function demoPrograms(today: CivilDate): (Program & { description: object })[] {
  const year = Number(today.slice(0, 4));
  const closedOn = federalClosures(`${year - YEARS_BEFORE}-01-01`, `${year + YEARS_AHEAD}-12-31`);
  return programTemplates.map((template) => toProgram(template, closedOn));
}

/** No publication names a program's closures: which holidays are kept is the facility's choice. */
function closuresAssumed(closedOn: readonly CivilDate[]): ProgramTemplate['assumed'][number] {
  const text = `The facility chooses to close on the federal holidays, ${closedOn[0]} to ${closedOn.at(-1)}; which are kept is not published.`;
  return { path: '/variants/0/plan/closedOn', text };
}

function toProgram(template: ProgramTemplate, closedOn: readonly CivilDate[]): Program & { description: object } {
  const [usual, ...others] = template.variants;
  return {
    id: `prg_${template.id.replaceAll('-', '_')}`,
    name: template.name,
    plan: { ...usual.plan, closedOn },
    onFirstDay: template.onFirstDay,
    description: {
      sessionHours: template.sessionHours,
      variant: usual.name,
      otherVariants: others,
      assumed: [...template.assumed, closuresAssumed(closedOn)],
    },
  };
}

interface Price {
  code: string;
  inCents: number;
  outCents: number;
  chargeCents: number;
  selfPayCents: number;
}

/** Invented prices of everything that the programs bill. */
const prices: readonly Price[] = [
  { code: 'H0015', inCents: 32_500, outCents: 26_000, chargeCents: 60_000, selfPayCents: 29_500 },
  { code: 'S9480', inCents: 31_500, outCents: 25_500, chargeCents: 58_000, selfPayCents: 28_500 },
  { code: '90791', inCents: 18_000, outCents: 15_000, chargeCents: 27_500, selfPayCents: 20_000 },
  { code: '90792', inCents: 21_000, outCents: 17_500, chargeCents: 31_000, selfPayCents: 23_000 },
  { code: '90837', inCents: 14_500, outCents: 12_000, chargeCents: 22_500, selfPayCents: 15_500 },
  { code: '90847', inCents: 13_500, outCents: 11_000, chargeCents: 21_000, selfPayCents: 14_500 },
  { code: '99214', inCents: 12_800, outCents: 10_500, chargeCents: 20_000, selfPayCents: 14_000 },
  { code: '96372', inCents: 2_200, outCents: 1_800, chargeCents: 4_500, selfPayCents: 3_500 },
  { code: 'J2315', inCents: 152_000, outCents: 146_000, chargeCents: 178_000, selfPayCents: 165_000 },
];

const source = 'invented for the demonstration';

/** A contract with every simulated payer but one, and the facility's own prices elsewhere. */
export function demoRates(): SourcedRate[] {
  const contracted = simulatedPayers.filter(({ id }) => id !== 'pay_demo_lantern');
  return prices.flatMap(({ code, inCents, outCents, chargeCents, selfPayCents }) => [
    ...contracted.map(
      (payer): SourcedRate => ({ code, network: 'in', allowedCents: inCents, payerId: payer.id, source }),
    ),
    { code, network: 'in', allowedCents: inCents, source },
    { code, network: 'out', allowedCents: outCents, chargeCents, source },
    { code, network: 'self_pay', allowedCents: selfPayCents, source },
  ]);
}
