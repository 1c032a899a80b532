import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class BatchLinksDto {
  @ApiProperty() self!: string;
  @ApiProperty({ description: 'The verifications that its rows became' }) verifications!: string;
}

/** How far a batch is, for the API description. */
export class BatchDto {
  @ApiProperty({ example: 'bat_01jd3v9k6q' }) id!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When all of the file had come' }) receivedAt?: string;
  @ApiPropertyOptional({ format: 'date-time', description: 'When the last row was taken in' }) finishedAt?: string;
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that became verifications' }) accepted!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that could not be used' }) refused!: number;
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'How many of its verifications have which status',
    example: { verified: 412, waiting_for_payer: 31 },
  })
  byStatus!: object;
  @ApiProperty({ type: BatchLinksDto }) links!: BatchLinksDto;
}
