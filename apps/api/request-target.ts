import { unkeepable } from '@openvob/intake';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';

/** Query parameters that may be given several times. */
const repeatable = new Set(['status']);

/**
 * Refuses what no id and no search can hold, before it reaches a database: control characters, half characters, a parameter given twice.
 *
 * @param unknownId the problem of an id that cannot exist
 */
export function checkTarget(request: FastifyRequest, unknownId: 'not_found' | 'unauthenticated'): void {
  if (unkeepable(request.params, 'refused').length > 0) throw new Problem(unknownId);
  const query = (request.query ?? {}) as Record<string, unknown>;
  const isTwice = Object.entries(query).some(([name, value]) => Array.isArray(value) && !repeatable.has(name));
  if (isTwice) throw new Problem('malformed_request', { detail: 'A query parameter may be given once.' });
  if (unkeepable(query, 'refused').length > 0)
    throw new Problem('malformed_request', { detail: 'A query parameter holds a control character.' });
}
