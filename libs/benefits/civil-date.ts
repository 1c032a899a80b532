/** A calendar date without time or zone, `YYYY-MM-DD`. */
export type CivilDate = string & { readonly __unit?: 'civil-date' };
