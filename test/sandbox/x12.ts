import type { Connection } from '@openvob/payers';
import { x12Adapter } from '@openvob/payers/x12';
import type { Measure } from '../setup/measure';
import { askAll, needed, sandboxInquiry } from './ask.sandbox';

const variables = ['X12_SANDBOX_URL', 'X12_SANDBOX_SENDER_ID', 'X12_SANDBOX_RECEIVER_ID'] as const;

/** A test member of a clearinghouse's own; another one is named by `X12_SANDBOX_MEMBER`. */
const usualMember = '60054 AETNA12345 Jane Doe 2004-04-04';

/**
 * Asks a test system of a payer or clearinghouse over CAQH CORE vC2.2.0 or plain X12 about one of its test members.
 *
 * - `X12_SANDBOX_URL`, `X12_SANDBOX_SENDER_ID`, `X12_SANDBOX_RECEIVER_ID`: needed, as agreed with it.
 * - `X12_SANDBOX_ENVELOPE`: `soap` (default), `mime` or `plain`.
 * - `X12_SANDBOX_USERNAME`, `X12_SANDBOX_PASSWORD`: its login, where it asks for one.
 * - `X12_SANDBOX_MEMBER`: payer id, member id, first name, last name and birth date, with blanks between.
 */
export const run: Measure = async () => {
  const connection = connectionFrom(process.env);
  const expected = 'benefits';
  return askAll(x12Adapter, connection, [{ title: 'a test member', inquiry: inquiryFrom(process.env), expected }]);
};

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws naming the variables that are missing */
export function connectionFrom(env: Environment): Connection {
  const { X12_SANDBOX_URL, X12_SANDBOX_SENDER_ID, X12_SANDBOX_RECEIVER_ID } = needed(variables, env);
  const { X12_SANDBOX_USERNAME: username, X12_SANDBOX_PASSWORD: password, X12_SANDBOX_ENVELOPE: envelope } = env;
  return {
    id: 'con_sandbox',
    adapter: 'x12',
    endpointUrl: X12_SANDBOX_URL,
    settings: {
      senderId: X12_SANDBOX_SENDER_ID,
      receiverId: X12_SANDBOX_RECEIVER_ID,
      usageIndicator: 'T',
      ...(envelope ? { envelope } : {}),
    },
    credentials: { ...(username ? { username } : {}), ...(password ? { password } : {}) },
    timeoutMs: 70_000,
  };
}

/** @throws when the member is not five words */
export function inquiryFrom({ X12_SANDBOX_MEMBER: member = usualMember }: Environment) {
  const [payerId, memberId, firstName, lastName, birthDate, ...rest] = member.trim().split(/\s+/);
  if (!payerId || !memberId || !firstName || !lastName || !birthDate || rest.length > 0) {
    throw new Error(`X12_SANDBOX_MEMBER: write five words, e.g. ${usualMember}`);
  }
  return sandboxInquiry({
    payer: { name: payerId, id: payerId },
    subscriber: { firstName, lastName, birthDate, memberId },
  });
}
