import type { Benefits, Coverage, Network } from './estimate-case';

/** One of a coverage's two sets of benefits: its own, or the one out of network. */
export interface Side {
  readonly coverage: number;
  readonly kind: 'own' | 'out_of_network';
  readonly benefits: Benefits;
}

/**
 * The set that serves in a network. Out of network only what `outOfNetwork` holds is there; without it the coverage's own serve.
 *
 * Source: estimate contract, "Sides".
 */
export function sideInUse(coverage: Coverage, index: number, network: Network): Side {
  if (network === 'in' || !coverage.outOfNetwork) return { coverage: index, kind: 'own', benefits: coverage };
  return { coverage: index, kind: 'out_of_network', benefits: coverage.outOfNetwork };
}

/**
 * The sets that a coverage's network can make, its own before the other.
 *
 * Source: estimate contract, "Unknowns".
 */
export function sidesOf(coverage: Coverage, index: number): Side[] {
  const own = sideInUse(coverage, index, 'in');
  const out = sideInUse(coverage, index, 'out');
  if (coverage.network === 'in') return [own];
  if (coverage.network === 'out' || out.kind === 'own') return [out];
  return [own, out];
}
