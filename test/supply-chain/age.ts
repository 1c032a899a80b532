import { spawnSync } from 'node:child_process';
import { lockedIn, readLockfile } from './lockfile';

const dayMs = 86_400_000;

/** How long the lock's own history shows releases to have been out. */
export interface LockedAges {
  /** Locked so many days ago already, and so at least as old. */
  oldEnough: number;
  /** Locked since: only a registry tells when they were published. */
  unknown: string[];
}

/**
 * What can be told of the age of releases without a registry, since neither lock nor package says when one was published: whatever stood in
 * the lock so many days ago had been published by then.
 */
export function lockedAges(root: string, { days, now }: { days: number; now: Date }): LockedAges {
  const before = new Set(lockedAt(root, new Date(now.getTime() - days * dayMs)));
  const locked = [
    ...new Set(
      readLockfile(root)
        .filter(({ link }) => !link)
        .map(nameOf),
    ),
  ];
  const unknown = locked.filter((name) => !before.has(name));
  return { oldEnough: locked.length - unknown.length, unknown };
}

function lockedAt(root: string, at: Date): string[] {
  const commit = git(root, 'log', '-1', '--format=%H', `--until=${at.toISOString()}`, '--', 'package-lock.json').trim();
  if (commit === '') return [];
  return lockedIn(git(root, 'show', `${commit}:package-lock.json`)).map(nameOf);
}

function nameOf({ name, version }: { name: string; version: string }): string {
  return `${name}@${version}`;
}

function git(root: string, ...args: string[]): string {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return status === 0 ? stdout : '';
}
