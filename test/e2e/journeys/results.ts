import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mondayOf } from '@openvob/benefits';
import { repositoryRoot } from '../browser';
import type { Journey } from '../journey';

const notFound: Journey = {
  name: 'not found is corrected in place, and goes on',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH006'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('heading', { name: 'Member not found' }).waitFor();
    await one.look('not-found');
    await page.getByRole('button', { name: 'Correct it' }).first().click();
    await page.getByRole('dialog').getByLabel('Member id').fill(stage.world.member('NWH001'));
    // A slip beside the form throws nothing away.
    await page.mouse.click(4, 4);
    await one.look('correction');
    await page.getByRole('button', { name: 'Save and go on' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
  },
};

const carveOut: Journey = {
  name: 'a carve-out is followed by itself and shown as the chain of payers that was asked',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('MFT000'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('heading', { name: 'Payers asked' }).waitFor();
    await page.getByText('holds behavioral health').waitFor();
    await page.getByText('Driftmere Behavioral Administrators').filter({ visible: true }).first().waitFor();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await one.look('carve-out');
  },
};

const reset: Journey = {
  name: 'a program across New Year starts its deductible again, and the page says when and what it costs',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const year = new Date().getUTCFullYear();
    const admission = { network: 'in', startDate: mondayOf(`${year}-12-07`) };
    const { id } = await stage.world.verify(stage.world.member('NWH001'), { admission });
    await one.goTo(`/verifications/${id}`);
    await page.getByText(`A new benefit period begins on Jan 1, ${year + 1}`).waitFor();
    await one.look('plan-reset');
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('cell', { name: /A new benefit period begins/ }).waitFor();
    await one.look('plan-reset-table');
    await page.getByText(/^Everything the payer said/).click();
    await page.getByRole('searchbox', { name: 'Find in it' }).fill('deductible family');
    await page.getByRole('button', { name: /^Deductible, family: \$3,000/ }).waitFor();
    await one.look('said');
  },
};

const example = join(repositoryRoot, 'apps/cli/examples/answer.271');

const changed: Journey = {
  name: 'asked again, the page says what has changed in dollars',
  sight: { screen: 'phone', look: 'dark' },
  run: async (stage) => {
    const { world } = stage;
    const one = await stage.desk('coordinator');
    const { page } = one;
    const memberId = world.member('NWH001');
    const answer = readFileSync(example, 'utf8');
    await world.payers.putAnswer(memberId, answer);
    const { id } = await world.verify(memberId);
    await world.payers.putAnswer(memberId, answer.replace('EB*C*IND*30***29*600*', 'EB*C*IND*30***29*0*'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('button', { name: 'More to do' }).click();
    await page.getByRole('menuitem', { name: 'Ask the payer again' }).click();
    const changes = page.locator('section').filter({ hasText: 'What has changed since' });
    await changes.getByText('The deductible left went from $600.00 to $0.00.').waitFor();
    await changes.getByText('$600 less').first().waitFor();
    await one.look('changes');
  },
};

const whatIf: Journey = {
  name: 'what if: another network moves the total, and nothing is stored',
  sight: { screen: 'phone', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH001'));
    await one.goTo(`/verifications/${id}/what-if`);
    await page.getByText('As it is', { exact: true }).first().waitFor();
    await page.getByText('Out', { exact: true }).click();
    await page.getByText(/^Out of network: \$[\d,.]+ more$/).waitFor();
    await one.look('what-if');
    const { round } = await stage.world.caller.rested(id);
    if (round !== 1) throw new Error(`a look made a round: ${round}`);
  },
};

export const results: readonly Journey[] = [notFound, carveOut, reset, changed, whatIf];
