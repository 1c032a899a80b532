import type { PayerKind } from '@openvob/payers/directory';
import type { FaultSpec } from './faults/fault';
import { peculiarPayers } from './peculiar-payers';

/** An invented insurer. Any resemblance of its name, ids or benefits to a real one would be chance. */
export interface SimulatedPayer {
  /** Id for a directory of payers. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Electronic payer id, NM109 of the information source. */
  readonly payerId: string;
  /** A member id is this, three digits of the scenario and any further digits. */
  readonly memberIdPrefix: string;
  readonly planName: string;
  /** What it is there to show; without one it answers whatever the member id asks for. */
  readonly shows?: string;
  /** The scenario of its member ids with 000 in the scenario's place. */
  readonly usual?: string;
  /** How it can be asked, best first; none: by phone alone. Without it, by X12. */
  readonly ways?: readonly ('x12' | 'stedi')[];
  readonly phone?: string;
  readonly kind?: PayerKind;
  /** What is done to every answer of it. */
  readonly fault?: FaultSpec;
}

/** Payers without a peculiarity of their own: the member id alone decides. */
export const ordinaryPayers: readonly SimulatedPayer[] = [
  {
    id: 'pay_demo_northwind',
    name: 'Northwind Health Plan',
    aliases: ['Northwind', 'Northwind PPO', 'NWHP'],
    payerId: 'NW001',
    memberIdPrefix: 'NWH',
    planName: 'NORTHWIND OPEN ACCESS PPO',
  },
  {
    id: 'pay_demo_cedar_vale',
    name: 'Cedar & Vale Mutual',
    aliases: ['Cedar and Vale', 'Cedar Vale Mutual', 'CVM'],
    payerId: 'CV002',
    memberIdPrefix: 'CVM',
    planName: 'CEDAR CHOICE POS',
  },
  {
    id: 'pay_demo_blue_heron',
    name: 'Blue Heron Health of New Jersey',
    aliases: ['Blue Heron', 'Blue Heron NJ'],
    payerId: 'BH003',
    memberIdPrefix: 'BHN',
    planName: 'HERON GOLD EPO',
  },
  {
    id: 'pay_demo_summit_ridge',
    name: 'Summit Ridge Assurance',
    aliases: ['Summit Ridge', 'SRA'],
    payerId: 'SR004',
    memberIdPrefix: 'SRA',
    planName: 'SUMMIT HDHP WITH HSA',
  },
  {
    id: 'pay_demo_harborlight',
    name: 'Harborlight Community Plan',
    aliases: ['Harborlight', 'Harbor Light Community'],
    payerId: 'HL005',
    memberIdPrefix: 'HLC',
    planName: 'HARBORLIGHT FAMILY CARE',
  },
  {
    id: 'pay_demo_granite_peak',
    name: 'Granite Peak Benefit Administrators',
    aliases: ['Granite Peak', 'GPBA'],
    payerId: 'GP006',
    memberIdPrefix: 'GPA',
    planName: 'MERIDIAN TOOL WORKS EMPLOYEE PLAN',
  },
  {
    id: 'pay_demo_lantern',
    name: 'Lantern Behavioral Network',
    aliases: ['Lantern Behavioral', 'Lantern BH'],
    payerId: 'LB007',
    memberIdPrefix: 'LBN',
    planName: 'LANTERN BEHAVIORAL HEALTH',
  },
];

export const simulatedPayers: readonly SimulatedPayer[] = [...ordinaryPayers, ...peculiarPayers];

/** The payer that an inquiry names by its electronic id. */
export function payerByPayerId(payerId: string | undefined): SimulatedPayer | undefined {
  return simulatedPayers.find((payer) => payer.payerId === payerId?.toUpperCase());
}
