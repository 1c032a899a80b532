import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('verification')
export class VerificationRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('integer') version!: number;
  @Column('integer') round!: number;
  @Column('integer', { name: 'request_version' }) requestVersion!: number;
  @Column('integer', { name: 'recorded_version' }) recordedVersion!: number;
  @Column('text') status!: string;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('jsonb') needs!: object[];
  @Column('bytea', { nullable: true }) reference!: Buffer | null;
  @Column('bytea', { name: 'reference_index', nullable: true }) referenceIndex!: Buffer | null;
  @Column('text', { nullable: true }) assignee!: string | null;
  /** Calls that wait for a supervisor, or were sent back. */
  @Column('text', { name: 'call_review', nullable: true }) callReview!: 'awaiting' | 'sent_back' | null;
  @Column('text') priority!: 'caller_waiting' | 'today' | 'routine';
  @Column('boolean') bulk!: boolean;
  @Column('text', { name: 'batch_id', nullable: true }) batchId!: string | null;
  @Column('timestamptz', { name: 'needed_by', nullable: true }) neededBy!: Date | null;
  @Column('text', { name: 'program_id', nullable: true }) programId!: string | null;
  @Column('date', { name: 'start_date', nullable: true }) startDate!: string | null;
  @Column('text', { name: 'payer_id', nullable: true }) payerId!: string | null;
  @Column('text', { nullable: true }) via!: string | null;
  @Column('date', { name: 'good_until', nullable: true }) goodUntil!: string | null;
  @Column('text', { name: 'good_until_because', nullable: true }) goodUntilBecause!: string | null;
  @Column('integer') attempts!: number;
  @Column('timestamptz', { name: 'first_unavailable_at', nullable: true }) firstUnavailableAt!: Date | null;
  @Column('date', { name: 'recheck_on', nullable: true }) recheckOn!: string | null;
  @Column('timestamptz', { name: 'next_recheck_at', nullable: true }) nextRecheckAt!: Date | null;
  @Column('text', { name: 'next_recheck_because', nullable: true }) nextRecheckBecause!: string | null;
  @Column('timestamptz', { name: 'subject_changed_at', nullable: true }) subjectChangedAt!: Date | null;
  @Column('text', { name: 'waiting_for_connection', nullable: true }) waitingForConnection!: string | null;
  @Column('timestamptz', { name: 'next_look_at', nullable: true }) nextLookAt!: Date | null;
  @Column('text', { name: 'lease_holder', nullable: true }) leaseHolder!: string | null;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('integer') crashes!: number;
  @Column('jsonb') chain!: object[];
  /** Made by the database; never written. */
  @Column({ type: 'timestamptz', name: 'due_at', insert: false, update: false }) dueAt!: Date;
  @Column({ type: 'boolean', name: 'is_open', insert: false, update: false }) isOpen!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}

@Entity('admission_request')
export class AdmissionRequestRow {
  @PrimaryColumn('text', { name: 'verification_id' }) verificationId!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea', { name: 'patient_first_name', nullable: true }) patientFirstName!: Buffer | null;
  @Column('bytea', { name: 'patient_middle_name', nullable: true }) patientMiddleName!: Buffer | null;
  @Column('bytea', { name: 'patient_last_name', nullable: true }) patientLastName!: Buffer | null;
  @Column('bytea', { name: 'patient_last_name_index', nullable: true }) patientLastNameIndex!: Buffer | null;
  @Column('bytea', { name: 'patient_last_name_start_index', nullable: true }) patientLastNameStartIndex!: Buffer | null;
  @Column('bytea', { name: 'patient_birth_date', nullable: true }) patientBirthDate!: Buffer | null;
  @Column('bytea', { name: 'patient_birth_date_index', nullable: true }) patientBirthDateIndex!: Buffer | null;
  @Column('bytea', { name: 'patient_sex', nullable: true }) patientSex!: Buffer | null;
  @Column('bytea', { name: 'patient_relationship', nullable: true }) patientRelationship!: Buffer | null;
  @Column('bytea', { name: 'patient_phone', nullable: true }) patientPhone!: Buffer | null;
  @Column('bytea', { name: 'patient_email', nullable: true }) patientEmail!: Buffer | null;
  @Column('bytea', { name: 'subscriber_first_name', nullable: true }) subscriberFirstName!: Buffer | null;
  @Column('bytea', { name: 'subscriber_last_name', nullable: true }) subscriberLastName!: Buffer | null;
  @Column('bytea', { name: 'subscriber_birth_date', nullable: true }) subscriberBirthDate!: Buffer | null;
  @Column('bytea', { nullable: true }) admission!: Buffer | null;
  @Column('bytea', { nullable: true }) unusable!: Buffer | null;
}

@Entity('coverage')
export class CoverageRow {
  @PrimaryColumn('text', { name: 'verification_id' }) verificationId!: string;
  @PrimaryColumn('integer') position!: number;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'coverage_order', nullable: true }) coverageOrder!:
    | 'primary'
    | 'secondary'
    | 'tertiary'
    | null;
  @Column('text', { name: 'payer_id', nullable: true }) payerId!: string | null;
  @Column('bytea', { name: 'payer_name', nullable: true }) payerName!: Buffer | null;
  @Column('bytea', { name: 'member_id', nullable: true }) memberId!: Buffer | null;
  @Column('bytea', { name: 'member_id_index', nullable: true }) memberIdIndex!: Buffer | null;
  @Column('bytea', { name: 'group_number', nullable: true }) groupNumber!: Buffer | null;
  @Column('bytea', { name: 'plan_name', nullable: true }) planName!: Buffer | null;
}

@Entity('consent')
export class ConsentRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('date', { name: 'signed_on' }) signedOn!: string;
  @Column('date', { name: 'expires_on', nullable: true }) expiresOn!: string | null;
  @Column('text') scope!: 'treatment_payment_operations' | 'this_payer';
  @Column('text', { name: 'payer_id', nullable: true }) payerId!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column('bytea', { nullable: true }) details!: Buffer | null;
  @Column('text', { name: 'signed_how', nullable: true }) signedHow!: string | null;
  @Column('text', { name: 'signed_by', nullable: true }) signedBy!: string | null;
  @Column('text', { name: 'recorded_by', nullable: true }) recordedBy!: string | null;
  @Column('text', { name: 'revoked_by', nullable: true }) revokedBy!: string | null;
  @Column('text', { name: 'revoked_how', nullable: true }) revokedHow!: string | null;
}

@Entity('result')
export class ResultRow {
  @PrimaryColumn('text', { name: 'verification_id' }) verificationId!: string;
  @PrimaryColumn('integer') round!: number;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea', { nullable: true }) decision!: Buffer | null;
  @Column('bytea', { nullable: true }) estimate!: Buffer | null;
  @Column('bytea', { nullable: true }) basis!: Buffer | null;
  @Column('bytea', { name: 'estimate_case', nullable: true }) estimateCase!: Buffer | null;
  @Column('bytea', { nullable: true }) changes!: Buffer | null;
  @Column('timestamptz', { name: 'worked_out_at' }) workedOutAt!: Date;
}
