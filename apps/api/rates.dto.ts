import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IdNameDto } from './verification.dto';

class PriceDto {
  @ApiProperty({ enum: ['in', 'out', 'self_pay'] }) network!: string;
  @ApiProperty({ example: 'H0015' }) code!: string;
  @ApiProperty({
    type: 'integer',
    description: 'Contract rate, the plan’s out-of-network allowance, or the self-pay price',
  })
  allowedCents!: number;
  @ApiPropertyOptional({ type: 'integer', description: 'Billed charge' }) chargeCents?: number;
  @ApiPropertyOptional({ description: 'Bundled into this code on the same day' }) includedIn?: string;
  @ApiPropertyOptional({ format: 'date', description: 'The first day on which it holds' }) from?: string;
  @ApiPropertyOptional({ format: 'date', description: 'The last day on which it holds' }) to?: string;
}

class NewRateDto extends PriceDto {
  @ApiPropertyOptional({ description: 'Id or name of the payer; left out for the facility’s own price' })
  payer?: string;
  @ApiPropertyOptional({ example: 'your contract', description: 'Where the figure is from' }) source?: string;
}

export class NewRatesDto {
  @ApiProperty({ type: [NewRateDto] }) items!: NewRateDto[];
}

class RateDto extends PriceDto {
  @ApiPropertyOptional() id?: string;
  @ApiPropertyOptional({ type: IdNameDto, description: 'Left out for the facility’s own price' }) payer?: IdNameDto;
  @ApiProperty({ example: 'your contract' }) source!: string;
}

export class RatesDto {
  @ApiProperty({ type: [RateDto] }) items!: RateDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

class RateLineDto {
  @ApiProperty({ type: 'integer', description: 'Of the entry' }) index!: number;
  @ApiProperty({ enum: ['added', 'changed', 'unchanged'] }) kind!: string;
  @ApiProperty({ type: RateDto }) rate!: RateDto;
  @ApiPropertyOptional({ type: RateDto, description: 'What it takes the place of' }) before?: RateDto;
  @ApiPropertyOptional({ type: RateDto, description: 'The price that ends the day before' }) ends?: RateDto;
}

export class RateReportDto {
  @ApiProperty({ type: 'integer' }) added!: number;
  @ApiProperty({ type: 'integer' }) changed!: number;
  @ApiProperty({ type: 'integer' }) unchanged!: number;
  @ApiProperty({ type: [RateLineDto] }) lines!: RateLineDto[];
}
