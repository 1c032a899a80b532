/** What an endpoint may choose to be told of. */
export const webhookEvents = [
  'verification.updated',
  'verification.completed',
  'verification.needs_attention',
  'verification.benefits_changed',
] as const;

export type WebhookEventType = (typeof webhookEvents)[number];

/** Sent when somebody tries an endpoint out. */
export const testEvent = 'webhook.test' as const;

/** Something that happened to a verification, or at a trial to the endpoint. */
export interface WebhookEvent {
  /** The `webhook-id`, the same for every endpoint and try. */
  id: string;
  type: WebhookEventType | typeof testEvent;
  at: Date;
  verification?: { id: string; status: string; round: number; version: number };
}

/**
 * The body of a message: ids, status and links, nothing about the patient; whoever may know more asks for it. `version` counts up with each
 * move of the verification, since messages may overtake one another.
 *
 * @param notice the statement of 42 CFR 2.32, where the records are those of substance use treatment
 */
export function webhookBody(event: WebhookEvent, endpointId: string, notice?: string): string {
  const { type, at, verification } = event;
  const data = verification
    ? { ...verification, links: linksOf(verification.id) }
    : { id: endpointId, links: { self: `/v1/webhook-endpoints/${endpointId}` } };
  return JSON.stringify({ type, timestamp: at.toISOString(), data, ...(notice === undefined ? {} : { notice }) });
}

function linksOf(id: string): Record<string, string> {
  const self = `/v1/verifications/${id}`;
  return { self, events: `${self}/events`, answers: `${self}/answers` };
}
