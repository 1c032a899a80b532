import type { CivilDate } from '@openvob/benefits';

/** Where a rule or an amount of the law is published, and when that page was last read. */
export interface LawSource {
  readonly title: string;
  readonly url: string;
  readonly readOn: CivilDate;
}

/** An amount that the law sets anew every year. */
export interface YearlyAmounts<T> {
  /** Of plan years that begin in it. */
  readonly year: number;
  readonly amounts: T;
  readonly source: LawSource;
}

/** The amounts of the plan year that begins on a date; `undefined` for a year whose amounts are not known here. */
export function amountsOfYear<T>(table: readonly YearlyAmounts<T>[], from: CivilDate): T | undefined {
  return entryOfYear(table, from)?.amounts;
}

/** The entry of the plan year that begins on a date, with its source. */
export function entryOfYear<T>(table: readonly YearlyAmounts<T>[], from: CivilDate): YearlyAmounts<T> | undefined {
  return table.find(({ year }) => year === Number(from.slice(0, 4)));
}
