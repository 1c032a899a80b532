import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Global,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { HeadSigner } from '@openvob/access';
import { BatchService, CorrectionService, IntakeService } from '@openvob/intake';
import { LiveUpdates } from '@openvob/notifications';
import { Canaries, LaneQueues, QueueModule, VerificationJobs } from '@openvob/queue';
import { NoteService, RateService, RecordService, RemittanceService } from '@openvob/records';
import {
  Attachments,
  AuditTrail,
  CallApproval,
  Consents,
  Disclosures,
  Drafts,
  Erasures,
  FacilityPrivacySettings,
  Letterheads,
  Patients,
  ProgramCatalog,
  Promises,
  RawAnswers,
  Retention,
  SavedViews,
  StoredCanaryMarks,
  StoredIntakeSources,
  StoredPayerDirectory,
  VerificationBatches,
  VerificationIntake,
  VerificationList,
  VerificationReader,
  WebhookDeliveryList,
  WebhookEndpoints,
} from '@openvob/store';
import { DryRun } from '@openvob/verification';
import { AccessGuard } from './access.guard';
import { AttachmentsController } from './attachments.controller';
import { AuditController } from './audit.controller';
import { BatchController } from './batch.controller';
import { BatchUpkeep } from './batch-upkeep';
import { CallApprovalController } from './call-approval.controller';
import { ConnectionTester } from './connection-trial';
import { ConnectionTrialController } from './connection-trial.controller';
import { CorrectionsController } from './corrections.controller';
import { DirectoryController } from './directory.controller';
import { Documents } from './documents';
import { DocumentsController } from './documents.controller';
import { HealthController } from './health.controller';
import { IntakeController } from './intake.controller';
import { NotesController } from './notes.controller';
import { OpenRequests } from './open-requests';
import { ApiMetrics } from './ops-metrics';
import { MetricsController } from './ops-metrics.controller';
import { PayerOperations } from './ops-payers';
import { PayerOperationsController } from './ops-payers.controller';
import { OwnFormsController } from './own-forms.controller';
import { Part2Controller } from './part2.controller';
import { PatientsController } from './patients.controller';
import { PayerFiles } from './payer-files';
import { PayerFilesController } from './payer-files.controller';
import { PayerRecords } from './payer-records';
import { PayerRecordsController } from './payer-records.controller';
import { PeopleModule } from './people.module';
import { ProblemFilter } from './problem.filter';
import { ProgramsController } from './programs.controller';
import { ProviderIdentityService } from './provider-identity';
import { ProviderIdentityController } from './provider-identity.controller';
import { RatesController } from './rates.controller';
import { RawAnswersController } from './raw-answers.controller';
import { Readiness } from './readiness';
import { RecheckSettingsService } from './recheck-settings';
import { RecheckSettingsController } from './recheck-settings.controller';
import { RecordsController } from './records.controller';
import { RemittancesController } from './remittances.controller';
import { RetentionController } from './retention.controller';
import { Spine } from './spine';
import { clockToken, webhookNetworksToken } from './tokens';
import { VerificationEvents } from './verification-events';
import { VerificationsController } from './verifications.controller';
import { WebhooksController } from './webhooks.controller';
import { WorklistController } from './worklist.controller';

const upkeepToken = Symbol('upkeep');

/** What the queue module needs from outside itself. */
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

@Module({})
export class ApiModule implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    @Inject(Spine) private readonly spine: Spine,
    @Inject(Canaries) private readonly canaries: Canaries,
    @Inject(BatchUpkeep) private readonly batchUpkeep: BatchUpkeep,
    @Inject(OpenRequests) private readonly openRequests: OpenRequests,
  ) {}

  static of(spine: Spine): DynamicModule {
    const queue = QueueModule.forRoot({
      config: spine.config,
      rows: upkeepToken,
      marks: new StoredCanaryMarks(spine.database),
      clock: spine.clock,
      log: spine.log,
    });
    return {
      module: ApiModule,
      imports: [SpineModule.of(spine), queue, PeopleModule.of(spine.people)],
      controllers: [
        WorklistController,
        OwnFormsController,
        AttachmentsController,
        BatchController,
        VerificationsController,
        CorrectionsController,
        Part2Controller,
        PatientsController,
        RetentionController,
        RawAnswersController,
        NotesController,
        ConnectionTrialController,
        RatesController,
        CallApprovalController,
        RecordsController,
        DocumentsController,
        RemittancesController,
        IntakeController,
        DirectoryController,
        ProgramsController,
        AuditController,
        HealthController,
        MetricsController,
        PayerOperationsController,
        PayerFilesController,
        PayerRecordsController,
        ProviderIdentityController,
        RecheckSettingsController,
        WebhooksController,
      ],
      providers: [
        { provide: clockToken, useValue: spine.clock },
        { provide: LiveUpdates, useValue: spine.live },
        { provide: OpenRequests, useValue: new OpenRequests() },
        { provide: VerificationReader, useValue: spine.reader },
        { provide: Promises, useValue: spine.promises },
        { provide: VerificationList, useValue: spine.list },
        { provide: VerificationIntake, useValue: spine.intake },
        { provide: Attachments, useValue: spine.attachments },
        { provide: Drafts, useValue: spine.drafts },
        { provide: SavedViews, useValue: spine.views },
        {
          provide: VerificationEvents,
          useFactory: () => new VerificationEvents(spine.reader, spine.live),
        },
        { provide: StoredPayerDirectory, useValue: spine.payers },
        { provide: Erasures, useValue: new Erasures(spine.database) },
        { provide: Patients, useValue: new Patients(spine.database, spine.cipher, spine.reader) },
        { provide: Retention, useValue: new Retention(spine.database, spine.cipher) },
        { provide: RawAnswers, useValue: new RawAnswers(spine.database, spine.cipher) },
        { provide: Consents, useValue: new Consents(spine.database, spine.cipher) },
        { provide: Disclosures, useValue: new Disclosures(spine.database, spine.cipher) },
        { provide: FacilityPrivacySettings, useValue: new FacilityPrivacySettings(spine.database) },
        { provide: WebhookEndpoints, useValue: new WebhookEndpoints(spine.database, spine.cipher) },
        { provide: WebhookDeliveryList, useValue: new WebhookDeliveryList(spine.database, spine.cipher) },
        { provide: webhookNetworksToken, useValue: spine.config.webhooks.networks },
        { provide: AuditTrail, useValue: spine.auditTrail },
        { provide: HeadSigner, useValue: spine.headSigner },
        { provide: ProgramCatalog, useValue: spine.programs },
        { provide: StoredIntakeSources, useValue: spine.intakeSources },
        { provide: DryRun, useValue: spine.dryRun },
        { provide: RecordService, useValue: spine.records },
        { provide: NoteService, useValue: spine.notes },
        { provide: ConnectionTester, useValue: spine.connectionTester },
        { provide: RateService, useValue: spine.rates },
        { provide: CallApproval, useValue: new CallApproval(spine.database) },
        { provide: RemittanceService, useValue: spine.remittances },
        { provide: Documents, useValue: spine.documents },
        { provide: Letterheads, useValue: spine.letterheads },
        {
          provide: IntakeService,
          inject: [VerificationJobs],
          useFactory: (jobs: VerificationJobs) => spine.intakeOver(jobs),
        },
        { provide: VerificationBatches, useValue: spine.batches },
        {
          provide: BatchService,
          inject: [VerificationJobs],
          useFactory: (jobs: VerificationJobs) => new BatchService({ ...spine, queue: jobs }),
        },
        {
          provide: BatchUpkeep,
          inject: [BatchService],
          useFactory: (batches: BatchService) => new BatchUpkeep(batches, spine.config.worker.sweepEveryMs, spine.log),
        },
        {
          provide: CorrectionService,
          inject: [VerificationJobs, IntakeService],
          useFactory: (jobs: VerificationJobs, requests: IntakeService) => spine.correctionsOver(jobs, requests),
        },
        {
          provide: AccessGuard,
          useFactory: () => new AccessGuard(spine.people.entry),
        },
        { provide: PayerFiles, useValue: new PayerFiles(spine) },
        { provide: PayerRecords, useValue: new PayerRecords(spine) },
        {
          provide: ProviderIdentityService,
          useValue: new ProviderIdentityService({ identities: spine.providerIdentities, clock: spine.clock }),
        },
        {
          provide: RecheckSettingsService,
          useValue: new RecheckSettingsService({ settings: spine.recheckSettings, clock: spine.clock }),
        },
        { provide: ProblemFilter, useFactory: () => new ProblemFilter(spine.log) },
        {
          provide: PayerOperations,
          inject: [VerificationJobs, CorrectionService],
          useFactory: (jobs: VerificationJobs, corrections: CorrectionService) =>
            new PayerOperations(spine, jobs, corrections),
        },
        {
          provide: ApiMetrics,
          inject: [LaneQueues, Canaries],
          useFactory: (queues: LaneQueues, canaries: Canaries) => new ApiMetrics({ ...spine, queues, canaries }),
        },
        {
          provide: Readiness,
          inject: [Canaries],
          useFactory: (canaries: Canaries) =>
            new Readiness({
              database: () => spine.database.directory.query('SELECT 1'),
              lanes: (patienceMs) => canaries.ask(patienceMs),
            }),
        },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.canaries.start();
    this.batchUpkeep.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.openRequests.end();
    await Promise.all([this.canaries.stop(), this.batchUpkeep.stop()]);
  }

  /** The framework has stopped taking requests by now; queues are closed by their own module. */
  async onApplicationShutdown(): Promise<void> {
    await this.spine.live.stop();
    await this.spine.pdf.close();
    this.spine.http.close();
    await this.spine.database.close();
  }
}
