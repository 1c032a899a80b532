import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { personRoles, shortestPassword } from '@openvob/access';

/** Classes that only describe bodies in the API description. */

const newPassword = `At least ${shortestPassword} characters, none of the common ones; no other rules`;

export class ChangePasswordDto {
  @ApiProperty({ format: 'password' }) currentPassword!: string;
  @ApiProperty({ format: 'password', description: newPassword }) newPassword!: string;
}

export class ProvePasswordDto {
  @ApiProperty({ format: 'password' }) password!: string;
}

export class OfferedSecondFactorDto {
  @ApiProperty({ description: 'For typing into an authenticator app' }) secret!: string;
  @ApiProperty({ description: 'The same for a QR code', example: 'otpauth://totp/OpenVOB:…' }) uri!: string;
}

export class ConfirmSecondFactorDto {
  @ApiProperty({ example: '287082' }) code!: string;
}

export class RecoveryCodesDto {
  @ApiProperty({ type: [String], description: 'Shown this once; each works once instead of a code' })
  recoveryCodes!: string[];
}

export class AskResetDto {
  @ApiProperty() email!: string;
}

export class ReadLinkDto {
  @ApiProperty({ description: 'What stands behind # in the link' }) token!: string;
}

export class UseLinkDto extends ReadLinkDto {
  @ApiPropertyOptional({ format: 'password', description: newPassword }) password?: string;
  @ApiPropertyOptional({ description: 'How the person wants to be called' }) name?: string;
}

export class LinkDto {
  @ApiProperty({ enum: ['first_admin', 'invitation', 'password_reset'] }) kind!: string;
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiPropertyOptional() facility?: string;
  @ApiProperty({ description: 'Whether a password is to be chosen' }) needsPassword!: boolean;
  @ApiProperty({ format: 'date-time' }) expiresAt!: string;
}

export class InviteDto {
  @ApiProperty() email!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: personRoles }) role!: string;
}

export class RoleDto {
  @ApiProperty({ enum: personRoles }) role!: string;
}

export class MemberDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ enum: personRoles }) role!: string;
  @ApiPropertyOptional({ description: 'This and what follows: for admin and auditor' }) email?: string;
  @ApiPropertyOptional({ enum: ['invited', 'active', 'left'] }) status?: string;
  @ApiPropertyOptional() hasSecondFactor?: boolean;
  @ApiPropertyOptional({ format: 'date-time' }) invitedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) acceptedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) leftAt?: string;
}

export class MembersDto {
  @ApiProperty({ type: [MemberDto] }) items!: MemberDto[];
}
