import type { EnvelopeContent, Party } from '@openvob/x12';
import { type Connection, endpointFaults, type SettingRule, settingFaults, timeoutFaults } from '../contract';
import type { EnvelopeKind } from './envelope';

/** What an X12 connection's settings and credentials say. */
export interface X12Connection {
  readonly endpointUrl: string;
  readonly timeoutMs: number;
  readonly envelope: EnvelopeKind;
  readonly sender: Party;
  readonly receiver: Party;
  readonly groupSender?: string;
  readonly groupReceiver?: string;
  readonly usage: EnvelopeContent['usage'];
  /** TRN03. */
  readonly originator: string;
  /** NM108 of the payer. */
  readonly payerIdQualifier?: string;
  /** SenderID and ReceiverID of the CORE envelope. */
  readonly coreSender: string;
  readonly coreReceiver: string;
  readonly login?: { readonly username: string; readonly password: string };
}

/**
 * Settings of a connection of this protocol, for its page and its check.
 *
 * - `envelope`: what the 270 travels in, `soap` (default) or `mime` by the CORE rule, or `plain` for the 270 as the body.
 * - `senderId`, `receiverId`: ISA06 and ISA08, as agreed with the payer or clearinghouse; needed.
 * - `senderQualifier`, `receiverQualifier`: ISA05 and ISA07, default `ZZ`.
 * - `groupSenderId`, `groupReceiverId`: GS02 and GS03, default the ids above.
 * - `coreSenderId`, `coreReceiverId`: SenderID and ReceiverID of the envelope, default the ids above.
 * - `usageIndicator`: ISA15, `P` (default) or `T`.
 * - `originator`: TRN03, ten characters beginning with 1, 3 or 9; default `9` and the sender id.
 * - `payerIdQualifier`: NM108 of the payer, default `PI`.
 * - `insecureHttp`: `allow` takes an `http:` endpoint of another machine; without it only of this one.
 *
 * Credentials `username` and `password` go into a WS-Security UsernameToken (`soap`), the fields UserName and Password
 * (`mime`) or HTTP Basic (`plain`); both or none.
 */
export function readConnection(connection: Connection): X12Connection {
  const { settings, credentials } = connection;
  const senderId = settings.senderId ?? '';
  const receiverId = settings.receiverId ?? '';
  return {
    endpointUrl: connection.endpointUrl,
    timeoutMs: connection.timeoutMs,
    envelope: settings.envelope === 'mime' || settings.envelope === 'plain' ? settings.envelope : 'soap',
    sender: { qualifier: settings.senderQualifier ?? 'ZZ', id: senderId },
    receiver: { qualifier: settings.receiverQualifier ?? 'ZZ', id: receiverId },
    usage: settings.usageIndicator === 'T' ? 'T' : 'P',
    originator: settings.originator ?? defaultOriginator(senderId),
    coreSender: settings.coreSenderId ?? senderId,
    coreReceiver: settings.coreReceiverId ?? receiverId,
    ...(settings.groupSenderId === undefined ? {} : { groupSender: settings.groupSenderId }),
    ...(settings.groupReceiverId === undefined ? {} : { groupReceiver: settings.groupReceiverId }),
    ...(settings.payerIdQualifier === undefined ? {} : { payerIdQualifier: settings.payerIdQualifier }),
    ...loginOf(credentials),
  };
}

function defaultOriginator(senderId: string): string {
  return `9${senderId.toUpperCase().replace(/[^A-Z0-9]/g, '')}`.slice(0, 10).padEnd(10, '0');
}

function loginOf({ username, password }: Connection['credentials']): Pick<X12Connection, 'login'> {
  return username && password ? { login: { username, password } } : {};
}

/** Faults of a connection, each naming the setting and what to do about it; empty when it can be used. */
export function connectionFaults(connection: Connection): string[] {
  const { credentials } = connection;
  return [
    ...endpointFaults(connection, 'the payer’s CORE real-time address, https://…'),
    ...timeoutFaults(connection),
    ...settingFaults(connection, rules),
    ...(Boolean(credentials.username) === Boolean(credentials.password)
      ? []
      : ['credentials.username and credentials.password: give both, or neither where the payer asks for none']),
  ];
}

/** ISA and GS ids hold 2 to 15 characters (data elements I06, I07, 142, 124); no delimiter may stand in them. */
const party = /^[^*^:~\p{C}]{2,15}$/u;
const qualifier = /^[A-Z0-9]{2}$/;

const rules: readonly SettingRule[] = [
  { setting: 'envelope', needed: false, pattern: /^(?:soap|mime|plain)$/, remedy: 'must be soap, mime or plain' },
  { setting: 'senderId', needed: true, pattern: party, remedy: 'must be the 2 to 15 characters agreed for ISA06' },
  { setting: 'receiverId', needed: true, pattern: party, remedy: 'must be the 2 to 15 characters agreed for ISA08' },
  {
    setting: 'senderQualifier',
    needed: false,
    pattern: qualifier,
    remedy: 'must be a code of two characters, e.g. ZZ',
  },
  {
    setting: 'receiverQualifier',
    needed: false,
    pattern: qualifier,
    remedy: 'must be a code of two characters, e.g. ZZ',
  },
  {
    setting: 'groupSenderId',
    needed: false,
    pattern: party,
    remedy: 'must be 2 to 15 characters (GS02), or be left out',
  },
  {
    setting: 'groupReceiverId',
    needed: false,
    pattern: party,
    remedy: 'must be 2 to 15 characters (GS03), or be left out',
  },
  { setting: 'usageIndicator', needed: false, pattern: /^[PT]$/, remedy: 'must be P for production or T for test' },
  {
    setting: 'originator',
    needed: false,
    pattern: /^[139][A-Z0-9]{9}$/,
    remedy: 'must be ten characters: 1 and the tax number, 3 and the DUNS number, or 9 and a number agreed upon',
  },
  {
    setting: 'payerIdQualifier',
    needed: false,
    pattern: /^(?:24|46|FI|NI|PI|XV|XX)$/,
    remedy: 'must be one of 24 46 FI NI PI XV XX',
  },
  { setting: 'coreSenderId', needed: false, pattern: /^.{1,50}$/, remedy: 'must be at most 50 characters' },
  { setting: 'coreReceiverId', needed: false, pattern: /^.{1,50}$/, remedy: 'must be at most 50 characters' },
];
