import type { PayerConnection } from '@openvob/verification';
import type { SimulatedPayer } from './simulated-payers';

/** The connections over which a simulated payer is asked, the best first; none for one that answers the phone alone. */
export function connectionsTo(
  { id, payerId, ways = ['x12'] }: SimulatedPayer,
  simulatorUrl: string,
  more: { senderId: string; timeoutMs: number; costCents: number },
): PayerConnection[] {
  const { senderId, ...limits } = more;
  return ways.map((way, index): PayerConnection => {
    const own = {
      id: `${id.replace('pay_', 'con_')}${index === 0 ? '' : `_${way}`}`,
      payerReference: payerId,
      // Nobody but us waits for a simulated payer.
      resendAfterMs: 0,
      ...limits,
    };
    return way === 'x12'
      ? {
          ...own,
          adapter: 'x12',
          endpointUrl: `${simulatorUrl}/x12`,
          settings: { senderId, receiverId: payerId, usageIndicator: 'T' },
          credentials: {},
        }
      : {
          ...own,
          adapter: 'stedi',
          endpointUrl: `${simulatorUrl}/stedi`,
          settings: {},
          credentials: { apiKey: 'simulated' },
        };
  });
}
