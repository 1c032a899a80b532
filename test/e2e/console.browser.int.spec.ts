import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { inContinuousIntegration } from '../setup/backends';
import { password, putPerson, requireSecondFactor } from '../setup/people';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { chromiumMissing, Desk, openChromium, phone } from './browser';

const declare = chromiumMissing && !inContinuousIntegration ? describe.skip : describe;

declare(`the console on a real browser, over the real path${chromiumMissing ? ` (${chromiumMissing})` : ''}`, () => {
  let spine: Spine;
  let browser: Browser;
  let caller: TestCaller;
  let origin: string;
  const desks: Desk[] = [];

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    await requireSecondFactor(spine, false);
    for (const role of ['coordinator', 'supervisor', 'auditor', 'ops', 'admin'] as const)
      await putPerson(spine, { email: `${role}@testwood.example`, role, name: `${role} Reyes` });
    caller = new TestCaller(spine);
    await spine.api.listen(0, '127.0.0.1');
    origin = `http://127.0.0.1:${new URL(await spine.api.getUrl()).port}`;
    browser = await openChromium();
  }, 60_000);
  afterEach(async () => {
    const faults = desks.flatMap((one) => one.faults);
    for (const one of desks.splice(0)) await one.close();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await spine.stop();
  });

  async function deskOf(
    role: string,
    options: { look?: 'light' | 'dark'; viewport?: typeof phone } = {},
  ): Promise<Desk> {
    const opened = await Desk.open(browser, origin, { name: role, ...options });
    desks.push(opened);
    await opened.signIn(`${role}@testwood.example`, password);
    return opened;
  }

  /** Fills the form as a caller tells it, from the first field on, without a mouse. */
  async function ask(one: Desk, memberId: string, lastName = 'Quillfeather'): Promise<void> {
    const { page } = one;
    await page.getByLabel('First name', { exact: true }).fill('Marlow');
    await page.getByLabel('Last name', { exact: true }).fill(lastName);
    await page.getByLabel('Birth date', { exact: true }).fill('3/14/88');
    await page.getByLabel('Member id').fill(memberId);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByLabel('Network').selectOption('in');
    await page.getByRole('checkbox', { name: /signed the consent/ }).check();
  }

  test('a caller waits: by keyboard alone from the worklist to a number', async () => {
    const one = await deskOf('coordinator');
    const { page } = one;
    await page.getByText('Nothing needs you here').waitFor();
    const unclean = await one.look('worklist-empty');
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
    await page.keyboard.type('NWH0010201');
    await page.getByRole('checkbox', { name: /signed the consent/ }).focus();
    await page.keyboard.press('Space');
    unclean.push(...(await one.look('request')));
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await page.getByText('Whole program').first().waitFor();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    unclean.push(...(await one.look('verification')));
    await page
      .getByRole('button', { name: /^Week of/ })
      .first()
      .press('Enter');
    await page.getByRole('button', { name: 'Close the week' }).waitFor();
    await page
      .getByRole('button', { name: /where this comes from/ })
      .first()
      .press('Enter');
    await page
      .getByText(/Segment \d+ of the payer’s answer/)
      .first()
      .waitFor();
    unclean.push(...(await one.look('source')));
    expect(unclean).toEqual([]);
  }, 60_000);

  test('not found is corrected in place, and what was looked up is kept', async () => {
    const one = await deskOf('coordinator');
    const { id } = await caller.verify(requestFor('NWH0060201'));
    await one.goTo(`/verifications/${id}`);
    const { page } = one;
    await page
      .getByText(/does not find|Correct or complete/)
      .first()
      .waitFor();
    const unclean = await one.look('not-found');
    await page.getByRole('button', { name: 'Correct it' }).first().click();
    await page.getByRole('dialog').getByLabel('Member id').fill('NWH0010202');
    unclean.push(...(await one.look('correction')));
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    expect(unclean).toEqual([]);
  }, 60_000);

  test('a call: the estimate moves while it is typed, and the record settles it', async () => {
    const one = await deskOf('coordinator');
    const { id } = await caller.verify(requestFor('NWH0030201'));
    await one.goTo(`/verifications/${id}`);
    const { page } = one;
    await page.getByRole('link', { name: 'Begin the call' }).click();
    await page.getByLabel('Representative’s name').fill('Tamsin Oakhurst');
    await page.getByLabel('Reference number of the call').fill('REF-881');
    await page.getByText('a copay', { exact: true }).first().click();
    await page
      .getByLabel(/Answer: How much is the copay/)
      .first()
      .fill('40');
    await page.getByText('Before the call:').waitFor();
    expect(await one.look('call')).toEqual([]);
    await page.getByRole('button', { name: 'Record the call' }).click();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await page.getByRole('tab', { name: 'Calls' }).click();
    await page.getByText('Tamsin Oakhurst, reference REF-881').waitFor();
  }, 60_000);

  test('what if: another first day moves the total, and nothing is stored', async () => {
    const one = await deskOf('coordinator');
    const { id } = await caller.verify(requestFor('NWH0010203'));
    await one.goTo(`/verifications/${id}/what-if`);
    const { page } = one;
    await page.getByText('As it is', { exact: true }).first().waitFor();
    await page.getByText('Out', { exact: true }).click();
    await page.getByText(/Out of network: \$/).waitFor();
    expect(await one.look('what-if')).toEqual([]);
    expect((await caller.rested(id)).round).toBe(1);
  }, 60_000);

  test('the session ends in the middle of typing: sign in over it and go on where one was', async () => {
    const one = await deskOf('coordinator');
    const { page } = one;
    await one.goTo('/new');
    await ask(one, 'NWH0010204');
    const cookies = await one.context.cookies();
    await one.context.clearCookies();
    await one.context.addCookies(cookies.filter(({ name }) => name.endsWith('-device')));
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByText('Sign in to go on').waitFor();
    expect(await one.look('session-ended')).toEqual([]);
    await page.locator('input[autocomplete="current-password"]').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
  }, 60_000);

  test('the server is gone in the middle: nothing is lost, and nothing is asked twice', async () => {
    const one = await deskOf('coordinator');
    const { page } = one;
    await one.goTo('/new');
    await ask(one, 'NWH0010205', 'Brightwater');
    await page.getByText('Kept. You can close this').waitFor();
    await one.context.setOffline(true);
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor();
    expect(await one.look('offline')).toEqual([]);
    await one.context.setOffline(false);
    await one.goTo('/new');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    expect(await page.getByLabel('Last name', { exact: true }).inputValue()).toBe('Brightwater');
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    const found = await caller.post('/v1/verifications/search', { q: 'NWH0010205' });
    expect(found.body.items).toHaveLength(1);
    await one.goTo('/new');
    await page.getByLabel('Member id').fill('NWH0010205');
    await page.getByText('Already asked about').waitFor();
    await page.getByLabel('Paste the text of the card').fill('\u{1F600}<script>alert(1)</script>\u0000 '.repeat(200));
    await page.getByText('Nothing in it could be read.').waitFor();
  }, 60_000);

  test('a photo of 20 MB is made smaller and attached; what is no photo is refused in words', async () => {
    const one = await deskOf('coordinator');
    const { id } = await caller.verify(requestFor('NWH0010206'));
    await one.goTo(`/verifications/${id}`);
    const { page } = one;
    await page.getByRole('heading', { name: 'Card and files' }).waitFor();
    const input = page.locator('input[type="file"]').first();
    await input.setInputFiles({ name: 'card.bmp', mimeType: 'image/bmp', buffer: bitmap(2640, 2640) });
    await page.getByRole('img', { name: 'Card, front' }).waitFor();
    await input.setInputFiles({ name: 'card.jpg', mimeType: 'image/jpeg', buffer: randomBytes(2_000_000) });
    await page.getByText('This photo cannot be opened here').waitFor();
    expect(await one.look('attachments')).toEqual([]);
  }, 60_000);

  test('a supervisor hands over, and the other one sees it without reloading', async () => {
    const [sam, cora] = [await deskOf('supervisor'), await deskOf('coordinator')];
    const { id } = await caller.verify(requestFor('NWH0010207', { consent: undefined, patient: person('Halvorsen') }));
    const line = cora.page.getByRole('listitem').filter({ hasText: 'Halvorsen' });
    await line.waitFor();
    await sam.goTo(`/verifications/${id}`);
    await sam.page.getByRole('button', { name: 'Hand over' }).click();
    await sam.page.getByRole('menuitem', { name: 'coordinator Reyes' }).click();
    await line.getByRole('button', { name: /coordinator Reyes looks after it/ }).waitFor();
    await sam.page.getByRole('button', { name: 'The patient has signed today' }).click();
    await sam.page.getByRole('heading', { name: 'Covered' }).waitFor();
    await line.waitFor({ state: 'detached' });
  }, 60_000);

  test('a carve-out is shown as the chain of payers that was asked', async () => {
    const one = await deskOf('coordinator', { look: 'dark' });
    const { id } = await caller.verify(requestFor('MFT0000201'));
    await one.goTo(`/verifications/${id}`);
    await one.page.getByRole('heading', { name: 'Payers asked' }).waitFor();
    await one.page.getByText('holds behavioral health').waitFor();
    expect(await one.look('chain')).toEqual([]);
  }, 60_000);

  test('an auditor reads the trail and changes nothing; operations see no patients', async () => {
    const aude = await deskOf('auditor');
    const { id } = await caller.verify(requestFor('NWH0010208'));
    await aude.goTo('/audit');
    await aude.page.getByRole('columnheader', { name: 'Who' }).waitFor();
    const unclean = await aude.look('audit');
    await aude.goTo(`/verifications/${id}`);
    await aude.page.getByRole('heading', { name: 'Covered' }).waitFor();
    expect(await aude.page.getByRole('button', { name: 'Correct' }).count()).toBe(0);
    const omar = await deskOf('ops');
    await omar.page.getByText('Not for your role').waitFor();
    unclean.push(...(await omar.look('denied')));
    await omar.goTo('/settings/payers');
    await omar.page.getByRole('columnheader', { name: 'Payer', exact: true }).waitFor();
    unclean.push(...(await omar.look('payers')));
    expect(unclean).toEqual([]);
  }, 60_000);

  test('every page on a phone in the dark is as usable', async () => {
    const one = await deskOf('admin', { look: 'dark', viewport: phone });
    const { page } = one;
    const { id } = await caller.verify(requestFor('NWH0030209', { patient: person('Nightingale') }));
    const unclean: string[] = [];
    await page.getByRole('listitem').filter({ hasText: 'Nightingale' }).waitFor();
    for (const [state, path, heading] of [
      ['worklist', '/', 'Worklist'],
      ['verification', `/verifications/${id}`, 'The money over time'],
      ['request', '/new', 'New verification'],
      ['call', `/verifications/${id}/call`, /^Call to/],
      ['what-if', `/verifications/${id}/what-if`, 'Other first days'],
      ['settings-people', '/settings/people', 'Settings'],
      ['settings-programs', '/settings/programs', 'Settings'],
      ['settings-keys', '/settings/keys', 'Settings'],
      ['account', '/account', 'My account'],
    ] as const) {
      await one.goTo(path);
      await page.getByRole('heading', { name: heading }).first().waitFor();
      await page.getByRole('status', { name: 'Loading' }).waitFor({ state: 'detached' });
      unclean.push(...(await one.look(state)));
      const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
      if (Number(overflow) > 0) unclean.push(`${state}: wider than the screen by ${overflow}`);
    }
    expect(unclean).toEqual([]);
  }, 90_000);
});

function person(lastName: string): object {
  return { firstName: 'Marlow', lastName, birthDate: '1988-03-14', relationship: 'self' };
}

/** An uncompressed picture: as many bytes as a large photo. */
function bitmap(width: number, height: number): Buffer {
  const row = Math.ceil((width * 3) / 4) * 4;
  const head = Buffer.alloc(54);
  head.write('BM', 'latin1');
  head.writeUInt32LE(54 + row * height, 2);
  head.writeUInt32LE(54, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(24, 28);
  return Buffer.concat([head, Buffer.alloc(row * height, 0x99)]);
}
