import { ApiProperty, PartialType } from '@nestjs/swagger';

class WrittenSettings {
  @ApiProperty({ description: 'Whether payers are asked again by themselves, as `nextRecheck` of a verification says' })
  enabled!: boolean;
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: 60,
    description: 'Ask so many days before the benefits of a plan begin anew; 0: only on the day itself',
  })
  daysBeforeReset!: number;
  @ApiProperty({ example: '02:00', description: 'Re-checks are spread over these hours of the facility’s own day' })
  from!: string;
  @ApiProperty({ example: '07:00' }) until!: string;
}

export class RecheckSettingsDto extends WrittenSettings {
  @ApiProperty({ example: 'America/New_York' }) timeZone!: string;
}

export class RecheckSettingsChangeDto extends PartialType(WrittenSettings) {}
