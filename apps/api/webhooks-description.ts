import { testEvent, type WebhookEventType, webhookEvents } from '@openvob/notifications';
import { statuses } from '@openvob/verification';

const told: Readonly<Record<WebhookEventType | typeof testEvent, string>> = {
  'verification.updated': 'A verification moved, or something was recorded about it',
  'verification.completed': 'It rests and is done: verified, inactive, not_found, failed or cancelled',
  'verification.needs_attention': 'It rests and waits for a person: needs_information, needs_consent or needs_call',
  'verification.benefits_changed': 'Asking again changed what the payer says, or what the patient will owe',
  'webhook.test': 'Somebody tries the endpoint out; `data.id` is the endpoint’s',
};

const text = { type: 'string' } as const;
const number = { type: 'integer' } as const;

const data = {
  type: 'object',
  required: ['id', 'links'],
  properties: {
    id: text,
    status: { type: 'string', enum: [...statuses] },
    round: number,
    version: { ...number, description: 'Counts up with each move: of two messages the higher one is later' },
    links: { type: 'object', properties: { self: text, events: text, answers: text } },
  },
} as const;

const header = (name: string, description: string): object => ({
  ...{ name, in: 'header', required: true, schema: text, description },
});

const headers = [
  header('webhook-id', 'The same at each try of the same event'),
  header('webhook-timestamp', 'Seconds since 1970, of this try'),
  header('webhook-signature', '`v1,` and the HMAC-SHA256 of id, timestamp and body in base64; several by blanks'),
];

/** What receivers are sent, in the words of OpenAPI 3.1. */
export function describeWebhooks(): Record<string, { post: object }> {
  return Object.fromEntries([...webhookEvents, testEvent].map((type) => [type, { post: operation(type) }]));
}

function operation(type: WebhookEventType | typeof testEvent): object {
  const schema = {
    type: 'object',
    required: ['type', 'timestamp', 'data'],
    properties: {
      type: { type: 'string', const: type },
      timestamp: { type: 'string', format: 'date-time' },
      data,
      notice: { type: 'string', description: 'The statement of 42 CFR 2.32, where substance use is treated' },
    },
  };
  return {
    tags: ['Webhooks'],
    summary: told[type],
    parameters: headers,
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: {
      '2XX': { description: 'Taken' },
      '410': { description: 'Nothing more is wanted: the endpoint is disabled' },
      default: { description: 'Tried again, no earlier than Retry-After asks' },
    },
  };
}
