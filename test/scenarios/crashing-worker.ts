import { type Adapter, adapters } from '@openvob/payers';
import { createLog, readConfig } from '@openvob/platform';
import { startWorker } from '../../apps/worker/main';

/** A member whose inquiry takes the process down, as a fault of a library or of memory would. */
export const deadlyMemberId = 'NWH0010666';

/** A worker as it is deployed, but for that one member. */
async function main(): Promise<void> {
  const x12 = adapters.get('x12');
  if (!x12) throw new Error('There is no x12 adapter');
  const deadly: Adapter = {
    ...x12,
    verify: async (inquiry, connection, context) => {
      if (inquiry.subscriber.memberId === deadlyMemberId) process.kill(process.pid, 'SIGKILL');
      return x12.verify(inquiry, connection, context);
    },
  };
  const config = readConfig();
  await startWorker(config, createLog('worker', config.logLevel), new Map([...adapters, ['x12', deadly]]));
  process.send?.({ ready: true });
}

if (require.main === module) void main();
