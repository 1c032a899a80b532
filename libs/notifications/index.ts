export * from './live-updates';
export * from './webhooks/events';
export * from './webhooks/outbox';
export * from './webhooks/receiver-url';
export * from './webhooks/schedule';
export * from './webhooks/sender';
