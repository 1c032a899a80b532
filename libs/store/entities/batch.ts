import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('batch')
export class BatchRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea', { name: 'key_hash', nullable: true }) keyHash!: Buffer | null;
  @Column('bytea', { name: 'body_hash', nullable: true }) bodyHash!: Buffer | null;
  @Column('text') format!: 'csv' | 'ndjson';
  @Column('text', { name: 'created_by_kind' }) createdByKind!: string;
  @Column('text', { name: 'created_by' }) createdBy!: string;
  @Column('text', { name: 'emergency_id', nullable: true }) emergencyId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'received_at', nullable: true }) receivedAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
  @Column('timestamptz', { name: 'busy_until', nullable: true }) busyUntil!: Date | null;
}

@Entity('batch_row')
export class BatchLineRow {
  @PrimaryColumn('text', { name: 'batch_id' }) batchId!: string;
  @PrimaryColumn('integer', { name: 'row_number' }) rowNumber!: number;
  @Column('integer', { name: 'line_number' }) lineNumber!: number;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea', { nullable: true }) content!: Buffer | null;
  @Column('text', { name: 'verification_id', nullable: true }) verificationId!: string | null;
  @Column('jsonb', { nullable: true }) problem!: object | null;
}
