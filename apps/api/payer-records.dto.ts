import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { enrollments, payerKinds, phonePurposes, planKinds } from '@openvob/payers/directory';

const sourceText = 'Where it was read: a web address or a document';
const asOfText = 'The day on which it was read';

class PayerIdentifierDto {
  @ApiProperty({ description: 'Who knows the payer by it: a clearinghouse (stedi), or everybody (edi)' })
  network!: string;
  @ApiProperty() identifier!: string;
  @ApiPropertyOptional({ enum: enrollments, description: 'Left out: unknown' }) enrollment?: string;
  @ApiProperty({ description: sourceText }) source!: string;
  @ApiProperty({ format: 'date', description: asOfText }) asOf!: string;
}

class OpenSpanDto {
  @ApiProperty({ type: [String], example: ['mon', 'tue'] }) days!: string[];
  @ApiProperty({ example: '08:00' }) from!: string;
  @ApiProperty({ example: '18:00' }) to!: string;
}

class OpeningHoursDto {
  @ApiProperty({ example: 'America/New_York' }) timeZone!: string;
  @ApiProperty({ type: [OpenSpanDto] }) open!: OpenSpanDto[];
}

class PayerPhoneDto {
  @ApiProperty({ enum: phonePurposes }) purpose!: string;
  @ApiProperty() number!: string;
  @ApiPropertyOptional({ type: OpeningHoursDto }) hours?: OpeningHoursDto;
  @ApiPropertyOptional({ description: sourceText }) source?: string;
  @ApiPropertyOptional({ format: 'date', description: asOfText }) asOf?: string;
}

class PayerAdministratorDto {
  @ApiProperty({ description: 'The payer that administers behavioral health' }) administratorId!: string;
  @ApiPropertyOptional({ description: 'Left out: in every state' }) state?: string;
  @ApiPropertyOptional({ enum: planKinds, description: 'Left out: of every kind of plan' }) planKind?: string;
  @ApiProperty({ description: sourceText }) source!: string;
  @ApiProperty({ format: 'date', description: asOfText }) asOf!: string;
}

/** What can be changed of a payer. */
export class PayerChangeDto {
  @ApiPropertyOptional() name?: string;
  @ApiPropertyOptional({ type: [String] }) aliases?: string[];
  @ApiPropertyOptional({ type: [String], description: 'What its member ids begin with' }) memberIdPrefixes?: string[];
  @ApiPropertyOptional({ type: [String], description: 'Two letters each; none: not tied to states, or unknown' })
  states?: string[];
  @ApiPropertyOptional({ enum: payerKinds, nullable: true, type: String }) kind?: string | null;
  @ApiPropertyOptional({ nullable: true, type: String }) portalUrl?: string | null;
  @ApiPropertyOptional({
    nullable: true,
    type: String,
    description: `${sourceText}; of name, aliases, prefixes, states, kind and portal`,
  })
  source?: string | null;
  @ApiPropertyOptional({ nullable: true, type: String, format: 'date', description: asOfText }) asOf?: string | null;
  @ApiPropertyOptional({ type: [PayerIdentifierDto] }) identifiers?: PayerIdentifierDto[];
  @ApiPropertyOptional({ type: [PayerPhoneDto] }) phones?: PayerPhoneDto[];
  @ApiPropertyOptional({ type: [PayerAdministratorDto] }) administrators?: PayerAdministratorDto[];
  @ApiPropertyOptional({ description: 'false brings a withdrawn payer back' }) withdrawn?: boolean;
}

export class NewPayerDto extends PayerChangeDto {
  @ApiPropertyOptional({ description: 'Made of the name when left out', example: 'pay_northwind' }) id?: string;
  @ApiProperty() declare name: string;
}

export class PayerRecordDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty({ type: [String] }) aliases!: string[];
  @ApiProperty({ type: [String] }) memberIdPrefixes!: string[];
  @ApiProperty({ type: [String] }) states!: string[];
  @ApiPropertyOptional({ enum: payerKinds }) kind?: string;
  @ApiPropertyOptional() portalUrl?: string;
  @ApiPropertyOptional({ description: sourceText }) source?: string;
  @ApiPropertyOptional({ format: 'date', description: asOfText }) asOf?: string;
  @ApiProperty({ type: [PayerIdentifierDto] }) identifiers!: PayerIdentifierDto[];
  @ApiProperty({ type: [PayerPhoneDto] }) phones!: PayerPhoneDto[];
  @ApiProperty({ type: [PayerAdministratorDto] }) administrators!: PayerAdministratorDto[];
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiProperty({ format: 'date-time' }) updatedAt!: string;
  @ApiPropertyOptional({ format: 'date-time' }) withdrawnAt?: string;
}

/** What can be changed of a connection. */
export class ConnectionChangeDto {
  @ApiPropertyOptional({ description: 'The protocol', example: 'x12' }) adapter?: string;
  @ApiPropertyOptional({ description: 'The payer’s id on this connection' }) payerReference?: string;
  @ApiPropertyOptional() endpointUrl?: string;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    description: 'One by one; null takes a setting away',
  })
  settings?: object;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string', nullable: true },
    writeOnly: true,
    description: 'One by one; null takes one away. Kept encrypted, never given out',
  })
  credentials?: object;
  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'null: the protocol’s' }) timeoutMs?:
    | number
    | null;
  @ApiPropertyOptional({ type: 'integer', description: '1 is asked first' }) preference?: number;
  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'null: the protocol’s' }) maxInFlight?:
    | number
    | null;
  @ApiPropertyOptional({ type: 'integer', nullable: true }) perMinute?: number | null;
  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'Of one inquiry' }) costCents?: number | null;
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Service types that are answered; null: unknown',
  })
  serviceTypes?: string[] | null;
  @ApiPropertyOptional({ enum: enrollments, nullable: true, type: String }) enrollment?: string | null;
  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    description: 'Changes of a person that the payer is known to take',
  })
  variations?: string[] | null;
  @ApiPropertyOptional({ type: 'integer', nullable: true }) resendAfterMs?: number | null;
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'When bulk work leaves the payer alone: { timeZone, windows: [{ on, from?, to? }] }',
    example: { timeZone: 'America/New_York', windows: [{ on: 'every_day', from: '07:00', to: '19:00' }] },
  })
  quietHours?: object | null;
  @ApiPropertyOptional({ nullable: true, type: String, description: sourceText }) source?: string | null;
  @ApiPropertyOptional({ nullable: true, type: String, format: 'date', description: asOfText }) asOf?: string | null;
  @ApiPropertyOptional({ description: 'false brings it back into use' }) disabled?: boolean;
}

export class NewConnectionDto extends ConnectionChangeDto {
  @ApiProperty({ example: 'x12' }) declare adapter: string;
  @ApiProperty() declare payerReference: string;
  @ApiProperty() declare endpointUrl: string;
}

export class ConnectionDto {
  @ApiProperty() id!: string;
  @ApiProperty() adapter!: string;
  @ApiProperty() payerReference!: string;
  @ApiProperty() endpointUrl!: string;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } }) settings!: object;
  @ApiProperty({ type: [String], description: 'Names of those that are there' }) credentials!: string[];
  @ApiProperty({ type: 'integer' }) timeoutMs!: number;
  @ApiProperty({ type: 'integer' }) preference!: number;
  @ApiProperty({ type: 'integer', description: 'The limit that holds' }) maxInFlight!: number;
  @ApiProperty({ description: 'Somebody agreed upon the limit; else it is the protocol’s' }) isLimitAgreed!: boolean;
  @ApiPropertyOptional({ type: 'integer' }) perMinute?: number;
  @ApiPropertyOptional({ type: 'integer' }) costCents?: number;
  @ApiPropertyOptional({ type: [String] }) serviceTypes?: string[];
  @ApiPropertyOptional({ enum: enrollments }) enrollment?: string;
  @ApiPropertyOptional({ type: [String] }) variations?: string[];
  @ApiPropertyOptional({ type: 'integer' }) resendAfterMs?: number;
  @ApiPropertyOptional({ type: 'object', additionalProperties: true }) quietHours?: object;
  @ApiPropertyOptional() source?: string;
  @ApiPropertyOptional({ format: 'date' }) asOf?: string;
  @ApiPropertyOptional({ format: 'date-time' }) pausedAt?: string;
  @ApiPropertyOptional({ format: 'date-time' }) disabledAt?: string;
}

export class ConnectionsDto {
  @ApiProperty({ type: [ConnectionDto] }) items!: ConnectionDto[];
}

class ChangedByDto {
  @ApiProperty() kind!: string;
  @ApiProperty() id!: string;
}

class DirectoryChangeDto {
  @ApiProperty({ format: 'date-time' }) at!: string;
  @ApiProperty({ type: ChangedByDto }) by!: ChangedByDto;
  @ApiProperty({ example: 'payer.changed' }) action!: string;
  @ApiPropertyOptional() connectionId?: string;
  @ApiProperty({ type: [String], description: 'Names of what changed, never values' }) fields!: string[];
}

export class DirectoryChangesDto {
  @ApiProperty({ type: [DirectoryChangeDto] }) items!: DirectoryChangeDto[];
}

class RowFaultDto {
  @ApiProperty({ type: 'integer' }) line!: number;
  @ApiPropertyOptional() column?: string;
  @ApiProperty({ description: 'What it must be' }) detail!: string;
}

export class ImportReportDto {
  @ApiProperty({ type: 'integer' }) rows!: number;
  @ApiProperty({ type: 'integer', description: 'Payers' }) added!: number;
  @ApiProperty({ type: 'integer', description: 'Payers' }) changed!: number;
  @ApiProperty({ type: 'integer', description: 'Payers' }) unchanged!: number;
  @ApiProperty({ type: 'integer' }) connectionsAdded!: number;
  @ApiProperty({ type: 'integer' }) connectionsChanged!: number;
  @ApiProperty({ type: 'integer', description: 'Rows that were left out' }) faultyRows!: number;
  @ApiProperty({ type: [RowFaultDto], description: 'The first 1,000' }) faults!: RowFaultDto[];
  @ApiProperty({ description: 'Nothing was kept' }) dryRun!: boolean;
}
