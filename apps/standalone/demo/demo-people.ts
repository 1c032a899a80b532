import { randomInt } from 'node:crypto';
import { PasswordHasher, type PersonRole, personRoles } from '@openvob/access';
import { type Database, PeopleSetup } from '@openvob/store';

/** Somebody who may sign in to the demonstration. */
export interface DemoUser {
  email: string;
  password: string;
  role: string;
}

const names: Readonly<Record<PersonRole, string>> = {
  coordinator: 'Cora Lindqvist',
  supervisor: 'Sami Okonkwo',
  biller: 'Bea Marchetti',
  ops: 'Omar Tanaka',
  auditor: 'Aude Fontaine',
  admin: 'Ada Whitfield',
};

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** One person a role; passwords of an earlier start are kept. */
export function demoUsers(before: readonly DemoUser[] = []): DemoUser[] {
  return personRoles.map((role) => {
    const email = `${role}@demo.openvob.example`;
    return { email, role, password: before.find((user) => user.email === email)?.password ?? newPassword() };
  });
}

/** Puts them into the demo facility, which does without a second factor unless somebody sets one up. */
export async function seedPeople(
  database: Database,
  facilityId: string,
  users: readonly DemoUser[],
  now: Date,
): Promise<void> {
  const setup = new PeopleSetup(database);
  const hasher = new PasswordHasher();
  await setup.requireSecondFactor(facilityId, false);
  for (const role of personRoles) {
    const user = users.find((one) => one.role === role);
    if (!user) continue;
    const passwordHash = await hasher.hash(user.password);
    await setup.put(facilityId, { email: user.email, name: names[role], role, passwordHash }, now);
  }
}

function newPassword(): string {
  const group = (): string => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
