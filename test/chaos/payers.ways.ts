import { generateApiKey, type Role } from '@openvob/access';
import { FieldCipher } from '@openvob/platform';
import { Database, FacilitySetup, StoredPayerDirectory } from '@openvob/store';
import type { PayerConnection } from '@openvob/verification';
import type { Fleet } from '../setup/fleet';
import { facilityId, plan, rates } from '../setup/seed';

/** A payer with one way to ask it. */
export interface PayerToConnect {
  id: string;
  memberIdPrefix: string;
  connection: PayerConnection;
}

/** What tests put into a running fleet beside what each has. */
export class FleetSetup {
  private constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  static async of<T>({ config }: Pick<Fleet, 'config'>, work: (setup: FleetSetup) => Promise<T>): Promise<T> {
    const database = await Database.open({ url: config.databaseUrl, poolSize: 2 });
    try {
      return await work(new FleetSetup(database, new FieldCipher(config.keyRing)));
    } finally {
      await database.close();
    }
  }

  async connect(payers: readonly PayerToConnect[]): Promise<void> {
    const directory = new StoredPayerDirectory(this.database, this.cipher);
    for (const { id, connection } of payers) {
      const payer = { id, name: `Payer ${id}`, aliases: [], memberIdPrefixes: [] };
      await directory.put(payer, [connection], new Date());
    }
  }

  /** Another facility with a program of its own and the same payers. @returns a coordinator's key */
  async addFacility(id: string): Promise<{ key: string; programId: string }> {
    const setup = new FacilitySetup(this.database, this.cipher);
    const now = new Date();
    await setup.put({ id, name: `Facility ${id}`, timeZone: 'America/Denver', npi: '1999999984' }, now);
    const program = { id: `prg_${id}`, name: 'Mornings', plan, onFirstDay: [], description: {} };
    await setup.putProgram(id, program, now);
    await setup.putRates(id, rates, now);
    return { key: await this.addKey('coordinator', id), programId: program.id };
  }

  async addKey(role: Role, facility: string = facilityId): Promise<string> {
    const secret = generateApiKey();
    await new FacilitySetup(this.database, this.cipher).putApiKey(facility, { name: role, role, secret }, new Date());
    return secret;
  }
}
