import type { AnswerRow } from '../entities';

/** Why a kept answer was none; null where it was one. */
export function unavailableWhy({ kind, why }: Pick<AnswerRow, 'kind' | 'why'>): string | null {
  return kind === 'unavailable' ? why : null;
}
