import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { until } from '../../apps/standalone/processes';

/** A mail as it arrived. */
export interface ReceivedMail {
  to: string;
  from: string;
  subject: string;
  text: string;
  headers: string;
}

/** A real SMTP server that keeps what it is given. */
export interface MailServer {
  readonly url: string;
  readonly received: ReceivedMail[];
  /** Answers the next deliveries with this code. */
  refuseWith: number | undefined;
  /** The newest mail to somebody, once there is one that `fits`. */
  mailTo(address: string, fits?: (mail: ReceivedMail) => boolean): Promise<ReceivedMail>;
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        if (state.refuseWith !== undefined) {
          done(Object.assign(new Error('no such mailbox patient@example'), { responseCode: state.refuseWith }));
          return;
        }
        const to = session.envelope.rcptTo.map(({ address }) => address).join(',');
        received.push(parsed(Buffer.concat(parts).toString('utf8'), to));
        done();
      });
    },
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.server.address() as AddressInfo;
  const state: MailServer = {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuseWith: undefined,
    mailTo: async (address, fits = () => true) => {
      const found = (): ReceivedMail | undefined => received.filter((mail) => mail.to === address && fits(mail)).at(-1);
      if (!(await until(() => found() !== undefined, 15_000))) throw new Error(`No mail to ${address}`);
      return found() as ReceivedMail;
    },
    close: () => new Promise((done) => server.close(() => done())),
  };
  return state;
}

/** The secret behind `#` of the link in a mail. */
export function secretIn(mail: ReceivedMail): string {
  const secret = /#([\w-]{43})/.exec(mail.text)?.[1];
  if (!secret) throw new Error('There is no link in this mail');
  return secret;
}

function parsed(raw: string, to: string): ReceivedMail {
  const [headers = '', ...body] = raw.split('\r\n\r\n');
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(headers.replace(/\r\n\s+/g, ' '))?.[1]?.trim() ?? '';
  const isQuoted = /quoted-printable/i.test(header('Content-Transfer-Encoding'));
  const text = body.join('\r\n\r\n');
  return { to, from: header('From'), subject: header('Subject'), headers, text: isQuoted ? unquoted(text) : text };
}

function unquoted(text: string): string {
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
