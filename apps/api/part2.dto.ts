import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const instant = { type: 'string', format: 'date-time' } as const;
const civilDate = { type: 'string', format: 'date' } as const;

export class ConsentViewDto {
  @ApiProperty({ example: 'cst_01jd…' }) id!: string;
  @ApiProperty(civilDate) signedOn!: string;
  @ApiPropertyOptional(civilDate) expiresOn?: string;
  @ApiProperty({ enum: ['treatment_payment_operations', 'this_payer'] }) scope!: string;
  @ApiPropertyOptional({ description: 'The only payer that it is for' }) payerId?: string;
  @ApiPropertyOptional({ description: 'What may be disclosed' }) information?: string;
  @ApiPropertyOptional({ description: 'To whom' }) recipient?: string;
  @ApiPropertyOptional() purpose?: string;
  @ApiPropertyOptional({ enum: ['paper', 'electronic'] }) signedHow?: string;
  @ApiPropertyOptional({ enum: ['patient', 'parent_or_guardian', 'personal_representative'] }) signedBy?: string;
  @ApiProperty(instant) recordedAt!: string;
  @ApiPropertyOptional() recordedBy?: string;
  @ApiPropertyOptional(instant) revokedAt?: string;
  @ApiPropertyOptional() revokedBy?: string;
  @ApiPropertyOptional({
    enum: ['written', 'spoken', 'another_person'],
    description: '`another_person`: nobody revoked it, the request was corrected to be about somebody else',
  })
  revokedHow?: string;
}

export class ConsentsDto {
  @ApiProperty({ type: [ConsentViewDto] }) items!: ConsentViewDto[];
}

export class RevocationDto {
  @ApiPropertyOptional({ enum: ['written', 'spoken'], default: 'written' }) how?: string;
}

class RecipientDto {
  @ApiPropertyOptional() payerId?: string;
  @ApiPropertyOptional() name?: string;
}

export class DisclosureDto {
  @ApiProperty({ example: 'dis_01jd…' }) id!: string;
  @ApiProperty(instant) at!: string;
  @ApiProperty() verificationId!: string;
  @ApiProperty({ enum: ['inquiry', 'export', 'document', 'webhook', 'phone'] }) how!: string;
  @ApiProperty({ enum: ['consent', 'treatment_payment_operations', 'patient_request'] }) basis!: string;
  @ApiProperty({ type: RecipientDto }) recipient!: RecipientDto;
  @ApiProperty() purpose!: string;
  @ApiProperty({ type: [String], description: 'Kinds of information' }) what!: string[];
  @ApiPropertyOptional() consentId?: string;
  @ApiProperty({ enum: ['full', 'short', 'none'], description: 'The statement of 42 CFR 2.32 that went with it' })
  notice!: string;
  @ApiProperty({ description: 'Who did it' }) by!: string;
}

export class DisclosuresDto {
  @ApiProperty({ type: [DisclosureDto] }) items!: DisclosureDto[];
}

export class PrivacyDto {
  @ApiProperty({
    description: 'Ask payers under a neutral name and NPI, without taxonomy, and for no service type of substance use',
  })
  minimumInquiry!: boolean;
  @ApiPropertyOptional({ description: 'Without it the facility’s own', maxLength: 60 }) inquiryName?: string;
  @ApiPropertyOptional({ description: 'Without it the second NPI, or the facility’s own', pattern: '^[0-9]{10}$' })
  inquiryNpi?: string;
}
