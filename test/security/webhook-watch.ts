import type { Client } from 'pg';
import { until } from '../../apps/standalone/processes';
import { Receiver } from '../setup/receiver';
import { type Spine, TestCaller } from '../setup/spine';

const patienceMs = 60_000;

/** A receiver outside that is told of everything. */
export async function watchWebhooks(spine: Spine): Promise<Receiver> {
  const receiver = await Receiver.start();
  const admin = new TestCaller(spine, await spine.keyFor('admin'));
  const added = await admin.post('/v1/webhook-endpoints', { url: receiver.url, recipient: 'Records' });
  if (added.status !== 201) throw new Error(`the receiver was refused with ${added.status}`);
  return receiver;
}

/** Waits until every webhook was sent, or withheld. */
export async function untilAllTold(owner: Client): Promise<void> {
  const isDone = async (): Promise<boolean> =>
    (await owner.query(`SELECT FROM webhook_delivery WHERE state = 'pending' LIMIT 1`)).rowCount === 0;
  if (!(await until(isDone, patienceMs))) throw new Error('webhooks are still waiting');
}
