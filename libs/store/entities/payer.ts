import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('payer')
export class PayerRow {
  @PrimaryColumn('text') id!: string;
  @Column('text') name!: string;
  @Column('text', { array: true }) aliases!: string[];
  @Column('text', { name: 'member_id_prefixes', array: true }) memberIdPrefixes!: string[];
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text', { name: 'search_text' }) searchText!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
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
  @Column('integer', { name: 'max_in_flight' }) maxInFlight!: number;
  @Column('integer', { name: 'per_minute', nullable: true }) perMinute!: number | null;
  @Column('timestamptz', { name: 'paused_at', nullable: true }) pausedAt!: Date | null;
  @Column('timestamptz', { name: 'disabled_at', nullable: true }) disabledAt!: Date | null;
}
