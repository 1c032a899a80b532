import type { Cents } from '@openvob/benefits';
import type { ScheduledDay } from '@openvob/programs';
import { type Account, enterDay, openAccount } from './account';
import type { Episode, ServiceDate } from './episode';
import type { Hypothesis } from './hypotheses';
import { type LedgerLine, ledgerLine } from './ledger-line';

/** A date with a service: its lines, and the accounts of the coverages active on it. */
export interface LedgerDay {
  readonly day: ScheduledDay;
  readonly active: readonly Account[];
  readonly lines: readonly LedgerLine[];
  readonly patientCents: Cents;
}

/** The whole episode under one hypothesis. */
export interface Ledger {
  readonly days: readonly LedgerDay[];
  /** By coverage, as the last day left them. */
  readonly accounts: readonly Account[];
  readonly patientCents: Cents;
}

/**
 * Works an episode out under one hypothesis: days in date order, within a day the services in the order of the plan.
 *
 * Throws a CaseFault `rate_missing`. Source: estimate contract, Rules, "Order".
 */
export function keepLedger(episode: Episode, hypothesis: Hypothesis): Ledger {
  const { coverages } = episode.estimateCase;
  const accounts = coverages.map((_, index) => openAccount(episode.estimateCase, index, hypothesis));
  const days = episode.serviceDates.map((serviceDate) => ledgerDay(episode, accounts, serviceDate));
  return { days, accounts, patientCents: sumPatientCents(days) };
}

function ledgerDay({ rates }: Episode, accounts: readonly Account[], { day, active: indexes }: ServiceDate): LedgerDay {
  const active: Account[] = [];
  for (const index of indexes) {
    const account = accounts[index];
    if (account) active.push(enterDay(account, day));
  }
  const payers = { primary: active[0], second: active[1] };
  const lines = day.services.map((service) => ledgerLine(rates, payers, { service, day }));
  return { day, active, lines, patientCents: sumPatientCents(lines) };
}

/** All that the patient owes together. */
export function sumPatientCents(items: readonly { readonly patientCents: Cents }[]): Cents {
  return items.reduce((sum, { patientCents }) => sum + patientCents, 0);
}
