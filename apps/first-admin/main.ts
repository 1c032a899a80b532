import { parseArgs } from 'node:util';
import { linkUrl, newLink, normalisedEmail } from '@openvob/access';
import { type Config, FieldCipher, newId, readConfig } from '@openvob/platform';
import { Database, FacilitySetup, FirstAdmins } from '@openvob/store';

const usage = `Makes the first administrator of a facility and prints a link that works once, for 24 hours.

  npm run first-admin -- --email you@example.org --name "Your Name" --facility FACILITY_ID
  npm run first-admin -- --email you@example.org --name "Your Name" --new-facility "Name" --npi 1234567890 --time-zone America/New_York

  --another                 also where somebody administers the facility already
  --without-second-factor   removes the second factor of somebody who lost phone and recovery codes`;

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  facility: { type: 'string' },
  'new-facility': { type: 'string' },
  npi: { type: 'string' },
  'time-zone': { type: 'string' },
  another: { type: 'boolean' },
  'without-second-factor': { type: 'boolean' },
} as const;

/** What was asked for on the command line. */
interface Asked {
  email: string;
  name: string;
  facility: { id: string } | { name: string; npi: string; timeZone: string };
  isAnother: boolean;
  withoutSecondFactor: boolean;
}

/** `npm run first-admin`: for whoever may reach database and keys. The link is printed and kept nowhere. */
export async function main(args: readonly string[] = process.argv.slice(2)): Promise<void> {
  try {
    process.stdout.write(await appoint(read(args), readConfig()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

async function appoint(asked: Asked, config: Config): Promise<string> {
  const database = await Database.open({
    url: config.databaseUrl,
    poolSize: 1,
    applicationName: 'openvob-first-admin',
  });
  try {
    const now = new Date();
    const facilityId = 'id' in asked.facility ? asked.facility.id : await found(database, config, asked.facility, now);
    const actor = { kind: 'command', id: 'first-admin' } as const;
    const { secret, link } = newLink('first_admin', { by: actor.id, at: now, facilityId });
    const admin = { ...asked, email: normalisedEmail(asked.email), facilityId, actor, link };
    const outcome = await new FirstAdmins(database).appoint(admin, now);
    if (outcome.kind === 'no_facility') throw new Error(`There is no facility ${facilityId}.`);
    if (outcome.kind === 'has_admin')
      throw new Error(
        'Somebody administers this facility already and can invite you. If nobody gets in any more, add --another.',
      );
    const url = linkUrl(config.access.publicOrigin, 'first_admin', secret);
    return `${admin.email} will administer ${outcome.facilityName} (${facilityId}) by this link. It works once, for 24 hours, and is shown this once:\n\n  ${url}\n\n`;
  } finally {
    await database.close();
  }
}

async function found(
  database: Database,
  config: Config,
  facility: { name: string; npi: string; timeZone: string },
  now: Date,
): Promise<string> {
  const id = newId('fac', now);
  await new FacilitySetup(database, new FieldCipher(config.keyRing)).put({ id, ...facility }, now);
  return id;
}

/** @throws Error with the usage and what is missing */
function read(args: readonly string[]): Asked {
  const { email, name, facility, another, ...values } = parsed(args);
  const [newFacility, npi, timeZone] = [values['new-facility'], values.npi, values['time-zone']];
  const faults = [
    ...(email?.includes('@') ? [] : ['--email must be an e-mail address']),
    ...(name?.trim() ? [] : ['--name is missing']),
    ...((facility === undefined) === (newFacility === undefined)
      ? ['one of --facility and --new-facility is needed']
      : []),
    ...(newFacility === undefined || /^\d{10}$/.test(npi ?? '') ? [] : ['--npi must have ten digits']),
    ...(newFacility === undefined || isTimeZone(timeZone) ? [] : ['--time-zone must be one like America/New_York']),
  ];
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n\n${usage}`);
  const place = newFacility ? { name: newFacility, npi: npi ?? '', timeZone: timeZone ?? '' } : { id: facility ?? '' };
  const switches = { isAnother: another ?? false, withoutSecondFactor: values['without-second-factor'] ?? false };
  return { email: email ?? '', name: name ?? '', facility: place, ...switches };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : ''}\n\n${usage}`, { cause });
  }
}

function isTimeZone(name: string | undefined): boolean {
  return name?.includes('/') === true && Intl.supportedValuesOf('timeZone').includes(name);
}

if (require.main === module) void main();
