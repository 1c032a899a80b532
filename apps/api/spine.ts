import { ApiKeys, HeadSigner, headSeedPurpose } from '@openvob/access';
import { CorrectionService, IntakeService } from '@openvob/intake';
import { LiveUpdates } from '@openvob/notifications';
import { adapters, refusingInnerAddresses } from '@openvob/payers';
import {
  type Clock,
  type Config,
  createHttp,
  type FieldCipher,
  type Log,
  publicAddressesAnd,
  todayIn,
} from '@openvob/platform';
import type { VerificationJobs } from '@openvob/queue';
import { NoteService, RateService, RecordService, RemittanceService } from '@openvob/records';
import { PdfRenderer } from '@openvob/results/documents';
import {
  AdmissionRequests,
  Attachments,
  AuditTrail,
  ConnectionEdits,
  ConnectionTrials,
  Database,
  type DataKeys,
  DirectoryExport,
  DirectoryImport,
  Dossiers,
  Drafts,
  FacilityDirectory,
  Letterheads,
  Notes,
  type OpenCipher,
  OperatorActions,
  openCipher,
  PayerEdits,
  PayerHealth,
  ProgramCatalog,
  Promises,
  Rates,
  RateWindows,
  RecordKeeper,
  RecordLists,
  RemittanceLedger,
  ReusableAnswers,
  refuseUnusableKeys,
  SavedViews,
  StoredApiKeys,
  StoredFigures,
  StoredIntakeSources,
  StoredPayerDirectory,
  StoredProviderIdentity,
  StoredRecheckSettings,
  StoredRecipeMemory,
  Upkeep,
  VerificationActions,
  VerificationBatches,
  VerificationIntake,
  VerificationList,
  VerificationReader,
} from '@openvob/store';
import { DryRun } from '@openvob/verification';
import { ConnectionTester } from './connection-trial';
import { Documents } from './documents';
import { PeopleParts } from './people-parts';

/** The API's libraries, put together by hand; Nest only hands them to the controllers. */
export class Spine {
  readonly cipher: FieldCipher;
  readonly dataKeys: DataKeys;
  readonly payers: StoredPayerDirectory;
  readonly programs: ProgramCatalog;
  readonly intakeSources: StoredIntakeSources;
  readonly reader: VerificationReader;
  readonly intake: VerificationIntake;
  readonly batches: VerificationBatches;
  readonly list: VerificationList;
  readonly attachments: Attachments;
  readonly drafts: Drafts;
  readonly views: SavedViews;
  readonly keys: ApiKeys;
  readonly auditTrail: AuditTrail;
  readonly headSigner: HeadSigner;
  readonly people: PeopleParts;
  readonly upkeep: Upkeep;
  readonly dryRun: DryRun;
  readonly records: RecordService;
  readonly remittances: RemittanceService;
  readonly connectionTester: ConnectionTester;
  readonly http: ReturnType<typeof createHttp>;
  readonly notes: NoteService;
  readonly rates: RateService;
  readonly live: LiveUpdates;
  readonly operations: OperatorActions;
  readonly payerHealth: PayerHealth;
  readonly figures: StoredFigures;
  readonly promises: Promises;
  readonly recheckSettings: StoredRecheckSettings;
  readonly providerIdentities: StoredProviderIdentity;
  readonly payerEdits: PayerEdits;
  readonly connectionEdits: ConnectionEdits;
  readonly directoryImport: DirectoryImport;
  readonly directoryExport: DirectoryExport;
  readonly letterheads: Letterheads;
  readonly documents: Documents;
  readonly pdf = new PdfRenderer();

  constructor(
    readonly database: Database,
    readonly config: Config,
    { cipher, keys }: OpenCipher,
    readonly clock: Clock,
    readonly log: Log,
  ) {
    this.cipher = cipher;
    this.dataKeys = keys;
    this.payers = new StoredPayerDirectory(database, this.cipher);
    this.programs = new ProgramCatalog(database);
    this.intakeSources = new StoredIntakeSources(database, this.cipher);
    this.reader = new VerificationReader(database, this.cipher, new AdmissionRequests(this.cipher));
    this.intake = new VerificationIntake(database, this.cipher, this.reader);
    this.batches = new VerificationBatches(database, this.cipher, this.intake);
    this.list = new VerificationList(database, this.cipher);
    this.attachments = new Attachments(database, this.cipher);
    this.drafts = new Drafts(database, this.cipher);
    this.views = new SavedViews(database);
    this.keys = new ApiKeys(new StoredApiKeys(database), clock);
    this.people = new PeopleParts(this);
    this.upkeep = new Upkeep(database);
    this.auditTrail = new AuditTrail(database);
    this.headSigner = new HeadSigner(cipher.secret(headSeedPurpose));
    this.live = new LiveUpdates(config.databaseUrl, log);
    this.operations = new OperatorActions(database);
    this.payerHealth = new PayerHealth(database);
    this.figures = new StoredFigures(database);
    const { concurrency: people, bulkConcurrency: bulk } = config.worker;
    this.promises = new Promises(database, clock, { people, bulk });
    this.recheckSettings = new StoredRecheckSettings(database);
    this.providerIdentities = new StoredProviderIdentity(database);
    this.payerEdits = new PayerEdits(database);
    const admits = publicAddressesAnd(config.payers.networks);
    const tools = { cipher: this.cipher, adapters: refusingInnerAddresses(adapters, admits) };
    this.connectionEdits = new ConnectionEdits(database, tools);
    this.directoryImport = new DirectoryImport(database, tools);
    this.directoryExport = new DirectoryExport(database);
    const lists = new RecordLists(database, this.cipher);
    this.remittances = new RemittanceService({
      ledger: new RemittanceLedger(database, this.cipher),
      lists,
      clock,
      log,
    });
    this.records = new RecordService({
      keeper: new RecordKeeper(database, this.cipher, this.reader),
      lists,
      directory: this.payers,
      payerFacts: this.payerEdits,
      adapters,
      clock,
      log,
    });
    this.notes = new NoteService({ notes: new Notes(database, this.cipher), clock, log });
    this.rates = new RateService({ rates: new Rates(database), directory: this.payers, clock, log });
    this.letterheads = new Letterheads(database, this.cipher);
    const dossiers = new Dossiers(database, this.cipher, this.reader);
    this.documents = new Documents({ dossiers, pdf: this.pdf, clock });
    const facilities = new FacilityDirectory(database);
    this.http = createHttp({ admits });
    this.connectionTester = new ConnectionTester({
      payers: this.payers,
      facilities,
      trials: new ConnectionTrials(database),
      windows: new RateWindows(database),
      adapters: tools.adapters,
      http: this.http,
      clock,
      log,
    });
    const reusable = new ReusableAnswers(database, this.cipher);
    this.dryRun = new DryRun({
      directory: this.payers,
      adapters,
      recipes: new StoredRecipeMemory(database),
      now: () => clock.now(),
      reuse: {
        forMs: config.payers.reuseForMs,
        answeredAt: (facilityId, wish) => reusable.answeredAt(facilityId, wish),
      },
      ...(config.payers.mostCostCents === undefined ? {} : { mostCostCents: config.payers.mostCostCents }),
      context: async (facilityId, programId) => {
        const { facility, track } = await facilities.withTrack(facilityId, programId);
        return { facility, today: todayIn(facility.timeZone, clock.now()), ...(track ? { track } : {}) };
      },
    });
  }

  static async open(config: Config, clock: Clock, log: Log): Promise<Spine> {
    const onError = (error: Error): void => log.warn('database.idle_connection_lost', { error: error.name });
    const database = await Database.open({
      url: config.databaseUrl,
      poolSize: 20,
      applicationName: 'openvob-api',
      onError,
    });
    const open = openCipher(database, config, { clock, log });
    await refuseUnusableKeys(database, open.keys);
    return new Spine(database, config, open, clock, log);
  }

  intakeOver(queue: VerificationJobs): IntakeService {
    const { clock, log, payers, intake, promises } = this;
    return new IntakeService({ intake, payers, queue, clock, log, promises });
  }

  correctionsOver(queue: VerificationJobs, requests: IntakeService): CorrectionService {
    const { clock, log, intake, promises } = this;
    const actions = new VerificationActions(this.database, this.reader);
    return new CorrectionService({ actions, intake, requests, queue, clock, log, promises });
  }
}
