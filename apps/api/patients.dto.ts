import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { NoteDto } from './notes.dto';
import { ConsentViewDto, DisclosureDto } from './part2.dto';

const instant = { type: 'string', format: 'date-time' } as const;

class SamePersonDto {
  @ApiProperty() verificationId!: string;
  @ApiPropertyOptional() patientId?: string;
  @ApiProperty(instant) createdAt!: string;
  @ApiProperty({ enum: ['name_and_birth_date', 'member_id'], isArray: true }) because!: string[];
}

export class SamePeopleDto {
  @ApiProperty({ type: [SamePersonDto] }) items!: SamePersonDto[];
}

export class PatientChoiceDto {
  @ApiPropertyOptional({ description: 'Another verification about the same person' }) sameAs?: string;
  @ApiPropertyOptional({ description: 'A patient; without either it is somebody who is not known yet' })
  patientId?: string;
}

export class PatientOfDto {
  @ApiProperty({ example: 'pat_01jd…' }) patientId!: string;
}

class PatientVerificationDto {
  @ApiProperty() id!: string;
  @ApiProperty() status!: string;
  @ApiProperty(instant) createdAt!: string;
}

class PatientMoveDto {
  @ApiProperty() verificationId!: string;
  @ApiPropertyOptional() from?: string;
  @ApiProperty() to!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty() by!: string;
}

export class PatientDto {
  @ApiProperty() id!: string;
  @ApiProperty(instant) createdAt!: string;
  @ApiProperty({ type: [PatientVerificationDto] }) verifications!: PatientVerificationDto[];
  @ApiProperty({ type: [PatientMoveDto], description: 'Whose each was said to be, and by whom' })
  moves!: PatientMoveDto[];
}

const requestKinds = ['access', 'correction', 'disclosures'];

export class NewPatientRequestDto {
  @ApiProperty({ enum: requestKinds }) kind!: string;
  @ApiProperty({ type: 'string', format: 'date' }) receivedOn!: string;
  @ApiPropertyOptional({ description: 'What was asked, in words', maxLength: 2000 }) words?: string;
}

export class PatientRequestDto extends NewPatientRequestDto {
  @ApiProperty({
    type: 'string',
    format: 'date',
    description: 'The last day to answer on: 30 days for access, 60 for the others (45 CFR 164.524, 526, 528)',
  })
  dueOn!: string;
  @ApiProperty({ example: 'ptr_01jd…' }) id!: string;
  @ApiProperty(instant) recordedAt!: string;
  @ApiProperty() recordedBy!: string;
  @ApiPropertyOptional(instant) answeredAt?: string;
  @ApiPropertyOptional() answeredBy?: string;
}

export class PatientRequestsDto {
  @ApiProperty({ type: [PatientRequestDto] }) items!: PatientRequestDto[];
}

export class ExportWishDto {
  @ApiProperty({ description: 'Who gets it', maxLength: 200, example: 'the patient' }) to!: string;
  @ApiPropertyOptional({ description: 'The request that it answers' }) requestId?: string;
}

const records = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

class ExportedVerificationDto {
  @ApiProperty({ type: 'object', additionalProperties: true }) verification!: object;
  @ApiProperty({ type: 'object', additionalProperties: true }) request!: object;
  @ApiProperty({ type: [ConsentViewDto] }) consents!: ConsentViewDto[];
  @ApiProperty({ ...records, description: 'What payers answered' }) answers!: object[];
  @ApiProperty(records) calls!: object[];
  @ApiProperty(records) authorizations!: object[];
  @ApiProperty(records) attendance!: object[];
  @ApiProperty(records) remittances!: object[];
  @ApiProperty({ ...records, description: 'Decisions and estimates of earlier rounds' }) earlierResults!: object[];
  @ApiProperty({ type: [NoteDto], description: 'What colleagues wrote to each other, oldest first' }) notes!: NoteDto[];
  @ApiProperty({ ...records, description: 'What is attached, and where each is read' }) attachments!: object[];
}

export class PatientExportDto {
  @ApiProperty({ type: [String], description: '42 CFR 2.32' }) notice!: string[];
  @ApiProperty() patientId!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty({ type: [ExportedVerificationDto] }) verifications!: ExportedVerificationDto[];
  @ApiProperty({ type: [PatientRequestDto] }) requests!: PatientRequestDto[];
  @ApiProperty({ type: [DisclosureDto] }) disclosures!: DisclosureDto[];
}

export class ErasureWishDto {
  @ApiProperty({ enum: ['erase'], description: 'So that nobody does it by mistake' }) confirm!: string;
}

export class ErasureDto {
  @ApiProperty({ type: 'integer', description: 'Verifications that were removed with all that belonged to them' })
  verifications!: number;
}

export class RetentionDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 30,
    maximum: 36_500,
    description: 'Days since a verification last changed after which it is removed; without it nothing is',
  })
  keepDays?: number;
}

export class RetentionReportDto {
  @ApiProperty({ type: 'integer' }) verifications!: number;
  @ApiPropertyOptional(instant) oldest?: string;
  @ApiProperty({ type: 'integer', description: 'Old enough, and kept by a legal hold' }) held!: number;
}

export class HoldDto {
  @ApiProperty({ maxLength: 500 }) reason!: string;
}
