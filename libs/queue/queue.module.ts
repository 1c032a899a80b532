import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type DynamicModule, Module } from '@nestjs/common';
import { type Clock, type Config, errorFields, type Log } from '@openvob/platform';
import type { Queue } from 'bullmq';
import { backendOf, classesOf, queueOptions } from './backend';
import { Canaries, type CanaryMarks } from './canary';
import { LaneQueues } from './lane-queues';
import { type Lane, lanes } from './lanes';
import { type EnqueuedRows, VerificationJobs } from './verification-jobs';

export interface QueueModuleOptions {
  config: Config;
  /** Token of a provider with `EnqueuedRows`, from a global module. */
  rows: symbol;
  /** Where canaries are marked as sent and seen. */
  marks: CanaryMarks;
  clock: Clock;
  log: Log;
}

@Module({})
export class QueueModule {
  /** Queues of all lanes on the configured backend, and `VerificationJobs` and `Canaries` over them. */
  static forRoot({ config, rows, marks, clock, log }: QueueModuleOptions): DynamicModule {
    const classes = classesOf(backendOf(config));
    BullModule.queueClass = classes.Queue;
    BullModule.workerClass = classes.Worker;
    const queues = BullModule.registerQueue(...lanes.map((name) => ({ name, ...queueOptions(config) })));
    return {
      module: QueueModule,
      imports: [queues],
      providers: [
        {
          provide: LaneQueues,
          inject: lanes.map((lane) => getQueueToken(lane)),
          useFactory: (...made: Queue[]) => {
            for (const queue of made)
              queue.on('error', (error) => log.warn('queue.error', { lane: queue.name, ...errorFields(error) }));
            return new LaneQueues(byLane(made));
          },
        },
        {
          provide: VerificationJobs,
          inject: [rows, LaneQueues],
          useFactory: (enqueued: EnqueuedRows, queues: LaneQueues) =>
            new VerificationJobs(queues, enqueued, () => clock.now()),
        },
        {
          provide: Canaries,
          inject: [LaneQueues],
          useFactory: (queues: LaneQueues) => new Canaries({ queues, marks, clock, log, ...config.canary }),
        },
      ],
      exports: [LaneQueues, VerificationJobs, Canaries, queues],
    };
  }
}

function byLane(queues: readonly Queue[]): Map<Lane, Queue> {
  return new Map(lanes.flatMap((lane, index) => (queues[index] ? [[lane, queues[index]] as [Lane, Queue]] : [])));
}
