import type { WebhookDeliveryJson, WebhookEndpointJson } from '@openvob/results';

/** What a receiver may be told of. */
export const webhookEvents: Readonly<Record<string, string>> = {
  'verification.completed': 'A verification is done',
  'verification.needs_attention': 'A verification waits for a person',
  'verification.benefits_changed': 'Benefits have changed since the last time',
  'verification.updated': 'Everything that happens to a verification',
};

/** @returns an event as people say it; what is only tried out is no event */
export function eventText(type: string): string {
  return type === 'webhook.test' ? 'Trial' : (webhookEvents[type] ?? type);
}

type Said = readonly [text: string, color: string];

/** How deliveries stand. */
export const deliveryStates: Readonly<Record<WebhookDeliveryJson['state'], Said>> = {
  pending: ['on its way', 'orange'],
  delivered: ['arrived', 'green'],
  failed: ['did not arrive', 'red'],
  withheld: ['withheld: no live consent', 'gray'],
};

const failures: Readonly<Record<string, string>> = {
  refused: 'no connection',
  reset: 'broken off',
  timeout: 'no answer in time',
  dns: 'the address is not known',
  tls: 'its certificate is not good',
  too_large: 'the answer was too long',
  other: 'failed',
};

/** What came of one try: what the receiver answered, or why it could not. */
export function attemptText({ status, failure }: WebhookDeliveryJson['attempts'][number]): string {
  return status === undefined ? (failures[failure ?? 'other'] ?? 'failed') : `answered ${status}`;
}

const disabled: Readonly<Record<NonNullable<WebhookEndpointJson['disabled']>['because'], Said>> = {
  asked: ['paused', 'gray'],
  gone: ['stopped: it answered that it is gone (410)', 'red'],
  failing: ['stopped: nothing got through for days', 'red'],
};

/** How a receiver stands. */
export function endpointState(one: WebhookEndpointJson): Said {
  if (one.disabled) return disabled[one.disabled.because];
  return one.failingSince ? ['does not answer', 'orange'] : ['is told', 'green'];
}
