import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class SegmentDto {
  @ApiProperty({ type: 'integer', description: 'As sources of figures name it' }) number!: number;
  @ApiProperty({ example: 'EB*C*IND*30***23*1500*****Y' }) raw!: string;
}

class RawTextDto {
  @ApiProperty({ format: 'date-time' }) receivedAt!: string;
  @ApiProperty({ example: 'benefits', description: 'What it was taken for' }) kind!: string;
  @ApiPropertyOptional({ type: 'integer' }) httpStatus?: number;
  @ApiPropertyOptional({ description: 'Word for word; left out when nothing came' }) text?: string;
  @ApiPropertyOptional({ enum: ['x12', 'json', 'text'] }) format?: string;
  @ApiPropertyOptional({ type: [SegmentDto], description: 'Where it is X12' }) segments?: SegmentDto[];
}

export class RawAnswerDto {
  @ApiProperty() inquiryId!: string;
  @ApiProperty({ type: 'integer' }) round!: number;
  @ApiProperty() payer!: string;
  @ApiProperty({ format: 'date-time' }) askedAt!: string;
  @ApiProperty({ type: [RawTextDto], description: 'In the order in which they came' }) items!: RawTextDto[];
}
