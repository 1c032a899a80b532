import type { ServerResponse } from 'node:http';

/** One request while it is being answered, and the payer that it turned out to be for. */
export interface Visit {
  payerId?: string;
}

/** How many inquiries each payer has in hand: what limits that were agreed with it are held against. */
export class InFlight {
  private readonly byPayer = new Map<string, number>();

  /** A request came; it counts until its answer has left or its sender has gone. */
  begin(response: ServerResponse): Visit {
    const visit: Visit = {};
    response.once('close', () => {
      if (visit.payerId !== undefined) this.change(visit.payerId, -1);
    });
    return visit;
  }

  /** The request is an inquiry to this payer. @returns how many that payer has in hand, this one included */
  count(visit: Visit | undefined, payerId = ''): number {
    if (visit && visit.payerId === undefined) {
      visit.payerId = payerId;
      this.change(payerId, 1);
    }
    return this.byPayer.get(payerId) ?? 0;
  }

  private change(payerId: string, by: number): void {
    this.byPayer.set(payerId, (this.byPayer.get(payerId) ?? 0) + by);
  }
}
