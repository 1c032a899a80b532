import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Config, errorFields, type Log } from '@openvob/platform';
import type { Queue } from 'bullmq';
import { backendOf, classesOf, queueOptions } from './backend';
import { type Lane, lanes } from './lanes';
import { type EnqueuedRows, VerificationJobs } from './verification-jobs';

export interface QueueModuleOptions {
  config: Config;
  /** Token of a provider with `EnqueuedRows`, from a global module. */
  rows: symbol;
  now: () => Date;
  log: Log;
}

@Module({})
export class QueueModule {
  /** Queues of all lanes on the configured backend, and `VerificationJobs` over them. */
  static forRoot({ config, rows, now, log }: QueueModuleOptions): DynamicModule {
    const classes = classesOf(backendOf(config));
    BullModule.queueClass = classes.Queue;
    BullModule.workerClass = classes.Worker;
    const queues = BullModule.registerQueue(...lanes.map((name) => ({ name, ...queueOptions(config) })));
    return {
      module: QueueModule,
      imports: [queues],
      providers: [
        {
          provide: VerificationJobs,
          inject: [rows, ...lanes.map((lane) => getQueueToken(lane))],
          useFactory: (enqueued: EnqueuedRows, ...made: Queue[]) => {
            for (const queue of made)
              queue.on('error', (error) => log.warn('queue.error', { lane: queue.name, ...errorFields(error) }));
            return new VerificationJobs(byLane(made), enqueued, now);
          },
        },
      ],
      exports: [VerificationJobs, queues],
    };
  }
}

function byLane(queues: readonly Queue[]): Map<Lane, Queue> {
  return new Map(lanes.flatMap((lane, index) => (queues[index] ? [[lane, queues[index]] as [Lane, Queue]] : [])));
}
