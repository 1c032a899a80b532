import { randomBytes } from 'node:crypto';
import type { Journey } from '../journey';
import { password } from '../world';
import { fillRequest } from './asking';

const sessionEnds: Journey = {
  name: 'the session ends in the middle of typing: sign in over it and go on where one was',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk(await stage.world.person('coordinator'));
    const { page } = one;
    await one.goTo('/new');
    await fillRequest(one, stage.world.member('NWH001'), 'Larkspur');
    // What the page asks by itself while somebody types is answered: only sending it meets the end of the session.
    await page.getByText('Kept. You can close this').waitFor();
    const cookies = await one.context.cookies();
    await one.context.clearCookies();
    await one.context.addCookies(cookies.filter(({ name }) => name.endsWith('-device')));
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByText('Sign in to go on').waitFor();
    await one.look('session-ended');
    await page.locator('input[autocomplete="current-password"]').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
  },
};

const serverGone: Journey = {
  name: 'the server is gone in the middle: nothing is lost, and nothing is asked twice',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const { world } = stage;
    const one = await stage.desk(await world.person('coordinator'));
    const { page } = one;
    const memberId = world.member('NWH001');
    await one.goTo('/new');
    await fillRequest(one, memberId, 'Brightwater');
    await page.getByText('Kept. You can close this').waitFor();
    await one.context.setOffline(true);
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page
      .getByText(/does not answer/)
      .first()
      .waitFor();
    await one.look('offline');
    await one.context.setOffline(false);
    await one.goTo('/new');
    await page.getByText('You had begun one').waitFor();
    await one.look('request-kept');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    const lastName = await page.getByLabel('Last name', { exact: true }).inputValue();
    if (lastName !== 'Brightwater') throw new Error(`what was typed is gone: ${lastName}`);
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    const found = await world.caller.post('/v1/verifications/search', { q: memberId });
    if (found.body.items.length !== 1) throw new Error(`asked ${found.body.items.length} times`);
  },
};

const partGone: Journey = {
  name: 'code of a part that does not come is asked for again; where it never comes, that part alone says so',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH001'));
    const chart = '**/assets/MoneyChart-*.js';
    await page.route(chart, (route) => route.abort());
    await one.goTo(`/verifications/${id}`);
    await page.getByText('Something went wrong on this page. Load it again.').waitFor();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await one.look('part-missing');
    await page.unroute(chart);
    await page.route(chart, (route) => route.abort(), { times: 1 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Choose a week to see its days.').waitFor();
  },
};

const photos: Journey = {
  name: 'a photo of 20 MB is made smaller and attached; what is no photo is refused in words, and nothing typed is lost by it',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk(await stage.world.person('coordinator'));
    const { page } = one;
    const large = { name: 'card.bmp', mimeType: 'image/bmp', buffer: bitmap(2640, 2640) };
    const broken = { name: 'card.jpg', mimeType: 'image/jpeg', buffer: randomBytes(2_000_000) };
    await one.goTo('/new');
    await fillRequest(one, stage.world.member('NWH001'), 'Fernhollow');
    const [front, back] = [page.locator('input[type="file"]').first(), page.locator('input[type="file"]').nth(1)];
    await back.setInputFiles(broken);
    await page.getByText('This photo cannot be opened here').waitFor();
    await one.look('request-unusable-photo');
    await front.setInputFiles(large);
    await page.getByRole('button', { name: '✓ Photo, front' }).waitFor();
    await page.getByRole('button', { name: 'Verify the benefits' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await page.getByRole('img', { name: 'Card, front' }).waitFor();
    await page.locator('input[type="file"]').first().setInputFiles(broken);
    await page.getByText('This photo cannot be opened here').waitFor();
    await one.look('attachments');
  },
};

const twoPeople: Journey = {
  name: 'two people correct the same verification: the second sees it, and neither overwrites the other',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const { world } = stage;
    const [cora, sam] = [await stage.desk('coordinator'), await stage.desk('supervisor')];
    const memberId = world.member('NWH001');
    const { id } = await world.verify(world.member('NWH006'));
    await cora.goTo(`/verifications/${id}`);
    await cora.page.getByRole('button', { name: 'Correct it' }).first().click();
    await cora.page.getByRole('dialog').getByLabel('Member id').fill(memberId);
    await sam.goTo(`/verifications/${id}`);
    await sam.page.getByRole('button', { name: 'Correct it' }).first().click();
    await sam.page.getByRole('dialog').getByLabel('Last name', { exact: true }).fill('Amberley');
    await sam.page.getByRole('dialog').getByLabel('Group number').fill('G-77');
    await sam.page.getByRole('button', { name: 'Save and go on' }).click();
    await sam.page.getByRole('dialog').waitFor({ state: 'detached' });
    await cora.page.getByText('It has moved since you opened this.').waitFor();
    await cora.look('moved-meanwhile');
    await cora.page.getByRole('button', { name: 'Save and go on' }).click();
    await cora.page.getByRole('heading', { name: 'Covered' }).waitFor();
    await cora.page.getByRole('heading', { name: 'Marlow Amberley' }).waitFor();
    await sam.page.getByText(`member ${memberId}`).waitFor();
    const { body } = await world.caller.get(`/v1/verifications/${id}/request`);
    const [{ groupNumber }] = body.coverages;
    if (groupNumber !== 'G-77') throw new Error(`the other one’s group number was overwritten: ${groupNumber}`);
  },
};

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

export const badInput: readonly Journey[] = [sessionEnds, serverGone, partGone, photos, twoPeople];
