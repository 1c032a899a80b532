import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('idempotency_record')
export class IdempotencyRow {
  @PrimaryColumn('text', { name: 'facility_id' }) facilityId!: string;
  @PrimaryColumn('bytea', { name: 'key_hash' }) keyHash!: Buffer;
  @Column('bytea', { name: 'body_hash' }) bodyHash!: Buffer;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('bytea') response!: Buffer;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('intake_delivery')
export class IntakeDeliveryRow {
  @PrimaryColumn('text', { name: 'source_id' }) sourceId!: string;
  @PrimaryColumn('bytea', { name: 'message_hash' }) messageHash!: Buffer;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('text', { name: 'first_status' }) firstStatus!: string;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
}

@Entity('audit_entry')
export class AuditRow {
  @PrimaryColumn('bigint', { generated: 'identity' }) id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_kind' }) actorKind!: string;
  @Column('text', { name: 'actor_id' }) actorId!: string;
  @Column('text') action!: string;
  @Column('text', { name: 'subject_id' }) subjectId!: string;
  @Column('jsonb') detail!: object;
}
