import { callMeanwhile, safetyLookMs } from './waiting';

/** What becomes of a verification that was turned away shortly before its payer was suspected of an outage: it waits, and nobody enters anything again. */
export const outageSuspected = {
  event: 'outage_suspected',
  to: 'waiting_for_payer',
  reason: 'payer_outage_suspected',
  needs: [callMeanwhile],
  lookAgainAfterMs: safetyLookMs,
} as const;
