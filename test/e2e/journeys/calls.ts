import { requestFor } from '../../setup/spine';
import type { Desk } from '../browser';
import type { Journey } from '../journey';

/** What a representative of a plan with a copay says: the question, and what is pressed or typed for it. */
const said: readonly (readonly [RegExp, string])[] = [
  [/^Is the coverage in force/, 'Yes'],
  [/^Is behavioral health carved out/, 'No'],
  [/^Do deductible and out-of-pocket maximum run/, 'calendar year'],
  [/^Is this facility, by its NPI/, 'in network'],
  [/a covered benefit for this patient/, 'Yes'],
  [/^What does the patient pay for/, 'a copay'],
  [/^How much is the copay/, '$40'],
  [/^Is the copay taken for each/, 'each day'],
  [/^Does the deductible apply/, 'No'],
  [/^Is prior authorization needed/, 'no'],
];

async function answer({ page }: Desk, question: RegExp, text: string): Promise<void> {
  const group = page.getByRole('group', { name: question }).first();
  if (text.startsWith('$')) await group.getByRole('textbox').first().fill(text);
  else await group.getByText(text, { exact: true }).first().click();
}

async function nameCall({ page }: Desk, reference: string): Promise<void> {
  await page.getByLabel('Representative’s name').fill('Tamsin Oakhurst');
  await page.getByLabel('Reference number of the call').fill(reference);
}

const unsaid: Journey = {
  name: 'a call about what was not said: the estimate moves while it is typed, and the record settles it',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH003'));
    await one.goTo(`/verifications/${id}`);
    await page.getByRole('link', { name: 'Begin the call' }).waitFor();
    await one.look('needs-call');
    await page.getByRole('link', { name: 'Begin the call' }).click();
    await nameCall(one, 'REF-881');
    await answer(one, /What does the patient pay for/, 'a copay');
    await answer(one, /How much is the copay/, '$40');
    await page.getByText('Before the call:').waitFor();
    await one.look('call');
    await page.getByRole('button', { name: 'Record the call' }).click();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await page.getByRole('tab', { name: 'Calls' }).click();
    await page.getByText('Tamsin Oakhurst, reference REF-881').waitFor();
    await one.look('call-recorded');
  },
};

const payerDown: Journey = {
  name: 'the payer is down: the page says so and offers the phone at once, it is phoned, and the family has its number all the same',
  sight: { screen: 'phone', look: 'light' },
  run: async (stage) => {
    const { world } = stage;
    const one = await stage.desk('coordinator');
    const { page } = one;
    const memberId = world.member('SRA001');
    await world.payers.playFault({ kind: 'status', status: 503, memberId });
    const { body } = await world.caller.post('/v1/verifications', requestFor(memberId));
    await one.goTo(`/verifications/${body.id}`);
    await page
      .getByText(/is asked again by itself/i)
      .first()
      .waitFor();
    await page.getByRole('heading', { name: 'You need not wait: call the payer' }).waitFor();
    await one.look('payer-down');
    await page.getByRole('link', { name: 'Begin the call' }).click();
    await nameCall(one, 'REF-882');
    for (const [question, text] of said) await answer(one, question, text);
    await one.look('call-from-nothing');
    await page.getByRole('button', { name: 'Record the call' }).click();
    await page.getByRole('heading', { name: 'Covered' }).waitFor();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await one.look('phoned');
  },
};

const goesOn: Journey = {
  name: 'a call survives a closed tab: what was heard is still there',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk(await stage.world.person('coordinator'));
    const { page } = one;
    const { id } = await stage.world.verify(stage.world.member('NWH003'));
    await one.goTo(`/verifications/${id}/call`);
    await nameCall(one, 'REF-883');
    await answer(one, /What does the patient pay for/, 'a copay');
    await answer(one, /How much is the copay/, '$35');
    await page.getByText('Kept.').waitFor();
    await page.reload();
    await page.getByText('You had begun this call').waitFor();
    await one.look('call-kept');
    await page.getByRole('button', { name: 'Go on with it' }).click();
    const typed = await page
      .getByRole('group', { name: /How much is the copay/ })
      .getByRole('textbox')
      .first()
      .inputValue();
    if (typed !== '$35') throw new Error(`what was heard is gone: ${typed}`);
    await page.getByRole('button', { name: 'Record the call' }).click();
    await page.getByRole('heading', { name: 'The money over time' }).waitFor();
    await one.goTo(`/verifications/${id}/call`);
    await page.getByLabel('Representative’s name').waitFor();
    if (await page.getByText('You had begun this call').isVisible())
      throw new Error('a recorded call is offered again');
  },
};

const approved: Journey = {
  name: 'a supervisor sends a call back with a reason, and approves what was amended: only then it counts',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const facility = await stage.world.approvingFacility();
    const { id } = await facility.verify(stage.world.member('NWH003'));
    const [cora, sam] = [await stage.desk(facility.coordinator), await stage.desk(facility.supervisor)];
    await cora.goTo(`/verifications/${id}`);
    await cora.page.getByRole('link', { name: 'Begin the call' }).click();
    await nameCall(cora, 'REF-884');
    await answer(cora, /What does the patient pay for/, 'a copay');
    await answer(cora, /How much is the copay/, '$45');
    await cora.page.getByRole('button', { name: 'Record the call' }).click();
    await cora.page.getByText('awaiting approval', { exact: true }).waitFor();
    await cora.page.getByText('Somebody else approves a call that you recorded.').waitFor();
    await cora.look('call-awaits-approval');
    await sam.goTo('/');
    await sam.page.getByRole('combobox', { name: 'What to do' }).selectOption('approval');
    await sam.page.getByRole('link', { name: 'Quillfeather, Marlow' }).click();
    await sam.page.getByText(/^When you approve it:/).waitFor();
    await sam.look('call-to-approve');
    await sam.page.getByRole('button', { name: 'Send it back' }).click();
    await sam.page.getByLabel('Why is it sent back?').fill('It says $40 on the card: ask once more.');
    await sam.page.getByRole('button', { name: 'Send it back' }).click();
    await cora.page.getByText(/Sent back by Sam Reyes.*ask once more/).waitFor();
    await cora.look('call-sent-back');
    await cora.page.getByRole('button', { name: 'Amend this record' }).click();
    await nameCall(cora, 'REF-885');
    await answer(cora, /How much is the copay/, '$40');
    await cora.page.getByRole('button', { name: 'Record the amendment' }).click();
    const copay = cora.page.getByRole('region', { name: 'Benefits' }).getByRole('button', { name: /^\$40/ });
    await cora.page.getByText('awaiting approval', { exact: true }).waitFor();
    if ((await copay.count()) > 0) throw new Error('it counts before it is approved');
    await sam.page.getByRole('button', { name: 'Approve the call' }).click();
    for (const { page } of [sam, cora]) await page.getByText(/^Approved by Sam Reyes/).waitFor();
    await copay.waitFor();
    await sam.look('call-approved');
  },
};

const administrator: Journey = {
  name: 'a call about a benefit that an administrator holds: it is the one to ring, by the number that the answer gave',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    const one = await stage.desk('coordinator');
    const { page } = one;
    const { world } = stage;
    const { id } = await world.verify(world.member('NWH014'));
    await one.goTo(`/verifications/${id}/call`);
    const whom = page.getByRole('region', { name: 'Whom to call' });
    await whom.getByRole('link', { name: '5550107007' }).waitFor();
    await whom.getByText(/^from Northwind Health Plan’s answer, segment \d+$/).waitFor();
    await page.getByRole('heading', { name: 'Call to Lantern Behavioral Network' }).waitFor();
    await one.look('call-administrator');
    await nameCall(one, 'REF-886');
    await answer(one, /What does the patient pay for/, 'a copay');
    await answer(one, /How much is the copay/, '$40');
    await page.getByRole('button', { name: 'Record the call' }).click();
    await page.getByRole('tab', { name: 'Calls' }).waitFor();
    const { items } = (await world.caller.get(`/v1/verifications/${id}/disclosures`)).body;
    const told = items.filter(({ how }: { how: string }) => how === 'phone');
    if (told.length !== 1 || told[0].recipient.payerId !== 'pay_demo_lantern')
      throw new Error(`the account of disclosures tells of somebody else: ${JSON.stringify(told)}`);
  },
};

export const calls: readonly Journey[] = [unsaid, payerDown, goesOn, approved, administrator];
