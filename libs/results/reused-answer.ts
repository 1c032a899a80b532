/** What asking cost, and what was not asked because the same had been answered lately. */
export interface VerificationSpend {
  costCents?: number;
  reused?: readonly ReusedAnswer[];
}

/** An answer that was given to an earlier inquiry of the facility and taken for this one. */
export interface ReusedAnswer {
  /** Index of the coverage in the request. */
  position: number;
  payer: string;
  /** When the payer gave it. */
  answeredAt: Date;
  /** When it was taken instead of asking. */
  takenAt: Date;
  timeZone: string;
}

/** The reuse in words, as an assumption of the estimate: that nothing has changed since then. One a coverage, its oldest answer. */
export function reuseAssumptions(reused: readonly ReusedAnswer[]): { code: string; text: string; path: string }[] {
  const positions = [...new Set(reused.map(({ position }) => position))];
  return positions.flatMap((position) => {
    const [oldest] = reused
      .filter((one) => one.position === position)
      .sort((a, b) => a.answeredAt.getTime() - b.answeredAt.getTime());
    return oldest ? [{ code: 'answer_reused', text: sentence(oldest), path: `/coverages/${position}` }] : [];
  });
}

function sentence({ payer, answeredAt, takenAt, timeZone }: ReusedAnswer): string {
  const at = answeredAt.toLocaleString('en-US', {
    timeZone,
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  return `The answer of ${payer} of ${at} was used again, ${ageInWords(takenAt.getTime() - answeredAt.getTime())} old: the same had just been asked. Reverify to ask the payer anew.`;
}

const minuteMs = 60_000;

/** An age as people say it: minutes up to two hours, then hours. */
export function ageInWords(ms: number): string {
  const minutes = Math.max(Math.round(ms / minuteMs), 1);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}
