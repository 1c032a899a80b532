import { type Cents, formatUsd } from '@openvob/benefits';
import type { ProgramService, ServiceKind } from '@openvob/programs';
import type { CopayPer, CostShare, Matcher } from './estimate-case';

const SERVICE_NAMES: Record<ServiceKind, string> = {
  iop_day: 'program day',
  individual_therapy: 'individual therapy',
  family_therapy: 'family therapy',
  medication_management: 'medication visit',
  medication: 'medication',
  assessment: 'assessment',
};

const UNIT_NAMES: Record<CopayPer, string> = {
  service: 'a service',
  day: 'a day',
  week: 'a week',
  episode: 'for the whole program',
};

/** What a family calls a service, with the code that the plan calls it by: `program day (H0015)`. */
export function serviceName({ kind, code }: Pick<ProgramService, 'kind' | 'code'>): string {
  return `${SERVICE_NAMES[kind]} (${code})`;
}

/** `a day`, `for the whole program`. */
export function unitName(per: CopayPer | undefined): string {
  return UNIT_NAMES[per ?? 'day'];
}

/** `Your plan`, or `Your first plan` and `Your second plan` where there are two. */
export function planName(coverage: number, coverages: number): string {
  if (coverages < 2) return 'Your plan';
  return coverage === 0 ? 'Your first plan' : 'Your second plan';
}

/** `20 %`. */
export function percentText(percent: number | undefined): string {
  return `${percent ?? 0} %`;
}

/** A cost share as it is asked for: `a $40.00 copay a day`. */
export function costShareText(share: CostShare): string {
  const copay = `a ${usd(share.copayCents)} copay ${unitName(share.copayPer)}`;
  const coinsurance = `${percentText(share.coinsurancePercent)} coinsurance`;
  switch (share.order) {
    case 'copay':
      return copay;
    case 'deductible_then_coinsurance':
      return `the deductible, then ${coinsurance}`;
    case 'deductible_then_copay':
      return `the deductible, then ${copay}`;
    case 'copay_then_coinsurance':
      return share.copayCents === 0 ? withoutDeductible(share) : `${copay}, then ${coinsurance}`;
  }
}

function withoutDeductible({ coinsurancePercent }: CostShare): string {
  if (coinsurancePercent === 100) return 'all of the allowed amount';
  return `${percentText(coinsurancePercent)} coinsurance without a deductible`;
}

/** What a rule is about: `any service`, `iop_day, 99214, virtual`. */
export function scopeText({ appliesTo, setting }: Matcher): string {
  const services = appliesTo === 'any' ? 'any service' : appliesTo.map(kindOrCode).join(', ');
  return setting === undefined ? services : `${services}, ${setting === 'virtual' ? 'virtual' : 'in person'}`;
}

/** Dollars; $0.00 where an amount was not needed. */
export function usd(cents: Cents | undefined): string {
  return formatUsd(cents ?? 0);
}

function kindOrCode(text: string): string {
  return isServiceKind(text) ? SERVICE_NAMES[text] : text;
}

function isServiceKind(text: string): text is ServiceKind {
  return Object.hasOwn(SERVICE_NAMES, text);
}
