import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { MetricsServer, ProcessMetrics } from '@openvob/platform';
import { Canaries, ConsumerWatchdog, LaneQueues, QueueModule, Sweep, VerificationJobs } from '@openvob/queue';
import { StoredCanaryMarks } from '@openvob/store';
import { Reporting } from './canary-report';
import { RecordUpkeep } from './record-upkeep';
import { Spine } from './spine';
import { BulkProcessor, CallerWaitingProcessor, RoutineProcessor, TodayProcessor } from './verification.processor';

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

const processors = [CallerWaitingProcessor, TodayProcessor, RoutineProcessor, BulkProcessor] as const;

/** Ends in this order: whoever makes or watches jobs, jobs under way (bounded), the last report, queues (their own module), database. */
@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly consumers: readonly InstanceType<(typeof processors)[number]>[];
  private readonly watchdog: ConsumerWatchdog;
  private readonly reporting: Reporting;
  private readonly recordUpkeep: RecordUpkeep;
  private metrics: MetricsServer | undefined;

  constructor(
    @Inject(Spine) private readonly spine: Spine,
    @Inject(Sweep) private readonly sweep: Sweep,
    @Inject(Canaries) private readonly canaries: Canaries,
    @Inject(LaneQueues) queues: LaneQueues,
    @Inject(CallerWaitingProcessor) callerWaiting: CallerWaitingProcessor,
    @Inject(TodayProcessor) today: TodayProcessor,
    @Inject(RoutineProcessor) routine: RoutineProcessor,
    @Inject(BulkProcessor) bulk: BulkProcessor,
  ) {
    const { config, log, clock, reports, tally, id } = spine;
    this.consumers = [callerWaiting, today, routine, bulk];
    this.watchdog = new ConsumerWatchdog({ queues, consumers: this.consumers, log, ...config.canary });
    this.reporting = new Reporting({ reports, tally, workerId: id, clock, log });
    this.recordUpkeep = new RecordUpkeep(
      { rotation: spine.keyRotation, retention: spine.retention, webhooks: spine.webhookDeliveries, clock, log },
      config.worker.keysEveryMs,
    );
  }

  static of(spine: Spine): DynamicModule {
    const queue = QueueModule.forRoot({
      config: spine.config,
      rows: upkeepToken,
      marks: new StoredCanaryMarks(spine.database),
      clock: spine.clock,
      log: spine.log,
    });
    const { clock, log, stopping, runner, tally } = spine;
    return {
      module: WorkerModule,
      imports: [SpineModule.of(spine), queue],
      providers: [
        ...processors.map((processor) => ({
          provide: processor,
          inject: [Canaries],
          useFactory: (canaries: Canaries) =>
            new processor({ runner, clock, log, canaries, tally, stopping: stopping.signal }),
        })),
        {
          provide: Sweep,
          inject: [VerificationJobs],
          useFactory: (jobs: VerificationJobs) => {
            spine.jobs = jobs;
            const { upkeep, pacing, rechecks } = spine;
            return new Sweep({ upkeep, jobs, pacing, rechecks, clock, log, everyMs: spine.config.worker.sweepEveryMs });
          },
        },
      ],
    };
  }

  /** The port first: a process that cannot be watched takes no work. */
  async onApplicationBootstrap(): Promise<void> {
    await this.serveMetrics();
    const { concurrency, bulkConcurrency } = this.spine.config.worker;
    for (const consumer of this.consumers) consumer.begin(consumer.lane === 'bulk' ? bulkConcurrency : concurrency);
    this.sweep.start();
    this.canaries.start();
    this.watchdog.start();
    this.reporting.start();
    this.spine.sealing.start();
    this.spine.webhooks.start();
    this.recordUpkeep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.spine.pacing.stop();
    await Promise.all([this.sweep.stop(), this.canaries.stop(), this.watchdog.stop(), this.recordUpkeep.stop()]);
    const delivered = this.spine.webhooks.stop();
    await Promise.all(this.consumers.map((consumer) => consumer.drain()));
    const patience = setTimeout(() => this.spine.stopping.abort(), this.spine.config.worker.drainMs);
    await Promise.all([...this.consumers.map(({ worker }) => worker.close()), delivered]);
    clearTimeout(patience);
    await Promise.all([this.reporting.stop(), this.spine.sealing.stop()]);
    await this.metrics?.stop();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.spine.database.close();
  }

  /** What this one process tells; what all workers have in common is told by the API. */
  private async serveMetrics(): Promise<void> {
    const { host, metrics, log } = { ...this.spine.config, log: this.spine.log };
    if (metrics.workerPort === undefined || metrics.token === undefined) return;
    const figures = new ProcessMetrics();
    figures.gauge('openvob_worker_jobs_active', 'Jobs under way in this process', 'lane', () => this.watchdog.active());
    this.metrics = new MetricsServer({
      host,
      port: metrics.workerPort,
      token: metrics.token,
      text: () => figures.text(),
      isWell: () => this.watchdog.isWell(),
    });
    log.info('worker.metrics', { port: await this.metrics.start() });
  }
}
