import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** Classes that only describe bodies in the API description. */

class AuditActorDto {
  @ApiProperty({ enum: ['person', 'api_key', 'intake_source', 'worker', 'command', 'nobody'] }) kind!: string;
  @ApiProperty() id!: string;
  @ApiPropertyOptional({ description: 'Of a colleague or key' }) name?: string;
}

class AuditSealDto {
  @ApiProperty({ description: 'The place in the chain' }) position!: number;
  @ApiProperty({ description: 'SHA-256 over the hash before it and this line, hexadecimal' }) hash!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
}

class AuditEntryDto {
  @ApiProperty() id!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty() actor!: AuditActorDto;
  @ApiProperty({ example: 'verification.read' }) action!: string;
  @ApiProperty({ description: 'What it was done to' }) subjectId!: string;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Codes and ids, never patient data' })
  detail!: object;
  @ApiPropertyOptional({ description: 'Left out for the moment until the line is linked' }) seal?: AuditSealDto;
}

export class AuditTrailDto {
  @ApiProperty({ type: [AuditEntryDto] }) items!: AuditEntryDto[];
  @ApiPropertyOptional() nextCursor?: string;
}

export class AuditHeadDto {
  @ApiProperty({ description: 'The facility, or `installation`' }) chain!: string;
  @ApiProperty() position!: number;
  @ApiProperty({ description: 'Hexadecimal' }) hash!: string;
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ description: 'Ed25519, base64url' }) publicKey!: string;
  @ApiProperty({ description: 'Ed25519 over chain, position, hash and instant, base64url' }) signature!: string;
}
