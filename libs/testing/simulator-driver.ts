/** One inquiry that the payer simulator received. */
export interface SimulatedInquiry {
  readonly number: number;
  readonly at: string;
  readonly protocol: string;
  readonly trace?: string;
  readonly payerId?: string;
  readonly memberId?: string;
  readonly serviceTypes: readonly string[];
  /** Inquiries of this payer that were not answered yet when it came, itself included. */
  readonly inFlight: number;
  readonly answered: string;
}

/** A fault to be played: its kind and numbers, and whom it meets (all inquiries until cleared, unless `count` is given). */
export interface SimulatedFault {
  readonly kind: string;
  readonly count?: number;
  readonly memberId?: string;
  readonly payerId?: string;
  /** Of those that it may meet it meets this share, evenly. */
  readonly share?: number;
  readonly [setting: string]: string | number | boolean | undefined;
}

/** Drives a payer simulator over HTTP. Starting it is the test's own affair. */
export class SimulatorDriver {
  constructor(private readonly url: string) {}

  /** Serves this 271 for a member id: with the inquiry put into it, or byte for byte. */
  async putAnswer(memberId: string, text271: string, options: { asIs?: boolean } = {}): Promise<void> {
    const query = options.asIs === true ? '?asIs=true' : '';
    await this.call('PUT', `/control/members/${encodeURIComponent(memberId)}${query}`, text271);
  }

  async removeAnswer(memberId: string): Promise<void> {
    await this.call('DELETE', `/control/members/${encodeURIComponent(memberId)}`);
  }

  async playFault(fault: SimulatedFault): Promise<void> {
    await this.call('POST', '/control/faults', JSON.stringify(fault));
  }

  async clearFaults(): Promise<void> {
    await this.call('DELETE', '/control/faults');
  }

  /** Inquiries in the order in which they came; `since` leaves out that many of the first. */
  async ledger(since = 0): Promise<SimulatedInquiry[]> {
    const { items } = (await this.call('GET', `/control/ledger?since=${since}`)) as { items: SimulatedInquiry[] };
    return items;
  }

  private async call(method: string, path: string, body?: string): Promise<unknown> {
    const response = await fetch(this.url + path, { method, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator ${method} ${path.split('?')[0]}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
}
