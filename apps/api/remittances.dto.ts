import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Classes that describe remittances; the bodies are read by `libs/records`. */

const causes = [
  'rate',
  'share_rule',
  'accumulator',
  'attendance',
  'services',
  'not_covered',
  'balance_bill',
  'other_coverage',
  'unknown',
];

class RemittanceLineDto {
  @ApiProperty({ format: 'date' }) serviceDate!: string;
  @ApiProperty({ example: 'HC:H0015:HF', description: 'Procedure code, also with qualifier and modifiers' })
  code!: string;
  @ApiPropertyOptional({ type: 'integer' }) chargeCents?: number;
  @ApiProperty({ type: 'integer' }) allowedCents!: number;
  @ApiPropertyOptional({ type: 'integer', description: 'PR 1' }) deductibleCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'PR 3' }) copayCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'PR 2' }) coinsuranceCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Not covered and the patient’s to pay' })
  nonCoveredCents?: number;
  @ApiProperty({ type: 'integer' }) paidCents!: number;
  @ApiProperty({ type: 'integer', description: 'Patient responsibility' }) patientCents!: number;
  @ApiPropertyOptional({ type: 'integer', description: 'What other coverages paid of it' }) otherPaidCents?: number;
}

export class RemittanceBodyDto {
  @ApiPropertyOptional({ enum: ['lines', 'totals'], description: 'Told by the other fields when it is left out' })
  kind?: string;
  @ApiPropertyOptional({ description: 'The payer that was asked first, when it is left out' }) payerId?: string;
  @ApiPropertyOptional() payerName?: string;
  @ApiPropertyOptional({ format: 'date' }) from?: string;
  @ApiPropertyOptional({ format: 'date' }) through?: string;
  @ApiPropertyOptional({ type: [RemittanceLineDto], description: 'Of kind lines' }) lines?: RemittanceLineDto[];
  @ApiPropertyOptional({ type: 'integer', description: 'Of kind totals, with from and through' }) patientCents?: number;
  @ApiPropertyOptional({ type: 'integer' }) allowedCents?: number;
  @ApiPropertyOptional({ type: 'integer' }) paidCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Attended and billed' }) programDays?: number;
  @ApiPropertyOptional({ description: 'The remittance that this one takes the place of' }) amends?: string;
}

class CauseDto {
  @ApiProperty({ enum: causes }) cause!: string;
  @ApiProperty({ type: 'integer', description: 'Settled less estimated' }) cents!: number;
}

class DifferenceDto extends CauseDto {
  @ApiProperty() text!: string;
}

class ComparedLineDto {
  @ApiProperty({ format: 'date' }) serviceDate!: string;
  @ApiProperty() code!: string;
  @ApiPropertyOptional({ type: 'integer' }) estimatedCents?: number;
  @ApiPropertyOptional({ type: 'integer' }) settledCents?: number;
  @ApiProperty({ type: [DifferenceDto], description: 'They add up to the difference' }) differences!: DifferenceDto[];
}

class ComparisonDto {
  @ApiProperty() payerId!: string;
  @ApiPropertyOptional() payerName?: string;
  @ApiProperty({ format: 'date' }) from!: string;
  @ApiProperty({ format: 'date' }) through!: string;
  @ApiProperty({ type: 'integer' }) settledCents!: number;
  @ApiPropertyOptional({ type: 'integer' }) estimatedCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Settled less estimated' }) differenceCents?: number;
  @ApiProperty({ type: [ComparedLineDto] }) lines!: ComparedLineDto[];
  @ApiProperty({ type: [CauseDto] }) causes!: CauseDto[];
  @ApiProperty({ description: 'Every date of the estimate is settled' }) isWhole!: boolean;
  @ApiPropertyOptional() isWithinRange?: boolean;
}

export class RemittanceDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) recordedAt!: string;
  @ApiProperty() recordedBy!: string;
  @ApiPropertyOptional() amends?: string;
  @ApiPropertyOptional() amendedBy?: string;
  @ApiProperty({ type: RemittanceBodyDto }) remittance!: RemittanceBodyDto;
  @ApiProperty({ type: ComparisonDto }) comparison!: ComparisonDto;
}

export class RemittancesDto {
  @ApiProperty({ type: [RemittanceDto] }) items!: RemittanceDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

export class AccuracyDto {
  @ApiProperty() payerId!: string;
  @ApiProperty() payerName!: string;
  @ApiProperty({ type: 'integer', description: 'Remittances held against a likely figure' }) count!: number;
  @ApiProperty({ type: 'integer', description: 'Against a range alone' }) withoutLikely!: number;
  @ApiProperty({ type: 'integer', description: 'Within 10 % of what was owed' }) withinTenPercent!: number;
  @ApiPropertyOptional({ description: 'Percent of the count' }) withinTenPercentShare?: number;
  @ApiProperty({ type: 'integer', description: 'Within 10 % of what was owed, or within $50' }) hits!: number;
  @ApiPropertyOptional() hitRatePercent?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Mean difference, whichever way it goes' })
  meanErrorCents?: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Mean of settled less estimated: above 0 patients owed more' })
  biasCents?: number;
  @ApiPropertyOptional({ type: 'integer' }) medianDifferenceCents?: number;
  @ApiProperty({ type: [CauseDto] }) causes!: CauseDto[];
}
