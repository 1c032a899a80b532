import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('ground')
export class GroundRow {
  @PrimaryColumn('text', { name: 'verification_id' }) verificationId!: string;
  @PrimaryColumn('integer') round!: number;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea') content!: Buffer;
  @Column('timestamptz', { name: 'laid_at' }) laidAt!: Date;
}

/** What all records have: who wrote it when; the content is encrypted. */
abstract class RecordColumns {
  @PrimaryColumn('text') id!: string;
  @Column('bigint', { generated: 'identity' }) seq!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('text', { name: 'recorded_by' }) recordedBy!: string;
  @Column('bytea') content!: Buffer;
}

@Entity('call_record')
export class CallRow extends RecordColumns {
  @Column('text', { nullable: true }) amends!: string | null;
  @Column('boolean', { name: 'needs_approval' }) needsApproval!: boolean;
}

@Entity('call_review')
export class CallReviewRow extends RecordColumns {
  @Column('text', { name: 'call_id' }) callId!: string;
}

@Entity('authorization_record')
export class AuthorizationRow extends RecordColumns {
  @Column('text', { nullable: true }) amends!: string | null;
}

@Entity('attendance_record')
export class AttendanceRow extends RecordColumns {}

@Entity('remittance_record')
export class RemittanceRow extends RecordColumns {
  @Column('text', { name: 'payer_id' }) payerId!: string;
  @Column('text', { nullable: true }) amends!: string | null;
  @Column('bytea') summary!: Buffer;
}

@Entity('verification_note')
export class NoteRow {
  @PrimaryColumn('text') id!: string;
  @Column('bigint', { generated: 'identity' }) seq!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('timestamptz', { name: 'written_at' }) writtenAt!: Date;
  @Column('text', { name: 'written_by' }) writtenBy!: string;
  @Column('text', { name: 'handed_to', nullable: true }) handedTo!: string | null;
  @Column('bytea') content!: Buffer;
}

/** A line of the accounting of disclosures. */
@Entity('disclosure')
export class DisclosureRow {
  @PrimaryColumn('text') id!: string;
  @Column('bigint', { generated: 'identity' }) seq!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') how!: string;
  @Column('text') basis!: string;
  @Column('text', { name: 'payer_id', nullable: true }) payerId!: string | null;
  @Column('bytea', { nullable: true }) recipient!: Buffer | null;
  @Column('text') purpose!: string;
  @Column('text', { array: true }) what!: string[];
  @Column('text', { name: 'consent_id', nullable: true }) consentId!: string | null;
  @Column('text') notice!: string;
  @Column('text', { name: 'subject_id' }) subjectId!: string;
  @Column('text', { name: 'disclosed_by' }) disclosedBy!: string;
}
