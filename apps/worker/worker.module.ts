import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { QueueModule, Sweep, VerificationJobs } from '@openvob/queue';
import { Spine } from './spine';
import { CallerWaitingProcessor, RoutineProcessor, TodayProcessor } from './verification.processor';

const upkeepToken = Symbol('upkeep');

@Global()
@Module({})
class SpineModule {
  static of(spine: Spine): DynamicModule {
    const providers = [
      { provide: Spine, useValue: spine },
      { provide: upkeepToken, useValue: spine.upkeep },
    ];
    return { module: SpineModule, providers, exports: providers };
  }
}

const processors = [CallerWaitingProcessor, TodayProcessor, RoutineProcessor] as const;

/** Ends in this order: jobs under way (bounded), sweep, queues (their own module), database. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(Spine) private readonly spine: Spine,
    @Inject(Sweep) private readonly sweep: Sweep,
    @Inject(CallerWaitingProcessor) private readonly callerWaiting: CallerWaitingProcessor,
    @Inject(TodayProcessor) private readonly today: TodayProcessor,
    @Inject(RoutineProcessor) private readonly routine: RoutineProcessor,
  ) {}

  static of(spine: Spine): DynamicModule {
    const queue = QueueModule.forRoot({
      config: spine.config,
      rows: upkeepToken,
      now: () => spine.clock.now(),
      log: spine.log,
    });
    const { clock, log, stopping, runner } = spine;
    return {
      module: WorkerModule,
      imports: [SpineModule.of(spine), queue],
      providers: [
        ...processors.map((processor) => ({
          provide: processor,
          useFactory: () => new processor({ runner, clock, log, stopping: stopping.signal }),
        })),
        {
          provide: Sweep,
          inject: [VerificationJobs],
          useFactory: (jobs: VerificationJobs) => {
            spine.jobs = jobs;
            const { upkeep, pacing } = spine;
            return new Sweep({ upkeep, jobs, pacing, clock, log, everyMs: spine.config.worker.sweepEveryMs });
          },
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    for (const { worker } of this.hosts()) {
      worker.concurrency = this.spine.config.worker.concurrency;
      worker.on('error', (error) => this.spine.log.warn('worker.queue_error', { error: error.name }));
    }
    this.sweep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
    const patience = setTimeout(() => this.spine.stopping.abort(), this.spine.config.worker.drainMs);
    await Promise.all(this.hosts().map(({ worker }) => worker.close()));
    clearTimeout(patience);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.spine.database.close();
  }

  private hosts(): (CallerWaitingProcessor | TodayProcessor | RoutineProcessor)[] {
    return [this.callerWaiting, this.today, this.routine];
  }
}
