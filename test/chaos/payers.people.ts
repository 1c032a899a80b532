import { programId, usualStart } from '../setup/seed';

/**
 * An invented person whose every field holds a value that stands nowhere else, so that any of them is found wherever it leaks to:
 * fifteen fields, the digits of the person's number behind each word.
 */
export const canaries = [
  'Zephyrinax',
  'Quorvintle',
  'Mabelwhist',
  '1957-08-23',
  '19570823',
  '4155550173',
  'zq-mailbox',
  'Ottoquenby',
  'Brimbleward',
  '1931-02-09',
  '19310209',
  '7316042',
  'GRPXQ77',
  'Plumquist',
  'REFQZ41',
] as const;

/** A request about the person of this number, answered by the payer's scenario 001 where nothing goes wrong. */
export function requestAbout(
  number: number,
  payer: { id: string; memberIdPrefix: string },
  change: { neededBy?: Date; priority?: string; programId?: string } = {},
): Record<string, unknown> {
  const serial = String(number).padStart(6, '0');
  const isChild = number % 2 === 1;
  return {
    patient: {
      firstName: `Zephyrinax${letters(number)}`,
      middleName: 'Mabelwhist',
      lastName: `Quorvintle${letters(number)}`,
      birthDate: '1957-08-23',
      relationship: isChild ? 'child' : 'self',
      phone: '+1 4155550173',
      email: `zq-mailbox${serial}@example.org`,
    },
    ...(isChild ? { subscriber: subscriberOf(number) } : {}),
    coverages: [
      {
        payer: { id: payer.id },
        memberId: memberIdOf(number, payer),
        groupNumber: `GRPXQ77${serial}`,
        planName: 'Plumquist Choice',
      },
    ],
    program: { id: change.programId ?? programId },
    admission: { network: 'in', startDate: usualStart() },
    consent: { part2: { signedOn: '2026-01-02', scope: 'treatment_payment_operations' } },
    reference: `REFQZ41${serial}`,
    ...(change.neededBy ? { neededBy: change.neededBy.toISOString() } : {}),
    ...(change.priority ? { priority: change.priority } : {}),
  };
}

/** Whose policy it is when the person is a child. */
export function subscriberOf(number: number): { firstName: string; lastName: string; birthDate: string } {
  return {
    firstName: `Ottoquenby${letters(number)}`,
    lastName: `Brimbleward${letters(number)}`,
    birthDate: '1931-02-09',
  };
}

export function memberIdOf(number: number, { memberIdPrefix }: { memberIdPrefix: string }): string {
  return `${memberIdPrefix}0017316042${String(number).padStart(6, '0')}`;
}

/** Names hold no digits: the number in letters. */
export function letters(number: number): string {
  return [...String(number)].map((digit) => String.fromCharCode(97 + Number(digit))).join('');
}
