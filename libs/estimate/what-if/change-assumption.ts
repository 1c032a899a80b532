/** What a changed case rests on besides the assumptions of its estimate. */
export interface ChangeAssumption {
  readonly code: ChangeAssumptionCode;
  readonly text: string;
  /** JSON Pointer into the changed case. */
  readonly path: string;
}

export type ChangeAssumptionCode = keyof typeof TEXTS;

const TEXTS = {
  listed_dates_move_with_start:
    'Services on listed dates keep their distance from the start, so that the same care is counted.',
  same_limits_in_later_years:
    'Benefit years after the last one stated are taken to be a year long, with the same limits and nothing used.',
  deductible_at_least_what_is_left:
    'The full deductible was not stated: a later year is taken to have at least what is left now.',
  maximum_not_stated_later:
    'The full out-of-pocket maximum was not stated: nothing bounds what is owed in a later year.',
  self_only_cap_not_stated_later: 'The self-only limit of the law is not counted in a later year.',
  limits_not_stated_later:
    'Limits of days or dollars were stated for the first benefit year only: none is counted in a later year.',
} as const;

/** Names an assumption with its plain text. */
export function changeAssumption(code: ChangeAssumptionCode, path: string): ChangeAssumption {
  return { code, text: TEXTS[code], path };
}
