import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Classes that only describe bodies in the API description. */

class FilterDto {
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) filter!: object;
}

export class ViewBodyDto extends FilterDto {
  @ApiProperty({ maxLength: 60 }) name!: string;
}

export class ViewDto extends ViewBodyDto {
  @ApiProperty() id!: string;
}

export class ViewsDto {
  @ApiProperty({ type: [ViewDto] }) items!: ViewDto[];
}

export class DraftBodyDto {
  @ApiProperty({ type: 'object', additionalProperties: true }) content!: object;
}

export class DraftDto {
  @ApiPropertyOptional({ type: 'object', additionalProperties: true }) content?: object;
  @ApiPropertyOptional({ format: 'date-time' }) savedAt?: string;
}
