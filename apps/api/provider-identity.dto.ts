import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';

export class ProviderIdentityDto {
  @ApiProperty({ example: 'Testwood Recovery', maxLength: 60 }) name!: string;
  @ApiProperty({ example: '1999999984', description: 'National Provider Identifier' }) npi!: string;
  @ApiPropertyOptional({
    example: '1999999992',
    description:
      'Asked with once where a payer does not know the first: the group’s where that is a person’s, or the other way round',
  })
  secondNpi?: string;
  @ApiPropertyOptional({ example: '261QR0405X', description: 'Health Care Provider Taxonomy' }) taxonomyCode?: string;
}

export class ProviderIdentityChangeDto extends PartialType(ProviderIdentityDto) {
  @ApiPropertyOptional({ type: String, nullable: true, description: 'null takes it away' })
  declare secondNpi?: string;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'null takes it away' })
  declare taxonomyCode?: string;
}
