/** What a machine key may be limited to: an area of the API, to read or to write. */
export const scopes = [
  'verifications:read',
  'verifications:write',
  'patients:read',
  'patients:write',
  'payers:read',
  'programs:read',
  'webhook-endpoints:read',
  'webhook-endpoints:write',
] as const;

export type Scope = (typeof scopes)[number];

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * The scope that a route asks for: its area is the first word after the version.
 *
 * @param route the declared path, e.g. `/v1/verifications/:id`
 * @returns e.g. `verifications:read`; no known scope for areas that no machine may enter
 */
export function scopeOf(method: string, route: string): string {
  const [first = '', second = ''] = route.split('/').filter((part) => part !== '');
  const area = /^v\d+$/.test(first) ? second : first;
  return `${area}:${reads.has(method.toUpperCase()) ? 'read' : 'write'}`;
}
