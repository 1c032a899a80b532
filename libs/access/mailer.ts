import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailConfig } from '@openvob/platform';
import type { Mail } from './people';

/** The way out for mail. */
export interface Mailer {
  /** @throws MailFailure */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Why a mail was not taken. Carries neither address nor text. */
export class MailFailure extends Error {
  constructor(
    readonly code: string,
    /** Trying again will not help. */
    readonly isFinal: boolean,
  ) {
    super(`mail ${code}`);
    this.name = 'MailFailure';
  }
}

const patienceMs = 15_000;
/** What a text might name is no business of the library's. */
const nothingFetched = { disableFileAccess: true, disableUrlAccess: true } as const;

/** A mailer for a route. */
export function createMailer(route: MailConfig): Mailer {
  return route.kind === 'smtp' ? smtpMailer(route) : folderMailer(route);
}

function smtpMailer({ url, from, requireTls }: Extract<MailConfig, { kind: 'smtp' }>): Mailer {
  const options = {
    url,
    pool: true,
    maxConnections: 2,
    requireTLS: requireTls,
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    ...nothingFetched,
  } as const;
  const transport = once(async () => (await import('nodemailer')).createTransport(options, { from }));
  return {
    send: async (mail) => {
      try {
        await (await transport.get()).sendMail(messageOf(mail));
      } catch (error) {
        throw failureOf(error);
      }
    },
    close: () => void transport.made?.then((made) => made.close()),
  };
}

/** Writes each mail as a file that a mail program opens. */
function folderMailer({ path, from }: Extract<MailConfig, { kind: 'folder' }>): Mailer {
  const options = { streamTransport: true, buffer: true, ...nothingFetched } as const;
  const transport = once(async () => (await import('nodemailer')).createTransport(options, { from }));
  return {
    send: async (mail) => {
      const { message } = await (await transport.get()).sendMail(messageOf(mail));
      const name = `${new Date().toISOString().replace(/[:.]/g, '-')}-${mail.kind}-${randomBytes(3).toString('hex')}.eml`;
      await writeFile(join(path, name), message as Buffer, { mode: 0o600 });
    },
    close: () => void transport.made?.then((made) => made.close()),
  };
}

/** Loads the library with the first mail, not with every process that starts. */
function once<T>(make: () => Promise<T>): { made: Promise<T> | undefined; get(): Promise<T> } {
  const state: { made: Promise<T> | undefined; get(): Promise<T> } = {
    made: undefined,
    get: () => {
      state.made ??= make();
      return state.made;
    },
  };
  return state;
}

function messageOf({ to, subject, text }: Mail): Record<string, unknown> {
  return { to, subject, text, headers: { 'Auto-Submitted': 'auto-generated' } };
}

/** The server's words may quote the address: only its number is kept. A refusal by 5xx is final. */
function failureOf(error: unknown): MailFailure {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number') return new MailFailure(`smtp_${responseCode}`, responseCode >= 500);
  return new MailFailure(typeof code === 'string' && /^[A-Z]+$/.test(code) ? code.toLowerCase() : 'unknown', false);
}
