import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { personRoles } from '@openvob/access';

/** Classes that only describe bodies in the API description. */

export class SignInDto {
  @ApiProperty({ example: 'dana@testwood.example' }) email!: string;
  @ApiProperty({ format: 'password' }) password!: string;
  @ApiPropertyOptional({ description: 'Of the authenticator app, where the account has one', example: '287082' })
  code?: string;
  @ApiPropertyOptional({ description: 'Instead of a code; each works once' }) recoveryCode?: string;
  @ApiPropertyOptional({ description: 'To begin in; the last one, or the only one, when left out' })
  facilityId?: string;
}

export class ChooseFacilityDto {
  @ApiProperty() facilityId!: string;
}

class PersonDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() email!: string;
}

class OwnFacilityDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ example: 'America/New_York' }) timeZone!: string;
  @ApiProperty({ enum: personRoles }) role!: string;
}

class OwnEmergencyDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) until!: string;
}

export class SessionDto {
  @ApiProperty() id!: string;
  @ApiProperty({ type: PersonDto }) person!: PersonDto;
  @ApiPropertyOptional({ type: OwnFacilityDto, description: 'The one that was chosen' }) facility?: OwnFacilityDto;
  @ApiProperty({ type: [OwnFacilityDto], description: 'Those to choose from' }) facilities!: OwnFacilityDto[];
  @ApiPropertyOptional({ enum: personRoles, description: 'What the session may do now' }) role?: string;
  @ApiPropertyOptional({ enum: ['facility', 'second_factor'], description: 'To be done before anything else opens' })
  need?: string;
  @ApiProperty() hasSecondFactor!: boolean;
  @ApiPropertyOptional({ type: OwnEmergencyDto }) emergencyAccess?: OwnEmergencyDto;
  @ApiProperty({ format: 'date-time' }) signedInAt!: string;
  @ApiProperty({ format: 'date-time', description: 'Without activity until then it ends' }) idleAt!: string;
  @ApiProperty({ format: 'date-time', description: 'Whatever is done, it ends then' }) endsAt!: string;
}

class SessionLineDto {
  @ApiProperty() id!: string;
  @ApiProperty({ example: 'Firefox on Windows' }) device!: string;
  @ApiProperty() address!: string;
  @ApiProperty({ format: 'date-time' }) signedInAt!: string;
  @ApiProperty({ format: 'date-time' }) lastSeenAt!: string;
  @ApiPropertyOptional() facility?: string;
  @ApiProperty({ description: 'The one that asks' }) isThis!: boolean;
}

export class SessionsDto {
  @ApiProperty({ type: [SessionLineDto] }) items!: SessionLineDto[];
}
