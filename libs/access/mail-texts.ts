import type { Mail } from './people';

/** Whom a mail is for. */
export interface Recipient {
  email: string;
  name: string;
}

const footer = 'OpenVOB sends this by itself; answers are not read.';

/** To somebody whose account was entered from a browser that it was never used in. */
export function newDeviceMail(to: Recipient, seen: { device: string; address: string; at: Date }): Mail {
  return mail('new_device', to, 'New sign-in to your account', [
    `Somebody signed in to your account from ${seen.device} (network address ${seen.address}) on ${instant(seen.at)}.`,
    'If that was you, nothing needs to be done. If not, change your password at once: that ends all sessions. Then tell your administrator.',
  ]);
}

/** To somebody whose password is another one now. */
export function passwordChangedMail(to: Recipient, at: Date): Mail {
  return mail('password_changed', to, 'Your password was changed', [
    `The password of your account was changed on ${instant(at)}. All other sessions were ended.`,
    'If that was not you, ask for a new password on the sign-in page and tell your administrator.',
  ]);
}

/** To somebody whose second factor was set up, replaced or removed. */
export function secondFactorMail(
  to: Recipient,
  what: 'set up' | 'removed' | 'given new recovery codes',
  at: Date,
): Mail {
  return mail('second_factor_changed', to, 'Your second factor was changed', [
    `The second factor of your account was ${what} on ${instant(at)}.`,
    'If that was not you, change your password at once and tell your administrator.',
  ]);
}

/** To somebody who was asked in, or asked in again. */
export function invitationMail(to: Recipient, facilityName: string, link: string, expiresAt: Date): Mail {
  return mail('invitation', to, `Your invitation to ${oneLine(facilityName)} on OpenVOB`, [
    `You were invited to work with ${oneLine(facilityName)} on OpenVOB. Open this link to accept:`,
    link,
    `It works once, until ${instant(expiresAt)}. If you do not know what this is about, do nothing.`,
  ]);
}

/** To somebody who wants a new password. */
export function passwordResetMail(to: Recipient, link: string, expiresAt: Date): Mail {
  return mail('password_reset', to, 'A new password for your account', [
    'Somebody asked for a new password for your account. Open this link to set one:',
    link,
    `It works once, until ${instant(expiresAt)}. If that was not you, do nothing: your password stays as it is.`,
  ]);
}

/** To those who watch over a facility. The reason stays inside: it may say something about a patient. */
export function emergencyAccessMail(
  to: Recipient,
  access: { person: string; facilityName: string; from: Date; until: Date },
): Mail {
  return mail('emergency_access', to, `Emergency access at ${oneLine(access.facilityName)}`, [
    `${oneLine(access.person)} took emergency access at ${oneLine(access.facilityName)} from ${instant(access.from)} to ${instant(access.until)} at the latest.`,
    'Sign in to read the reason and what was opened, and to say that you have reviewed it.',
  ]);
}

/** To those who administer a facility whose events reach a receiver no more. */
export function webhookDisabledMail(
  to: Recipient,
  stopped: { recipient: string; facilityName: string; because: 'gone' | 'failing'; at: Date },
): Mail {
  const { recipient, facilityName, because, at } = stopped;
  const why =
    because === 'gone'
      ? 'It answered that it wants none any more (410).'
      : 'Every delivery to it has failed for five days.';
  return mail('webhook_disabled', to, `Webhooks of ${oneLine(facilityName)} were stopped`, [
    `Since ${instant(at)} ${oneLine(recipient)} is told no more of verifications at ${oneLine(facilityName)}. ${why}`,
    'Once the receiver is mended, enable its endpoint again and replay what it missed.',
  ]);
}

/** To somebody whose account can now be entered by a provider of their facility. */
export function identityLinkedMail(to: Recipient, provider: string, at: Date): Mail {
  return mail('identity_linked', to, 'Your account can be entered another way', [
    `Since ${instant(at)} your account can be entered by ${oneLine(provider)}.`,
    'If you did not sign in that way, tell your administrator.',
  ]);
}

function mail(kind: string, to: Recipient, subject: string, paragraphs: readonly string[]): Mail {
  const text = [`Hello ${oneLine(to.name)},`, ...paragraphs, footer].join('\n\n');
  return { kind, to: to.email, subject, text: `${text}\n` };
}

/** What people typed goes into subjects and greetings: no line breaks, no links made of it. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\p{Z}]+/gu, ' ')
    .replace(/:\/\//g, ' ')
    .trim()
    .slice(0, 120);
}

function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
