import type { Enrollment, OpeningHours, PayerKind, PhonePurpose, PlanKind } from '@openvob/payers/directory';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('payer')
export class PayerRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text', { array: true }) aliases!: string[];
  @Column('text', { name: 'member_id_prefixes', array: true }) memberIdPrefixes!: string[];
  @Column('text', { array: true }) states!: string[];
  @Column('text', { nullable: true }) kind!: PayerKind | null;
  @Column('text', { name: 'portal_url', nullable: true }) portalUrl!: string | null;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('date', { name: 'as_of', nullable: true }) asOf!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}

/** What a payer is called by, folded for look-ups: derived from name and aliases. */
@Entity('payer_name')
export class PayerNameRow {
  @PrimaryColumn('text', { name: 'payer_id' }) payerId!: string;
  @PrimaryColumn('integer') position!: number;
  @Column('text') text!: string;
  @Column('text') letters!: string;
  @Column('text') canonical!: string;
  @Column('text') initials!: string;
  @Column('text', { array: true }) words!: string[];
  @Column('text', { name: 'search_text' }) searchText!: string;
  @Column('integer', { name: 'folded_by' }) foldedBy!: number;
}

@Entity('payer_identifier')
export class PayerIdentifierRow {
  @PrimaryColumn('text', { name: 'payer_id' }) payerId!: string;
  @PrimaryColumn('text') network!: string;
  @PrimaryColumn('text') identifier!: string;
  @Column('text', { nullable: true }) enrollment!: Enrollment | null;
  @Column('text') source!: string;
  @Column('date', { name: 'as_of' }) asOf!: string;
}

@Entity('payer_phone')
export class PayerPhoneRow {
  @PrimaryColumn('text', { name: 'payer_id' }) payerId!: string;
  @PrimaryColumn('text') purpose!: PhonePurpose;
  @PrimaryColumn('text') number!: string;
  @Column('jsonb', { nullable: true }) hours!: OpeningHours['open'] | null;
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('date', { name: 'as_of', nullable: true }) asOf!: string | null;
}

@Entity('payer_administrator')
export class PayerAdministratorRow {
  @PrimaryColumn('text', { name: 'payer_id' }) payerId!: string;
  @PrimaryColumn('text', { name: 'administrator_id' }) administratorId!: string;
  /** Empty: every state. */
  @PrimaryColumn('text') state!: string;
  /** Empty: every kind of plan. */
  @PrimaryColumn('text', { name: 'plan_kind' }) planKind!: PlanKind | '';
  @Column('text') source!: string;
  @Column('date', { name: 'as_of' }) asOf!: string;
}

@Entity('payer_connection')
export class PayerConnectionRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'payer_id' }) payerId!: string;
  @Column('text') adapter!: string;
  @Column('text', { name: 'payer_reference' }) payerReference!: string;
  @Column('text', { name: 'endpoint_url' }) endpointUrl!: string;
  @Column('jsonb') settings!: Record<string, string>;
  @Column('bytea', { nullable: true }) credentials!: Buffer | null;
  @Column('integer', { name: 'timeout_ms' }) timeoutMs!: number;
  @Column('integer') preference!: number;
  @Column('integer', { name: 'cost_cents', nullable: true }) costCents!: number | null;
  /** The limit that holds: the agreed one, or the adapter's own. */
  @Column('integer', { name: 'max_in_flight' }) maxInFlight!: number;
  @Column('integer', { name: 'agreed_in_flight', nullable: true }) agreedInFlight!: number | null;
  @Column('integer', { name: 'per_minute', nullable: true }) perMinute!: number | null;
  /** Codes that are answered over it; null: unknown. */
  @Column('text', { name: 'service_types', array: true, nullable: true }) serviceTypes!: string[] | null;
  @Column('text', { nullable: true }) enrollment!: Enrollment | null;
  @Column('text', { nullable: true }) source!: string | null;
  @Column('date', { name: 'as_of', nullable: true }) asOf!: string | null;
  @Column('text', { array: true, nullable: true }) variations!: string[] | null;
  @Column('integer', { name: 'resend_after_ms', nullable: true }) resendAfterMs!: number | null;
  @Column('jsonb', { name: 'quiet_hours', nullable: true }) quietHours!: object | null;
  @Column('timestamptz', { name: 'paused_at', nullable: true }) pausedAt!: Date | null;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
}

/** What was changed in the directory, which belongs to no facility: names of fields, never values. */
@Entity('directory_change')
export class DirectoryChangeRow {
  @PrimaryColumn('bigint', { generated: 'identity', generatedIdentity: 'ALWAYS' }) id!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_kind' }) actorKind!: string;
  @Column('text', { name: 'actor_id' }) actorId!: string;
  @Column('text') action!: string;
  @Column('text', { name: 'payer_id' }) payerId!: string;
  @Column('text', { name: 'connection_id', nullable: true }) connectionId!: string | null;
  @Column('text', { array: true }) fields!: string[];
}

@Entity('service_type_memory')
export class ServiceTypeMemoryRow {
  @PrimaryColumn('text', { name: 'connection_id' }) connectionId!: string;
  @PrimaryColumn('text', { name: 'service_type' }) serviceType!: string;
  @Column('double precision') useful!: number;
  @Column('double precision', { name: 'nothing_new' }) nothingNew!: number;
  @Column('double precision') rejected!: number;
  @Column('timestamptz', { name: 'learnt_at' }) learntAt!: Date;
}
