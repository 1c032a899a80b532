import type { Side } from '../side';

/** Where in a case the unknown stands that a question asks about. */
export type QuestionPlace =
  | { readonly code: 'network'; readonly coverage: number }
  | { readonly code: 'cost_share'; readonly coverage: number; readonly side: Side['kind']; readonly rule: number }
  | { readonly code: 'accumulator_conflict' }
  | { readonly code: 'pending_claims' }
  | { readonly code: 'authorization'; readonly coverage: number; readonly side: Side['kind'] };

const INDEX = '(0|[1-9]\\d*)';
const NETWORK = new RegExp(`^network:${INDEX}$`);
const COST_SHARE = new RegExp(`^cost_share:${INDEX}:(o?)${INDEX}$`);
const AUTHORIZATION = new RegExp(`^authorization:${INDEX}(:o)?$`);

/**
 * Reads the id of a question; `undefined` for what is none.
 *
 * Source: estimate contract, table of questions.
 *
 * @example
 * questionPlace('cost_share:0:o1') // { code: 'cost_share', coverage: 0, side: 'out_of_network', rule: 1 }
 */
export function questionPlace(id: string): QuestionPlace | undefined {
  if (id === 'accumulator_conflict' || id === 'pending_claims') return { code: id };
  const network = NETWORK.exec(id);
  if (network) return { code: 'network', coverage: Number(network[1]) };
  const share = COST_SHARE.exec(id);
  if (share) return { code: 'cost_share', coverage: Number(share[1]), side: sideOf(share[2]), rule: Number(share[3]) };
  const authorization = AUTHORIZATION.exec(id);
  if (!authorization) return undefined;
  return { code: 'authorization', coverage: Number(authorization[1]), side: sideOf(authorization[2]) };
}

function sideOf(mark: string | undefined): Side['kind'] {
  return mark ? 'out_of_network' : 'own';
}
