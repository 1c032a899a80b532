import { type CivilDate, type CostShare, isWithin, type Net, type Row, type Snapshot, tells } from '@openvob/benefits';
import type { Setting } from '@openvob/programs';
import type { IopRequest } from './iop-request';

/** Places where an outpatient program is held: hospital outpatient, clinics, treatment facilities (code list of POS). */
const FACILITIES = new Set(['19', '22', '49', '50', '52', '53', '57', '58', '71', '72']);
/** Places where it never is: inpatient, residential, nursing, emergency, urgent care, ambulance, laboratory, pharmacy. */
const ELSEWHERE = new Set([
  '01',
  '20',
  '21',
  '23',
  '31',
  '32',
  '33',
  '34',
  '41',
  '42',
  '51',
  '54',
  '55',
  '56',
  '61',
  '81',
]);
const VIRTUAL = new Set(['02', '10']);

/** 3 said of this network, 2 of either, 1 not said; `undefined` when said of the other. Rule 1.10.4. */
export function networkFit(network: Net, side: IopRequest['network']): number | undefined {
  if (network === side) return 3;
  if (network === 'either') return 2;
  return network === 'unknown' ? 1 : undefined;
}

/**
 * How well a place of service fits: 3 a virtual place for a virtual program or a facility for one in person, 2 none said,
 * 1 another place in person (an office); `undefined` when it does not fit. A message can say virtual as well. Rule 1.10.5.
 */
export function placeFit(share: Pick<CostShare, 'placeOfService' | 'messages'>, setting: Setting): number | undefined {
  const places = share.placeOfService ?? [];
  const isVirtual = places.length > 0 ? places.every((code) => VIRTUAL.has(code)) : tells(share.messages, 'virtual');
  if (setting === 'virtual') {
    if (isVirtual || places.some((code) => VIRTUAL.has(code))) return 3;
    return places.length === 0 ? 2 : undefined;
  }
  if (isVirtual) return undefined;
  if (places.length === 0) return 2;
  if (places.some((code) => FACILITIES.has(code))) return 3;
  return places.every((code) => ELSEWHERE.has(code) || VIRTUAL.has(code)) ? undefined : 1;
}

/** True when the row's own dates hold on the date; without a date all do. Rule 1.10.1. */
export function holdsOnDate(row: Row, on: CivilDate | undefined): boolean {
  return on === undefined || isWithin(on, row);
}

/** Names of plans of which coverage is said and none of it active: rows that name them are of the wrong plan. Rule 1.10.1. */
export function endedPlans({ basis }: Snapshot): ReadonlySet<string> {
  const ended = new Set<string>();
  const stated = basis?.rows ?? [];
  for (const { says, plan } of stated) if (says === 'coverage' && plan !== undefined) ended.add(plan);
  for (const { says, plan, status } of stated) {
    if (says === 'coverage' && plan !== undefined && status !== 'inactive') ended.delete(plan);
  }
  return ended;
}
