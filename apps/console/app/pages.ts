import type { PersonRoleJson } from '@openvob/results';
import { words } from '../words/words';

const all = [
  { to: '/', label: words.nav.worklist, roles: ['coordinator', 'supervisor', 'biller', 'auditor', 'admin'] },
  {
    to: '/settings',
    label: words.nav.settings,
    roles: ['coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin'],
  },
  { to: '/audit', label: words.nav.audit, roles: ['auditor', 'admin'] },
] as const satisfies readonly { to: string; label: string; roles: readonly PersonRoleJson[] }[];

/** The pages that a role has something to do on. */
export function pagesFor(
  role: PersonRoleJson | undefined,
): readonly { to: (typeof all)[number]['to']; label: string }[] {
  return all.filter(({ roles }) => (roles as readonly string[]).includes(role ?? ''));
}
