import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import {
  line,
  type MachineKey,
  MachineKeys,
  optional,
  type Principal,
  readFields,
  scopes,
  someOf,
  whole,
} from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { Described } from './described.dto';

const usualDays = 90;
const usualOverlapHours = 24;

class NewKeyDto {
  @ApiProperty({ example: 'Intake website' }) name!: string;
  @ApiProperty({ enum: scopes, isArray: true }) scopes!: string[];
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 366, default: usualDays }) expiresInDays?: number;
}

class RotateKeyDto {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: 168,
    default: usualOverlapHours,
    description: 'For how long the former key goes on',
  })
  overlapHours?: number;
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 366, default: usualDays }) expiresInDays?: number;
}

class KeyDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() role!: string;
  @ApiPropertyOptional({ enum: scopes, isArray: true, description: 'Left out: all that its role may do' })
  scopes?: string[];
  @ApiProperty({ enum: ['active', 'expired', 'revoked'] }) state!: string;
  @ApiProperty({ format: 'date-time' }) createdAt!: string;
  @ApiPropertyOptional({ description: 'The person or key that made it' }) createdBy?: string;
  @ApiPropertyOptional({ format: 'date-time' }) expiresAt?: string;
  @ApiPropertyOptional({ description: 'The key whose place it takes' }) replaces?: string;
  @ApiPropertyOptional({ format: 'date' }) lastUsedOn?: string;
}

class ShownKeyDto extends KeyDto {
  @ApiProperty({ description: 'The key itself, shown this once' }) key!: string;
}

class KeysDto {
  @ApiProperty({ type: [KeyDto] }) items!: KeyDto[];
}

@Described('Keys', 'session')
@Controller('v1/keys')
export class KeysController {
  constructor(@Inject(MachineKeys) private readonly keys: MachineKeys) {}

  @Get()
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'The keys of the facility’s programs, newest first' })
  @ApiResponse({ status: 200, type: KeysDto })
  async list(@Caller() caller: Principal): Promise<object> {
    const keys = await this.keys.list(caller);
    return { items: keys.map((key) => this.presented(key)) };
  }

  @Post()
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Make a key for a program', description: 'The answer shows it once.' })
  @ApiBody({ type: NewKeyDto })
  @ApiResponse({ status: 201, type: ShownKeyDto })
  async make(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const wanted = readFields(body, {
      name: line(80),
      scopes: someOf(scopes),
      expiresInDays: optional(whole(1, 366)),
    });
    const { key, secret } = await this.keys.make(caller, {
      ...wanted,
      expiresInDays: wanted.expiresInDays ?? usualDays,
    });
    return { ...this.presented(key), key: secret };
  }

  @Post(':id/rotate')
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Put another key in its place', description: 'Both hold during the overlap.' })
  @ApiBody({ type: RotateKeyDto })
  @ApiResponse({ status: 201, type: ShownKeyDto })
  async rotate(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { overlapHours = usualOverlapHours, expiresInDays = usualDays } = readFields(body ?? {}, {
      overlapHours: optional(whole(0, 168)),
      expiresInDays: optional(whole(1, 366)),
    });
    const { key, secret } = await this.keys.rotate(caller, id, { overlapHours, expiresInDays });
    return { ...this.presented(key), key: secret };
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Revoke a key', description: 'It opens nothing from now on.' })
  @ApiResponse({ status: 204 })
  revoke(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.keys.revoke(caller, id);
  }

  private presented(key: MachineKey): Record<string, unknown> {
    const { createdAt, expiresAt, revokedAt: _revokedAt, ...rest } = key;
    return {
      ...rest,
      state: this.keys.stateOf(key),
      createdAt: createdAt.toISOString(),
      ...(expiresAt ? { expiresAt: expiresAt.toISOString() } : {}),
    };
  }
}
