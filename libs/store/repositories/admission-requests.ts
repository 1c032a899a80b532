import type { AdmissionRequest, Part2Consent, RequestCoverage } from '@openvob/intake';
import type { FieldCipher } from '@openvob/platform';
import { IsNull } from 'typeorm';
import type { FacilityTransaction } from '../database';
import { AdmissionRequestRow, ConsentRow, CoverageRow } from '../entities';
import type { JointTransaction } from '../joint-transactions';
import { normaliseForIndex } from '../normalise';
import { SealedRow } from '../sealed-row';
import type { Actor } from './audit';
import { consentRow } from './consents';

/** Rows of a request: the person, the coverages, the consent. Every field is encrypted by itself. */
export class AdmissionRequests {
  constructor(private readonly cipher: FieldCipher) {}

  insert(tx: FacilityTransaction, verificationId: string, request: AdmissionRequest, now: Date): Promise<void> {
    return this.insertAll(tx, [{ verificationId, request }], now);
  }

  /** One statement a table, however many there are. */
  async insertAll(
    tx: FacilityTransaction,
    requests: readonly { verificationId: string; request: AdmissionRequest; actor?: Actor }[],
    now: Date,
  ): Promise<void> {
    const { facilityId } = tx;
    const people = requests.map(({ verificationId, request }) => this.toRow(facilityId, verificationId, request));
    const coverages = requests.flatMap(({ verificationId, request }) =>
      request.coverages.map((coverage, position) => this.toCoverageRow(facilityId, verificationId, position, coverage)),
    );
    const consents = requests.flatMap(({ verificationId, request, actor }) =>
      request.consent
        ? [
            consentRow(this.cipher, facilityId, verificationId, {
              consent: request.consent,
              now,
              ...(actor ? { by: actor.id } : {}),
            }),
          ]
        : [],
    );
    if (people.length > 0) await tx.manager.insert(AdmissionRequestRow, people);
    if (coverages.length > 0) await tx.manager.insert(CoverageRow, coverages);
    if (consents.length > 0) await tx.manager.insert(ConsentRow, consents);
  }

  /** Puts a corrected request in the place of the one before; consents stay as they were given. */
  async replace(tx: FacilityTransaction, verificationId: string, request: AdmissionRequest): Promise<void> {
    await tx.manager.update(
      AdmissionRequestRow,
      { verificationId },
      this.toRow(tx.facilityId, verificationId, request),
    );
    await tx.manager.delete(CoverageRow, { verificationId });
    for (const [position, coverage] of request.coverages.entries()) {
      await tx.manager.insert(CoverageRow, this.toCoverageRow(tx.facilityId, verificationId, position, coverage));
    }
  }

  async load(tx: FacilityTransaction, verificationId: string): Promise<AdmissionRequest> {
    const [row, coverages] = await Promise.all([
      tx.manager.findOneByOrFail(AdmissionRequestRow, { verificationId }),
      tx.manager.find(CoverageRow, { where: { verificationId }, order: { position: 'ASC' } }),
    ]);
    return this.opened(row, coverages);
  }

  /** As `load`, where its rows are read together with others. */
  async loadWith(tx: JointTransaction, verificationId: string): Promise<AdmissionRequest> {
    const [[row], coverages] = await Promise.all([
      tx.rowsOf(AdmissionRequestRow, verificationId),
      tx.rowsOf(CoverageRow, verificationId),
    ]);
    if (!row) throw new Error(`Verification ${verificationId} has no request`);
    return this.opened(
      row,
      coverages.toSorted((a, b) => a.position - b.position),
    );
  }

  private opened(row: AdmissionRequestRow, coverages: readonly CoverageRow[]): AdmissionRequest {
    const sealed = new SealedRow(this.cipher, row.facilityId, 'admission_request', row.verificationId);
    const subscriber = present({
      firstName: sealed.open('subscriber_first_name', row.subscriberFirstName),
      lastName: sealed.open('subscriber_last_name', row.subscriberLastName),
      birthDate: sealed.open('subscriber_birth_date', row.subscriberBirthDate),
    });
    const admission = sealed.openJson<
      Pick<AdmissionRequest, 'admission' | 'program' | 'neededBy' | 'priority' | 'sentAs'>
    >('admission', row.admission);
    return {
      patient: this.openPatient(sealed, row),
      ...(Object.keys(subscriber).length > 0 ? { subscriber } : {}),
      coverages: coverages.map((coverage) => this.openCoverage(row.facilityId, coverage)),
      ...(admission ?? { admission: {} }),
      unusable: sealed.openJson('unusable', row.unusable) ?? [],
    };
  }

  /** The consent that was recorded last and is not revoked. */
  async lastConsent(tx: FacilityTransaction, verificationId: string): Promise<AdmissionRequest['consent']> {
    const row = await tx.manager.findOne(ConsentRow, {
      where: { verificationId, revokedAt: IsNull() },
      order: { recordedAt: 'DESC', id: 'DESC' },
    });
    if (!row) return undefined;
    const { signedOn, expiresOn, scope } = row;
    return { signedOn, scope, ...(expiresOn === null ? {} : { expiresOn }) };
  }

  async insertConsent(
    tx: FacilityTransaction,
    verificationId: string,
    given: { consent: Part2Consent; by: string; now: Date },
  ): Promise<void> {
    await tx.manager.insert(ConsentRow, consentRow(this.cipher, tx.facilityId, verificationId, given));
  }

  private toRow(facilityId: string, verificationId: string, request: AdmissionRequest): AdmissionRequestRow {
    const { patient, subscriber } = request;
    const sealed = new SealedRow(this.cipher, facilityId, 'admission_request', verificationId);
    const lastName = patient.lastName === undefined ? undefined : normaliseForIndex(patient.lastName);
    const index = (purpose: string, text: string | undefined): Buffer | null =>
      text ? this.cipher.blindIndex(purpose, facilityId, text) : null;
    return {
      verificationId,
      facilityId,
      patientFirstName: sealed.seal('patient_first_name', patient.firstName),
      patientMiddleName: sealed.seal('patient_middle_name', patient.middleName),
      patientLastName: sealed.seal('patient_last_name', patient.lastName),
      patientLastNameIndex: index('last_name', lastName),
      patientLastNameStartIndex: index('last_name_start', lastName?.slice(0, 3)),
      patientBirthDate: sealed.seal('patient_birth_date', patient.birthDate),
      patientBirthDateIndex: index('birth_date', patient.birthDate && normaliseForIndex(patient.birthDate)),
      patientSex: sealed.seal('patient_sex', patient.sex),
      patientRelationship: sealed.seal('patient_relationship', patient.relationship),
      patientPhone: sealed.seal('patient_phone', patient.phone),
      patientEmail: sealed.seal('patient_email', patient.email),
      subscriberFirstName: sealed.seal('subscriber_first_name', subscriber?.firstName),
      subscriberLastName: sealed.seal('subscriber_last_name', subscriber?.lastName),
      subscriberBirthDate: sealed.seal('subscriber_birth_date', subscriber?.birthDate),
      admission: sealed.sealJson('admission', admissionOf(request)),
      unusable: request.unusable.length > 0 ? sealed.sealJson('unusable', request.unusable) : null,
    };
  }

  private openPatient(sealed: SealedRow, row: AdmissionRequestRow): AdmissionRequest['patient'] {
    return present({
      firstName: sealed.open('patient_first_name', row.patientFirstName),
      middleName: sealed.open('patient_middle_name', row.patientMiddleName),
      lastName: sealed.open('patient_last_name', row.patientLastName),
      birthDate: sealed.open('patient_birth_date', row.patientBirthDate),
      sex: sealed.open('patient_sex', row.patientSex),
      relationship: sealed.open('patient_relationship', row.patientRelationship),
      phone: sealed.open('patient_phone', row.patientPhone),
      email: sealed.open('patient_email', row.patientEmail),
    }) as AdmissionRequest['patient'];
  }

  private toCoverageRow(
    facilityId: string,
    verificationId: string,
    position: number,
    coverage: RequestCoverage,
  ): CoverageRow {
    const sealed = new SealedRow(this.cipher, facilityId, 'coverage', `${verificationId}/${position}`);
    const memberId = coverage.memberId === undefined ? undefined : normaliseForIndex(coverage.memberId);
    return {
      verificationId,
      position,
      facilityId,
      coverageOrder: coverage.order ?? null,
      payerId: coverage.payer?.id ?? null,
      payerName: sealed.seal('payer_name', coverage.payer?.name),
      memberId: sealed.seal('member_id', coverage.memberId),
      memberIdIndex: memberId ? this.cipher.blindIndex('member_id', facilityId, memberId) : null,
      groupNumber: sealed.seal('group_number', coverage.groupNumber),
      planName: sealed.seal('plan_name', coverage.planName),
    };
  }

  private openCoverage(facilityId: string, row: CoverageRow): RequestCoverage {
    const sealed = new SealedRow(this.cipher, facilityId, 'coverage', `${row.verificationId}/${row.position}`);
    const payer = present({ id: row.payerId ?? undefined, name: sealed.open('payer_name', row.payerName) });
    return {
      ...(row.coverageOrder ? { order: row.coverageOrder } : {}),
      ...(Object.keys(payer).length > 0 ? { payer } : {}),
      ...present({
        memberId: sealed.open('member_id', row.memberId),
        groupNumber: sealed.open('group_number', row.groupNumber),
        planName: sealed.open('plan_name', row.planName),
      }),
    };
  }
}

function admissionOf(request: AdmissionRequest): object {
  const { admission, program, neededBy, priority, sentAs } = request;
  return { admission, ...present({ program, neededBy, priority, sentAs }) };
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function present<T extends object>(record: T): Present<T> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Present<T>;
}
