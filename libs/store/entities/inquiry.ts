import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('inquiry')
export class InquiryRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('integer') round!: number;
  @Column('integer', { name: 'request_version' }) requestVersion!: number;
  @Column('integer', { name: 'coverage_position' }) coveragePosition!: number;
  @Column('text', { name: 'payer_id' }) payerId!: string;
  @Column('text', { name: 'connection_id' }) connectionId!: string;
  @Column('text', { name: 'service_type' }) serviceType!: string;
  @Column('text') variation!: string;
  @Column('text') trace!: string;
  @Column('text') state!: 'recorded' | 'sent' | 'answered';
  @Column('integer') sends!: number;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt!: Date | null;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('integer', { name: 'cost_cents', nullable: true }) costCents!: number | null;
  @Column('bytea', { nullable: true }) fingerprint!: Buffer | null;
  @Column('text', { name: 'reused_from', nullable: true }) reusedFrom!: string | null;
}

@Entity('answer')
export class AnswerRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'inquiry_id' }) inquiryId!: string;
  @Column('text') kind!: string;
  @Column('text', { nullable: true }) why!: string | null;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('integer', { name: 'http_status', nullable: true }) httpStatus!: number | null;
  @Column('bytea', { nullable: true }) content!: Buffer | null;
  @Column('bytea', { name: 'raw_request', nullable: true }) rawRequest!: Buffer | null;
  @Column('bytea', { name: 'raw_response', nullable: true }) rawResponse!: Buffer | null;
}
