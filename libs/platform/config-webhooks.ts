import { readNetworks } from './config-access';
import { waits } from './config-numbers';

/** How receivers of webhooks are reached. */
export interface WebhooksConfig {
  /** Networks of our own in which a receiver may be; others have to be public. */
  networks: readonly string[];
  /** Waits between the tries of a delivery, milliseconds; behind the last one it is given up. */
  retryLadderMs: readonly number[];
  /** How long a receiver may take, milliseconds. Standard Webhooks asks for 15 to 30 seconds. */
  timeoutMs: number;
  /** How often deliveries are looked for that are due, milliseconds. */
  everyMs: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Eight tries over 27 hours and a half. */
const usualLadderSeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/** Collects a sentence with the remedy for each faulty setting. */
export function readWebhooksConfig(env: Environment, faults: string[]): WebhooksConfig {
  return {
    networks: readNetworks(env, 'WEBHOOK_NETWORKS', faults),
    retryLadderMs: waits(env, 'WEBHOOK_RETRY_SECONDS', usualLadderSeconds, faults),
    timeoutMs: milliseconds(env, 'WEBHOOK_TIMEOUT_MS', 15_000, faults),
    everyMs: milliseconds(env, 'WEBHOOK_EVERY_MS', 1_000, faults),
  };
}

function milliseconds(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (!text) return fallback;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  faults.push(`${name} must be milliseconds from 1 to 999999, not "${text}"`);
  return fallback;
}
