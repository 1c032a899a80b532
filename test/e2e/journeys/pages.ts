import type { Journey, Sight, Stage } from '../journey';

const lastName = 'Nightingale';

async function lookAtEveryPage(stage: Stage): Promise<void> {
  const one = await stage.desk('admin');
  const { page } = one;
  const patient = { firstName: 'Marlow', lastName, birthDate: '1988-03-14', relationship: 'self' };
  const { id } = await stage.world.verify(stage.world.member('NWH003'), { patient });
  for (const [state, path, heading] of [
    ['worklist', '/', 'Worklist'],
    ['verification', `/verifications/${id}`, 'The money over time'],
    ['request', '/new', 'New verification'],
    ['call', `/verifications/${id}/call`, /^Call to/],
    ['what-if', `/verifications/${id}/what-if`, 'Other first days'],
    ['settings', '/settings', 'Settings'],
    ['settings-people', '/settings/people', 'Settings'],
    ['settings-programs', '/settings/programs', 'Settings'],
    ['settings-payers', '/settings/payers', 'Settings'],
    ['settings-prices', '/settings/prices', 'Settings'],
    ['settings-keys', '/settings/keys', 'Settings'],
    ['settings-webhooks', '/settings/webhooks', 'Settings'],
    ['settings-records', '/settings/records', 'Settings'],
    ['audit', '/audit', 'Audit trail'],
    ['account', '/account', 'My account'],
    ['nowhere', '/nowhere/at/all', 'Not here'],
  ] as const) {
    await one.goTo(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    if (state === 'worklist') await page.getByRole('listitem').filter({ hasText: lastName }).first().waitFor();
    await one.look(state);
  }
}

const everyPage = (name: string, sight: Sight): Journey => ({ name, sight, run: lookAtEveryPage });

export const pages: readonly Journey[] = [
  everyPage('every page on a phone in the dark is as usable', { screen: 'phone', look: 'dark' }),
  everyPage('every page at 200 % fits without scrolling sideways', { screen: 'zoomed', look: 'light' }),
];
