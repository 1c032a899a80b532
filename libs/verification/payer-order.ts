/** Somebody says that one payer pays before another; both by their index. */
export interface Before {
  readonly first: number;
  readonly second: number;
}

export type PayerOrder =
  /** Indexes in the order in which they pay. */
  | { readonly kind: 'told'; readonly order: readonly number[] }
  /** What is said contradicts itself: the order stays as it was given. */
  | { readonly kind: 'disputed' };

/** The order in which payers pay: as it was given, but for what is said. Pure. */
export function orderOfPayers(count: number, said: readonly Before[]): PayerOrder {
  const left = new Set(Array.from({ length: count }, (_, index) => index));
  const order: number[] = [];
  while (left.size > 0) {
    const next = [...left].find(
      (index) => !said.some(({ first, second }) => second === index && first !== index && left.has(first)),
    );
    if (next === undefined) return { kind: 'disputed' };
    left.delete(next);
    order.push(next);
  }
  return { kind: 'told', order };
}
