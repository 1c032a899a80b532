import { Secret, TOTP } from 'otpauth';
import type { Desk } from '../browser';
import type { Journey } from '../journey';
import { emailOf, password } from '../world';

const newPassword = 'velvet orbit candle 77';
const stepMs = 30_000;

/** The code that the app shows, or the one after it: each counts once. */
const codeOf = (secret: string, ahead = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * stepMs });

async function signOut({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: /Menu$/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

const secondFactor: Journey = {
  name: 'a facility asks for a second factor: set up, signed in by code, and by a recovery code',
  sight: { screen: 'phone', look: 'dark' },
  run: async (stage) => {
    const email = await stage.world.strictPerson();
    const one = await stage.stranger('second-factor');
    const { page } = one;
    await one.goTo('/sign-in');
    await one.look('sign-in');
    await one.typeSignIn(email, 'not the password');
    await page.getByRole('alert').waitFor();
    await one.look('sign-in-refused');
    await one.typeSignIn(email, password);
    await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
    await page.getByLabel('Your password, once more').fill(password);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByText('Scan this with the app').waitFor();
    const secret = (await page.locator('code').first().textContent()) ?? '';
    await one.look('factor-offered');
    await page.getByLabel('Code of your authenticator app').fill(codeOf(secret));
    await page.getByRole('button', { name: 'Confirm' }).click();
    const recoveryCode = (await page.getByTestId('recovery-codes').getByRole('listitem').first().textContent()) ?? '';
    await one.look('recovery-codes');
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await signOut(one);
    await one.typeSignIn(email, password);
    await page.getByLabel('Code of your authenticator app').fill(codeOf(secret, 1));
    await one.look('sign-in-code');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await signOut(one);
    await one.typeSignIn(email, password);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(recoveryCode);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
  },
};

const provider: Journey = {
  name: 'the facility’s own log-in lets in, and lets nobody in who declined there',
  sight: { screen: 'desk', look: 'light' },
  run: async (stage) => {
    await stage.world.putProvider();
    const one = await stage.stranger('provider');
    const { page } = one;
    await one.goTo('/sign-in');
    await page.getByLabel('E-mail').fill(emailOf('dana.reyes'));
    const way = page.getByRole('link', { name: 'Continue with Testwood log-in' });
    await way.waitFor();
    await one.look('sign-in-provider');
    await way.click();
    await page.getByRole('link', { name: 'Decline' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.getByRole('alert').waitFor();
    await one.look('sign-in-declined');
    await page.getByLabel('E-mail').fill(emailOf('dana.reyes'));
    await way.click();
    await page.getByRole('link', { name: 'Go on as dana', exact: true }).click();
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    await page.getByRole('button', { name: /^Dana Reyes/ }).waitFor();
  },
};

const invitation: Journey = {
  name: 'somebody is invited, accepts by the mail, forgets the password and sets another',
  sight: { screen: 'desk', look: 'dark' },
  run: async (stage) => {
    const { world } = stage;
    const email = emailOf(`ivy.${world.next()}`);
    const ada = await stage.desk('admin');
    await ada.goTo('/settings/people');
    await ada.page.getByRole('button', { name: 'Invite somebody' }).click();
    const form = ada.page.getByRole('dialog');
    await form.getByLabel('Name').fill('Ivy Marsh');
    await form.getByLabel('E-mail').fill(email);
    await ada.look('invite');
    await form.getByRole('button', { name: 'Send the invitation' }).click();
    await ada.page.getByRole('cell', { name: email }).waitFor();
    await ada.look('people');
    const ivy = await stage.stranger('invited');
    const { page } = ivy;
    await page.goto(linkIn((await world.mail.mailTo(email)).text));
    await page.getByText('You were invited to Testwood Recovery.').waitFor();
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Accept and go on' }).click();
    await page.getByRole('alert').waitFor();
    await ivy.look('welcome');
    await page.getByLabel('New password').fill(password);
    await page.getByRole('button', { name: 'Accept and go on' }).click();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('a link is on its way').waitFor();
    await ivy.look('reset-asked');
    const reset = await world.mail.mailTo(email, ({ text }) => text.includes('/new-password#'));
    await page.goto(linkIn(reset.text));
    await page.getByLabel('New password').fill(newPassword);
    await ivy.look('reset');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByText('Done. Sign in with it now.').waitFor();
    await page.goto('about:blank');
    await page.goto(linkIn(reset.text));
    await page.getByText('This link was used already').waitFor();
    await ivy.look('link-used');
    await ivy.signIn(email, newPassword);
  },
};

function linkIn(text: string): string {
  const link = /http:\/\/\S+#[\w-]{43}/.exec(text)?.[0];
  if (!link) throw new Error('there is no link in this mail');
  return link;
}

export const signIn: readonly Journey[] = [secondFactor, provider, invitation];
