import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';

/** The operating system's account that the server runs as, when that is not our own. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const unprivileged = ['postgres', 'nobody'];
/** PostgreSQL's programs get nothing of our environment: no locale, no PG* variable, no secret. */
const environment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * PostgreSQL refuses to run as root; then it gets the account that owns the data already, else an unprivileged one of
 * this machine.
 *
 * @param clusterFolder the folder of an earlier start, if there is one
 * @returns undefined when the server runs as ourselves
 * @throws Error that names the remedy when root finds no such account
 */
export function serverAccount(clusterFolder: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = readAccounts();
  const owner = statSync(clusterFolder, { throwIfNoEntry: false })?.uid;
  const account =
    accounts.find(({ uid }) => uid !== 0 && uid === owner) ??
    unprivileged.flatMap((name) => accounts.find((candidate) => candidate.name === name) ?? [])[0];
  if (account) return account;
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody": add one, or set DATABASE_URL.',
  );
}

/** The account's name for messages, whoever it is. */
export function accountName(uid: number): string {
  return readAccounts().find((account) => account.uid === uid)?.name ?? `user ${uid}`;
}

function readAccounts(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .flatMap(([name, , uid, gid]) => (name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : []));
}

/** Runs a program to its end in its own session, out of reach of the terminal's Ctrl-C. */
export function runAs(
  account: Account | undefined,
  program: string,
  argumentList: readonly string[],
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const identity = account ? { uid: account.uid, gid: account.gid } : {};
    const child = spawn(program, [...argumentList], {
      ...identity,
      cwd: '/',
      detached: true,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
