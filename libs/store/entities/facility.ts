import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('facility')
export class FacilityRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('text') npi!: string;
  @Column('text', { name: 'second_npi', nullable: true }) secondNpi!: string | null;
  @Column('text', { name: 'taxonomy_code', nullable: true }) taxonomyCode!: string | null;
  @Column('boolean', { name: 'minimum_inquiry' }) minimumInquiry!: boolean;
  @Column('text', { name: 'inquiry_name', nullable: true }) inquiryName!: string | null;
  @Column('text', { name: 'inquiry_npi', nullable: true }) inquiryNpi!: string | null;
  @Column('boolean') rechecks!: boolean;
  @Column('integer', { name: 'recheck_days_before_reset' }) recheckDaysBeforeReset!: number;
  @Column('integer', { name: 'recheck_from_minute' }) recheckFromMinute!: number;
  @Column('integer', { name: 'recheck_until_minute' }) recheckUntilMinute!: number;
  /** A call's answers count once a supervisor has approved them. */
  @Column('boolean', { name: 'call_approval' }) callApproval!: boolean;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('api_key')
export class ApiKeyRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text') name!: string;
  @Column('text') role!: string;
  @Column('bytea', { name: 'key_hash' }) keyHash!: Buffer;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column('text', { array: true, nullable: true }) scopes!: string[] | null;
  @Column('text', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('text', { nullable: true }) replaces!: string | null;
  @Column('date', { name: 'last_used_on', nullable: true }) lastUsedOn!: string | null;
}

@Entity('intake_source')
export class IntakeSourceRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text') name!: string;
  @Column('bytea') secrets!: Buffer;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

@Entity('program')
export class ProgramRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text') name!: string;
  @Column('jsonb') description!: object;
  @Column('jsonb') plan!: object;
  @Column('jsonb', { name: 'on_first_day' }) onFirstDay!: object[];
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}

@Entity('rate')
export class RateRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'payer_id', nullable: true }) payerId!: string | null;
  @Column('text') network!: 'in' | 'out' | 'self_pay';
  @Column('text') code!: string;
  @Column('integer', { name: 'allowed_cents' }) allowedCents!: number;
  @Column('integer', { name: 'charge_cents', nullable: true }) chargeCents!: number | null;
  @Column('text', { name: 'included_in', nullable: true }) includedIn!: string | null;
  @Column('text') source!: string;
  @Column('date', { name: 'from_date', nullable: true }) fromDate!: string | null;
  @Column('date', { name: 'to_date', nullable: true }) toDate!: string | null;
}

@Entity('facility_letterhead')
export class FacilityLetterheadRow {
  @PrimaryColumn('text', { name: 'facility_id' }) facilityId!: string;
  @Column('bytea') content!: Buffer;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
}
