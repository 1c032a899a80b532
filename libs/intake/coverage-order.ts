import { type AdmissionRequest, type Fault, type RequestCoverage, sentIndex } from './request';

const orders = ['primary', 'secondary', 'tertiary'] as const;

/** What a coverage is that does not say it. */
export function defaultOrder(index: number): (typeof orders)[number] {
  return orders[index] ?? 'tertiary';
}

/**
 * Coverages with the primary first, and the index that each had as it was sent where that is another one.
 *
 * @param usable in the order in which they were sent, without what stood among them and is no coverage
 * @param unusable what could not be used, that included
 */
export function inOrder(
  usable: readonly RequestCoverage[],
  unusable: readonly Pick<Fault, 'pointer'>[],
): Pick<AdmissionRequest, 'coverages' | 'sentAs'> {
  const strays = new Set(unusable.map(({ pointer }) => pointer));
  const all = Array.from({ length: usable.length + strays.size }, (_, index) => index);
  const places = all.filter((index) => !strays.has(`/coverages/${index}`));
  const sent = usable.map((coverage, index) => {
    const { order = defaultOrder(index) } = coverage;
    return { coverage: { ...coverage, order }, rank: orders.indexOf(order), at: places[index] ?? index };
  });
  const ordered = sent.toSorted((a, b) => a.rank - b.rank);
  const coverages = ordered.map(({ coverage }) => coverage);
  return ordered.every(({ at }, position) => at === position)
    ? { coverages }
    : { coverages, sentAs: ordered.map(({ at }) => at) };
}

/** The coverages as they stood among what was sent. */
export function inSentOrder({ coverages, sentAs }: Pick<AdmissionRequest, 'coverages' | 'sentAs'>): RequestCoverage[] {
  return coverages
    .map((coverage, position) => ({ coverage, at: sentAs ? sentIndex({ sentAs }, position) : position }))
    .sort((a, b) => a.at - b.at)
    .map(({ coverage }) => coverage);
}
