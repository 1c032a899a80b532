/** What a machine key or a person may do; a route declares which of these it is open to. */
export const roles = ['coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine'] as const;

export type Role = (typeof roles)[number];

/** Who makes a request, and for which facility. */
export interface Principal {
  kind: 'api_key';
  id: string;
  facilityId: string;
  role: Role;
}
