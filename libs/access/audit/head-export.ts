import { appendFile } from 'node:fs/promises';
import { errorFields, type Http, type Log, signedHeaders } from '@openvob/platform';
import type { ChainHead, HeadSigner, SignedHead } from './signed-head';

/** Where ends of chains are told, outside the database; the log is one of them always. */
export interface HeadExportOptions {
  signer: HeadSigner;
  log: Log;
  http: Http;
  /** A file that each head is appended to, one JSON object a line. */
  file?: string | undefined;
  /** A receiver of Standard Webhooks. */
  webhook?: { url: string; secret: string } | undefined;
  /** A chain that grows is told this often at most. */
  everyMs: number;
}

const webhookTimeoutMs = 10_000;

/** Tells where the chains end. What could not be told is told again with the next pass. */
export class HeadExport {
  private readonly heads = new Map<string, ChainHead>();
  private readonly toldAt = new Map<string, number>();

  constructor(private readonly options: HeadExportOptions) {}

  /** A chain has grown. */
  moved(head: ChainHead): void {
    this.heads.set(head.chain, head);
  }

  /** Exports every chain that has grown and was not told of lately. */
  async exportDue(now: Date): Promise<void> {
    for (const head of [...this.heads.values()]) {
      const last = this.toldAt.get(head.chain);
      if (last !== undefined && Math.abs(now.getTime() - last) < this.options.everyMs) continue;
      if (!(await this.tell(this.options.signer.sign(head)))) continue;
      this.toldAt.set(head.chain, now.getTime());
      if (this.heads.get(head.chain) === head) this.heads.delete(head.chain);
    }
  }

  private async tell(head: SignedHead): Promise<boolean> {
    const { log, file, webhook } = this.options;
    try {
      if (file !== undefined) await appendFile(file, `${JSON.stringify(head)}\n`, { mode: 0o600 });
      if (webhook) await this.post(head, webhook);
      log.info('audit.head', { ...head });
      return true;
    } catch (error) {
      log.error('audit.head_not_exported', { chain: head.chain, position: head.position, ...errorFields(error) });
      return false;
    }
  }

  /** @throws Error when the receiver did not take it */
  private async post(head: SignedHead, { url, secret }: { url: string; secret: string }): Promise<void> {
    const body = JSON.stringify({ type: 'audit.head', timestamp: head.at, data: head });
    const message = { id: `head_${head.chain}_${head.position}`, sentAt: new Date(head.at), body };
    const { status } = await this.options.http.send({
      method: 'POST',
      url,
      headers: signedHeaders(message, [secret]),
      body,
      timeoutMs: webhookTimeoutMs,
    });
    if (status < 200 || status > 299) throw new Error(`The receiver of audit heads answered ${status}`);
  }
}
