import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('saved_view')
export class SavedViewRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'person_id' }) personId!: string;
  @Column('text') name!: string;
  @Column('jsonb') filter!: object;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

@Entity('draft')
export class DraftRow {
  @PrimaryColumn('text', { name: 'facility_id' }) facilityId!: string;
  @PrimaryColumn('text', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('text') kind!: string;
  @Column('bytea') content!: Buffer;
  @Column('timestamptz', { name: 'saved_at' }) savedAt!: Date;
}

@Entity('attachment')
export class AttachmentRow {
  @PrimaryColumn('text') id!: string;
  @Column('text', { name: 'facility_id' }) facilityId!: string;
  @Column('text', { name: 'verification_id' }) verificationId!: string;
  @Column('text', { name: 'media_type' }) mediaType!: string;
  @Column('integer') bytes!: number;
  @Column('text') kind!: string;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
  @Column('text', { name: 'added_by' }) addedBy!: string;
  @Column('bytea', { select: false }) content!: Buffer;
}
