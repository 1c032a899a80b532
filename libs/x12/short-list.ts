/**
 * A list with one more at its end; the list that was given is used up. Lists of up to three, nearly all of those that a message
 * holds, are no larger than that: one that grows by `push` has room for sixteen more, which nobody needs.
 */
export function withOne<T>(list: readonly T[], one: T): T[] {
  switch (list.length) {
    case 0:
      return [one];
    case 1:
      return [list[0] as T, one];
    case 2:
      return [list[0] as T, list[1] as T, one];
    default:
      (list as T[]).push(one);
      return list as T[];
  }
}
