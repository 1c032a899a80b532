import type { BenefitContent, BenefitRow } from './content';

/** EB06: a calendar year, and what is left of it. */
const [calendarYear, remaining] = ['23', '29'];

/** What an invented plan says in a later calendar year than the one in which the patient used it: of its deductibles, maxima and days everything is left. */
export function withNothingUsed(content: BenefitContent): BenefitContent {
  return { ...content, rows: content.rows.map((row, at) => whole(row, content.rows[at - 1])) };
}

/** What is left stands behind what there is. */
function whole(row: BenefitRow, before: BenefitRow | undefined): BenefitRow {
  const isRest = row.period === remaining && before?.period === calendarYear && before.code === row.code;
  if (!isRest) return row;
  const { cents, quantity } = before;
  return { ...row, ...(cents === undefined ? {} : { cents }), ...(quantity === undefined ? {} : { quantity }) };
}
