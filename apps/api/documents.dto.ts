import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { documentKinds, documentLanguages, documentRecipients, printSizes } from '@openvob/results/documents';

class AddressDto {
  @ApiProperty({ example: '12 Elm Street' }) street!: string;
  @ApiProperty({ example: 'Albany' }) city!: string;
  @ApiProperty({ example: 'NY', pattern: '^[A-Z]{2}$' }) state!: string;
  @ApiProperty({ example: '12207' }) postalCode!: string;
}

class OwnSentencesDto {
  @ApiPropertyOptional({ type: [String], description: 'Added to the patient estimate' }) patientEstimate?: string[];
  @ApiPropertyOptional({ type: [String], description: 'Added to the Good Faith Estimate' })
  goodFaithEstimate?: string[];
  @ApiPropertyOptional({
    type: [String],
    description: 'Services that are scheduled apart from the program, with who gives them',
    example: ['Laboratory tests, by the laboratory you choose'],
  })
  separateServices?: string[];
}

class SentencesDto {
  @ApiPropertyOptional({ type: OwnSentencesDto }) en?: OwnSentencesDto;
  @ApiPropertyOptional({ type: OwnSentencesDto }) es?: OwnSentencesDto;
}

/** What a facility puts on its documents. */
export class LetterheadDto {
  @ApiPropertyOptional({ example: 'Testwood Recovery Center, LLC' }) legalName?: string;
  @ApiPropertyOptional({ type: AddressDto }) address?: AddressDto;
  @ApiPropertyOptional({ example: '555-0100' }) phone?: string;
  @ApiPropertyOptional({ example: 'Monday to Friday, 8 to 6' }) hours?: string;
  @ApiPropertyOptional({ example: '12-3456789', description: 'Needed for the Good Faith Estimate' }) tin?: string;
  @ApiPropertyOptional({ type: SentencesDto, description: 'Own sentences by language' }) sentences?: SentencesDto;
}

export class DocumentBodyDto {
  @ApiPropertyOptional({ enum: documentKinds, default: 'good_faith_estimate' }) kind?: string;
  @ApiPropertyOptional({ enum: ['html', 'pdf'], default: 'pdf' }) format?: string;
  @ApiPropertyOptional({ enum: documentLanguages, default: 'en' }) language?: string;
  @ApiPropertyOptional({ enum: printSizes, default: 'normal' }) print?: string;
  @ApiPropertyOptional({
    enum: documentRecipients,
    description: 'Of a summary the chart, else the patient, unless said',
  })
  to?: string;
  @ApiPropertyOptional({ type: [String], maxItems: 12, example: ['F10.20'], description: 'ICD-10-CM' })
  diagnosisCodes?: string[];
}
