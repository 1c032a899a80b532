import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** A 271 that somebody gave for one member id. */
export interface MemberFile {
  readonly text: string;
  /** Served byte for byte, without the inquiry put into it. */
  readonly asIs: boolean;
  /** Where it came from, for the ledger. */
  readonly origin: string;
}

/** A folder's time is too young to be trusted: two files may be put into it within one tick of the file system. */
const settleMs = 100;

/**
 * 271 files by member id: those handed in over HTTP first, then `<memberId>.271` and `<memberId>.json`
 * (`{ "file": "other.271", "asIs": true }`) of a folder, which is looked at again whenever it has changed.
 */
export class MemberFiles {
  private readonly handedIn = new Map<string, MemberFile>();
  private names = new Map<string, string>();
  private readAt = 0;

  constructor(private readonly folder?: string) {}

  put(memberId: string, text: string, asIs: boolean): void {
    this.handedIn.set(memberId.toUpperCase(), { text, asIs, origin: 'handed in' });
  }

  /** True when there was something to take away. Files of the folder stay. */
  remove(memberId: string): boolean {
    return this.handedIn.delete(memberId.toUpperCase());
  }

  /** Member ids that have a file, in order. */
  async memberIds(): Promise<string[]> {
    await this.look();
    const inFolder = [...this.names.keys()].map((name) => name.replace(/\.(?:271|JSON)$/, ''));
    return [...new Set([...this.handedIn.keys(), ...inFolder])].sort();
  }

  async find(memberId: string): Promise<MemberFile | undefined> {
    const key = memberId.toUpperCase();
    const handed = this.handedIn.get(key);
    if (handed !== undefined || this.folder === undefined) return handed;
    await this.look();
    const side = this.names.get(`${key}.JSON`);
    if (side !== undefined) return this.bySideFile(this.folder, side);
    const name = this.names.get(`${key}.271`);
    return name === undefined ? undefined : { text: await read(join(this.folder, name)), asIs: false, origin: name };
  }

  private async bySideFile(folder: string, name: string): Promise<MemberFile> {
    const side: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'));
    const settings = typeof side === 'object' && side !== null ? (side as Record<string, unknown>) : {};
    const file = typeof settings.file === 'string' ? settings.file : name.replace(/\.json$/i, '.271');
    return { text: await read(resolve(folder, file)), asIs: settings.asIs === true, origin: file };
  }

  private async look(): Promise<void> {
    if (this.folder === undefined) return;
    const { mtimeMs } = await stat(this.folder);
    if (mtimeMs <= this.readAt) return;
    const startedAt = Date.now();
    this.names = new Map((await readdir(this.folder)).map((name) => [name.toUpperCase(), name]));
    this.readAt = startedAt - mtimeMs > settleMs ? mtimeMs : 0;
  }
}

/** UTF-8 unless the bytes are none, then byte for byte. */
async function read(path: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
