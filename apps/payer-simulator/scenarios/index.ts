import type { SimulatedPayer } from '../simulated-payers';
import { behavioralScenarios } from './behavioral';
import { benefitScenarios } from './benefits';
import { faultyScenarios } from './faulty';
import { peculiarScenarios } from './peculiar';
import { persistenceScenarios } from './persistence';
import { rejectionScenarios } from './rejections';
import type { Scenario } from './scenario';

export * from './rejections';
export type { Scenario, Unless } from './scenario';

/** Every scenario, by number. A new one is an entry in one of the tables beside this file. */
export const scenarios: readonly Scenario[] = [
  ...benefitScenarios,
  ...behavioralScenarios,
  ...rejectionScenarios,
  ...faultyScenarios,
  ...peculiarScenarios,
  ...persistenceScenarios,
].sort((a, b) => a.number.localeCompare(b.number));

const byNumber = new Map(scenarios.map((scenario) => [scenario.number, scenario]));

/** In the place of a scenario's number: what the payer itself is there to show. */
const usual = '000';

/** The scenario of a member id: the payer's prefix, three digits and any further digits. */
export function scenarioOf(payer: SimulatedPayer, memberId: string): Scenario | undefined {
  const [, prefix, number] = /^([A-Z]{3})(\d{3})\d*$/.exec(memberId.toUpperCase()) ?? [];
  if (prefix !== payer.memberIdPrefix || number === undefined) return undefined;
  return byNumber.get(number === usual ? (payer.usual ?? usual) : number);
}

/** A member id of which a payer answers what it is there to show. */
export function usualMemberId(payer: SimulatedPayer): string {
  return `${payer.memberIdPrefix}${payer.usual === undefined ? '001' : usual}0001`;
}

/** A member id of a payer and scenario, to try. */
export function memberIdFor(payer: SimulatedPayer, scenario: Scenario, serial = 1): string {
  return `${payer.memberIdPrefix}${scenario.number}${String(serial).padStart(4, '0')}`;
}

export { simulatedPayers } from '../simulated-payers';
