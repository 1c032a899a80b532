import type { Desk } from '../browser';
import type { Journey } from '../journey';

/** Fills the form in the order in which a caller tells it. */
export async function fillRequest({ page }: Desk, memberId: string, lastName: string): Promise<void> {
  await page.getByLabel('First name', { exact: true }).fill('Marlow');
  await page.getByLabel('Last name', { exact: true }).fill(lastName);
  await page.getByLabel('Birth date', { exact: true }).fill('3/14/88');
  await page.getByLabel('Member id').fill(memberId);
  await page.getByRole('button', { name: 'Use it' }).click();
  await page.getByLabel('Network').selectOption('in');
  await page.getByRole('checkbox', { name: /signed the consent/ }).check();
}

const callerWaiting: Journey = {
  name: 'a caller waits: by keyboard alone from the worklist to a number and its source',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    await one.goTo('/');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await page.keyboard.press('n');
    await page.getByRole('heading', { name: 'New verification' }).waitFor();
    for (const text of ['Marlow', 'Quillfeather', '031488']) {
      await page.keyboard.type(text);
      await page.keyboard.press('Tab');
    }
    await page.getByText('Mar 14, 1988').waitFor();
    await page.getByLabel('Payer', { exact: true }).focus();
    await page.keyboard.type('norhtwind');
    await page.locator('[role="option"]:visible').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(stage.world.member('NWH001'));
    await page.getByLabel('Network').focus();
    await page.keyboard.type('In');
    await page.getByRole('checkbox', { name: /signed the consent/ }).focus();
    await page.keyboard.press('Space');
    await page.getByText(/Is asked electronically/).waitFor();
    await one.look('request-filled');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await page.getByText('Whole program').first().waitFor();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await one.look('verified');
    const week = page.getByRole('button', { name: /^Week of/ }).first();
    if (await week.isVisible()) await week.press('Enter');
    else await openFirstWeekOfTable(one);
    await page.getByRole('button', { name: 'Close the week' }).waitFor();
    await one.look('week');
    await page
      .getByRole('button', { name: /where this comes from/ })
      .first()
      .press('Enter');
    await page
      .getByText(/Segment \d+ of the payer’s answer/)
      .first()
      .waitFor();
    await one.look('source');
  },
};

/** Where the screen is too narrow for buttons under the bars. */
async function openFirstWeekOfTable({ page }: Desk): Promise<void> {
  await page.getByText('Table', { exact: true }).click();
  await page.getByRole('table').getByRole('button').first().press('Enter');
}

const nothingYet: Journey = {
  name: 'on the first day there is nothing yet, and the page says what to do',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('quiet');
    await one.goTo('/');
    await one.page.getByText('Nothing needs you here').waitFor();
    await one.look('worklist-empty');
    await one.page.getByRole('searchbox').fill('Quillfeather');
    await one.page.getByText('Nothing found').waitFor();
    await one.look('worklist-nothing-found');
    await one.goTo('/new');
    await one.page.getByText(/no program/i).waitFor();
    await one.look('request-without-program');
  },
};

const garbage: Journey = {
  name: 'pasted garbage is not taken for a card, a card is; who was asked about already is shown',
  sight: { screen: 'phone', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk(await stage.world.person('coordinator'));
    const { page } = one;
    const memberId = stage.world.member('NWH001');
    await stage.world.verify(memberId);
    await one.goTo('/new');
    const card = page.getByLabel('Paste the text of the card');
    await card.fill('\u{1F600}<script>alert(1)</script>\u0000 '.repeat(200));
    await page.getByText('Nothing in it could be read.').waitFor();
    await page.getByLabel('Birth date', { exact: true }).fill('the 42nd of May');
    await page.getByLabel('Birth date', { exact: true }).blur();
    await page.getByText('This is no date.').waitFor();
    await card.fill(`Northwind Health Plan\nMember: QUILLFEATHER, MARLOW\nMember ID: ${memberId}\nGroup: 4711`);
    await page.getByText('5 fields taken over.').waitFor();
    await page.getByText('Already asked about').waitFor();
    await one.look('request-card');
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByRole('alert').filter({ hasText: 'birth date' }).waitFor();
    await one.look('request-refused');
  },
};

export const asking: readonly Journey[] = [callerWaiting, nothingYet, garbage];
