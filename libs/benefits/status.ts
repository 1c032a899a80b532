import { type CivilDate, type DateSpan, isWithin } from './civil-date';
import { isMedical, isPlanLevel } from './service-types';
import type { CoverageStatus, Row, Source } from './snapshot';

/** A coverage statement (EB01 1 to 8) with the dates in which it holds. */
export interface CoverageRow extends Row {
  readonly status: Exclude<CoverageStatus, 'unknown'>;
  readonly source: Source;
}

/** What coverage statements say on a date: those that count, and those that their dates exclude. */
export interface StatusFinding {
  readonly status: CoverageStatus;
  /** Statements of the deciding kind (the plan, else medical services) that hold on the date. */
  readonly deciding: readonly CoverageRow[];
}

/**
 * The coverage status on a date: from statements on the plan (service type 30 or none), else on any medical service.
 * Statements whose own dates or the person's plan dates exclude the date do not count; when there are no others the
 * status is `inactive`. Without a date no date test is made.
 */
export function statusOn(
  on: CivilDate | undefined,
  rows: readonly CoverageRow[],
  planDates: readonly DateSpan[],
): StatusFinding {
  let isSaid = false;
  for (const concerns of [isPlanLevel, isMedical]) {
    const deciding: CoverageRow[] = [];
    for (const row of rows) {
      if (!concerns(row.serviceTypes)) continue;
      isSaid = true;
      if (holdsOn(on, row, planDates)) deciding.push(row);
    }
    if (deciding.length > 0) return { status: strongest(deciding), deciding };
  }
  return { status: isSaid ? 'inactive' : 'unknown', deciding: [] };
}

/** True when neither the row's own dates nor the person's plan dates exclude the date. */
export function holdsOn(on: CivilDate | undefined, row: DateSpan, planDates: readonly DateSpan[]): boolean {
  if (on === undefined) return true;
  return isWithin(on, row) && (planDates.length === 0 || planDates.some((span) => isWithin(on, span)));
}

function strongest(rows: readonly CoverageRow[]): CoverageStatus {
  return (['active', 'pending'] as const).find((status) => rows.some((row) => row.status === status)) ?? 'inactive';
}
