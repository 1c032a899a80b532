import { Receiver } from '../../setup/receiver';
import type { Desk } from '../browser';
import type { Journey } from '../journey';

async function add({ page }: Desk, recipient: string, url: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a receiver' }).click();
  await page.getByLabel('Whose system is it?').fill(recipient);
  await page.getByLabel('Address').fill(url);
  await page.getByRole('button', { name: 'Add it' }).click();
}

const told: Journey = {
  name: 'another system is told: its secret is shown once, what was sent is seen and sent again',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const receiver = await Receiver.start();
    try {
      await manage(await stage.desk('admin'), receiver, `Records ${stage.world.next()}`);
    } finally {
      await receiver.stop();
    }
  },
};

async function manage(one: Desk, receiver: Receiver, recipient: string): Promise<void> {
  const { page } = one;
  await one.goTo('/settings/webhooks');
  await add(one, recipient, 'http://records.example/hook');
  await page.getByText(/must begin with https/).waitFor();
  await one.look('webhook-refused');
  await page.getByLabel('Address').fill(receiver.url);
  await page.getByRole('button', { name: 'Add it' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await one.look('webhook-secret');
  const secret = await page.getByText(/^whsec_/).textContent();
  await page.getByRole('button', { name: 'Close' }).click();
  const own = page.getByRole('region', { name: recipient, exact: true });
  await own.getByRole('button', { name: 'What was sent' }).click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await receiver.came(1);
  const line = page.getByRole('dialog').getByRole('listitem').first();
  await line.getByText('arrived', { exact: true }).waitFor();
  await one.look('webhook-deliveries');
  await line.getByRole('button', { name: 'Send this again' }).click();
  await cameAgain(receiver);
  await page.keyboard.press('Escape');
  await own.getByRole('button', { name: 'Pause' }).click();
  await own.getByText(/^paused since/).waitFor();
  await own.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'New secret' }).click();
  await page.getByRole('button', { name: 'Make the new secret' }).click();
  await page.getByText(/^whsec_/).waitFor();
  if ((await page.getByText(/^whsec_/).textContent()) === secret) throw new Error('the secret is the old one');
  await own.getByText(/^The former secret signs too until/).waitFor();
  await one.look('webhook-rotated');
  await own.getByRole('button', { name: /^More for/ }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await own.waitFor({ state: 'detached' });
}

/** Until something came twice under one id, as what is sent again does; what others do in the facility comes in between. */
async function cameAgain(receiver: Receiver): Promise<void> {
  for (let count = 2; ; count += 1) {
    await receiver.came(count);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    if (new Set(ids).size < ids.length) return;
  }
}

export const webhooks: readonly Journey[] = [told];
