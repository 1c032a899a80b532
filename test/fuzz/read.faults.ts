import type { Source } from '@openvob/benefits';
import type { ReadAnswer, ReadError, ReadResult } from '@openvob/coverage';

/** What is wrong with a result whatever was read: a number that is none, a figure without a source, an issue without a place. */
export function faultOf(result: ReadResult | ReadError): string | undefined {
  const unsaid = unsayable(result, '');
  if (unsaid !== undefined) return `${unsaid} cannot be said in JSON`;
  if ('error' in result) return undefined;
  if (result.issues.some(({ at, message }) => at === '' || message === '')) return 'an issue without place or message';
  return result.answers.map(unsourced).find((fault) => fault !== undefined);
}

/** The pointer of the first value that JSON would lose. */
function unsayable(value: unknown, pointer: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : pointer;
  if (value === undefined || typeof value === 'function' || typeof value === 'bigint') return pointer;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const found = unsayable(each, `${pointer}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function unsourced(answer: ReadAnswer): string | undefined {
  const { iop } = answer;
  const chosen = [
    iop.copay,
    iop.coinsurance,
    iop.deductibleIndividual,
    iop.deductibleFamily,
    iop.outOfPocketIndividual,
    iop.outOfPocketFamily,
  ];
  const figures: readonly { readonly source: Source | readonly Source[] }[] = [
    ...answer.accumulators,
    ...answer.costShares,
    ...answer.limits,
    ...answer.authorizations,
    ...chosen.flatMap((each) => (each === undefined ? [] : [each, ...each.alternatives])),
  ];
  const sources = figures.map(({ source }) => (Array.isArray(source) ? source : [source]));
  return sources.every((all) => all.length > 0 && all.every(isPlace)) ? undefined : 'a figure without a source';
}

function isPlace({ segment, raw, path }: Source): boolean {
  return path !== undefined || (segment !== undefined && segment > 0 && raw !== undefined && raw !== '');
}
