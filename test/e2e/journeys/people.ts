import type { Journey } from '../journey';

const patientOf = (lastName: string): object => ({
  patient: { firstName: 'Marlow', lastName, birthDate: '1988-03-14', relationship: 'self' },
});

const supervisor: Journey = {
  name: 'a supervisor watches the queue, takes and hands over, and the other one sees it without reloading',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const { world } = stage;
    const name = `Halvorsen${'abcdefghijklmnop'.charAt(world.next() % 16)}`;
    const email = await world.person('coordinator');
    const [sam, cora] = [await stage.desk('supervisor'), await stage.desk(email)];
    await cora.goTo('/?needs=consent');
    const { id } = await world.verify(world.member('NWH001'), { consent: undefined, ...patientOf(name) });
    const line = cora.page.getByRole('listitem').filter({ hasText: name });
    await line.waitFor();
    await sam.goTo('/');
    await sam.page.getByRole('button', { name: /To do$/ }).waitFor();
    await sam.page.getByRole('combobox', { name: 'What to do' }).selectOption('consent');
    const own = sam.page.getByRole('listitem').filter({ hasText: name });
    await own.getByRole('link').focus();
    await sam.page.keyboard.press('a');
    await own.getByRole('button', { name: /Supervisor Reyes looks after it/ }).waitFor();
    await sam.look('queue');
    await own.getByRole('button', { name: /Hand over/ }).click();
    await sam.page.getByRole('menuitem', { name: 'Coordinator Reyes' }).click();
    await line.getByRole('button', { name: /Coordinator Reyes looks after it/ }).waitFor();
    await cora.look('queue');
    await sam.goTo(`/verifications/${id}`);
    await sam.page.getByRole('button', { name: 'The patient has signed today' }).waitFor();
    await sam.look('needs-consent');
    await sam.page.getByRole('button', { name: 'The patient has signed today' }).click();
    await sam.page.getByRole('heading', { name: 'Covered' }).waitFor();
    await line.waitFor({ state: 'detached' });
  },
};

const auditor: Journey = {
  name: 'an auditor reads the trail and changes nothing',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const aude = await stage.desk('auditor');
    const { page } = aude;
    const { id } = await stage.world.verify(stage.world.member('NWH001'));
    await aude.goTo('/audit');
    await page.getByLabel('About (id)').fill(id);
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('cell', { name: /verification requested/ }).waitFor();
    await aude.look('audit');
    await page.getByRole('link', { name: id }).first().click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await aude.look('verification-of-auditor');
    if ((await page.getByRole('button', { name: 'Correct' }).count()) > 0) throw new Error('an auditor may correct');
    await page.getByRole('tab', { name: 'History' }).click();
    await page.getByText('asked for it').waitFor();
  },
};

const withoutRights: Journey = {
  name: 'someone without rights is told so in words, and sees nothing of it',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const { world } = stage;
    const omar = await stage.desk('ops');
    const { id } = await world.verify(world.member('NWH001'));
    await omar.goTo('/');
    await omar.page.getByText('Not for your role').waitFor();
    await omar.look('denied');
    await omar.goTo(`/verifications/${id}`);
    await omar.page.getByText('Not for your role').waitFor();
    await omar.goTo('/settings/payers');
    await omar.page.getByRole('columnheader', { name: 'Payer', exact: true }).waitFor();
    await omar.look('payers-of-ops');
    const cora = await stage.desk('coordinator');
    for (const path of ['/audit', '/settings/keys']) {
      await cora.goTo(path);
      await cora.page.getByText('Not for your role').waitFor();
    }
    await cora.look('denied');
    const quiet = await stage.desk('quiet');
    await quiet.goTo(`/verifications/${id}`);
    await quiet.page.getByRole('heading', { name: 'Not here' }).waitFor();
    await quiet.look('not-here');
  },
};

const commands: Journey = {
  name: 'what can be done is found by typing a word of it, and its key is told',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    await one.goTo('/');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Type a word of it' }).fill('overdue');
    await one.look('commands');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /Overdue$/, pressed: true }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('button', { name: 'New verification n' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'New verification' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Type a word of it' }).fill('keyb');
    await page.keyboard.press('Enter');
    await page.getByRole('rowheader', { name: 'Ctrl + K' }).waitFor();
  },
};

export const people: readonly Journey[] = [supervisor, auditor, withoutRights, commands];
