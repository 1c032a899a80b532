/** Everything that a representative of a plan with a copay of $40 a day says. */
export const everything = [
  { questionId: 'coverage_active:0', value: 'yes', words: 'Yes, it is active.' },
  { questionId: 'effective_date:0', value: '2025-01-01' },
  { questionId: 'end_date:0', value: 'none' },
  { questionId: 'plan_year:0', value: 'calendar_year' },
  { questionId: 'facility_network:0', value: 'in', words: 'You are in network.' },
  { questionId: 'carved_out:0', value: 'no' },
  { questionId: 'iop_covered:0', value: true },
  { questionId: 'share_kind:0', value: 'copay' },
  { questionId: 'copay:0', value: 4000, words: 'Forty dollars a day.' },
  { questionId: 'copay_per:0', value: 'day' },
  { questionId: 'deductible_applies:0', value: 'no' },
  { questionId: 'deductible_individual:0', value: { limitCents: 150_000, usedCents: 150_000 } },
  { questionId: 'out_of_pocket_individual:0', value: { limitCents: 500_000, remainingCents: 300_000 } },
  { questionId: 'limit_kind:0', value: 'none' },
  { questionId: 'authorization_required:0', value: 'no' },
];

/** A call of a few minutes in which a representative tells everything. */
export const phoned = (startedAt: string) => ({
  representative: 'Tamsin Oakhurst',
  referenceNumber: 'REF-4711',
  startedAt,
  endedAt: new Date(Date.parse(startedAt) + 4 * 60_000).toISOString(),
  answers: everything,
});
