import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller } from './access.guard';
import { PayerRecords } from './payer-records';
import {
  ConnectionChangeDto,
  ConnectionDto,
  ConnectionsDto,
  DirectoryChangesDto,
  NewConnectionDto,
  NewPayerDto,
  PayerChangeDto,
  PayerRecordDto,
} from './payer-records.dto';
import { ProblemDto } from './verification.dto';

@ApiTags('Directory')
@ApiBearerAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/payers')
export class PayerRecordsController {
  constructor(@Inject(PayerRecords) private readonly records: PayerRecords) {}

  @Post()
  @AllowRoles('ops', 'admin')
  @ApiOperation({ summary: 'Add a payer', description: 'To the directory of the whole installation.' })
  @ApiBody({ type: NewPayerDto })
  @ApiResponse({ status: 201, type: PayerRecordDto })
  async add(
    @Caller() caller: Principal,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const payer = await this.records.add(caller, body);
    reply.header('location', `/v1/payers/${payer.id}`);
    return payer;
  }

  @Get(':id')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin', 'machine')
  @ApiOperation({ summary: 'Everything about a payer', description: 'With the source and day of each fact.' })
  @ApiResponse({ status: 200, type: PayerRecordDto })
  read(@Param('id') id: string): Promise<object> {
    return this.records.read(id);
  }

  @Patch(':id')
  @AllowRoles('ops', 'admin')
  @ApiOperation({
    summary: 'Change a payer',
    description: 'What is left out stays, null takes away, a list takes the place of the one before.',
  })
  @ApiBody({ type: PayerChangeDto })
  @ApiResponse({ status: 200, type: PayerRecordDto })
  change(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    return this.records.change(caller, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles('ops', 'admin')
  @ApiOperation({
    summary: 'Withdraw a payer',
    description:
      'It is neither found nor asked any more; what refers to it stays. A change with withdrawn: false brings it back.',
  })
  @ApiResponse({ status: 204, description: 'Withdrawn' })
  async withdraw(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    await this.records.withdraw(caller, id);
  }

  @Get(':id/changes')
  @AllowRoles('ops', 'auditor', 'admin')
  @ApiOperation({
    summary: 'Who changed what about a payer',
    description: 'The last 100, newest first, of all facilities.',
  })
  @ApiResponse({ status: 200, type: DirectoryChangesDto })
  changes(@Param('id') id: string): Promise<object> {
    return this.records.changes(id);
  }

  @Get(':id/connections')
  @AllowRoles('ops', 'auditor')
  @ApiOperation({
    summary: 'How a payer is reached',
    description: 'In order of preference; credentials by name alone.',
  })
  @ApiResponse({ status: 200, type: ConnectionsDto })
  connections(@Param('id') id: string): Promise<object> {
    return this.records.connections(id);
  }

  @Post(':id/connections')
  @AllowRoles('ops')
  @ApiOperation({
    summary: 'Add a connection',
    description:
      'One that could not be asked over is refused, naming the setting. Whoever sets the address sees patients: role ops alone.',
  })
  @ApiBody({ type: NewConnectionDto })
  @ApiResponse({ status: 201, type: ConnectionDto })
  async addConnection(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const connection = await this.records.addConnection(caller, id, body);
    reply.header('location', `/v1/payers/${id}/connections/${connection.id}`);
    return connection;
  }

  @Patch(':id/connections/:connectionId')
  @AllowRoles('ops')
  @ApiOperation({ summary: 'Change a connection' })
  @ApiBody({ type: ConnectionChangeDto })
  @ApiResponse({ status: 200, type: ConnectionDto })
  changeConnection(
    @Caller() caller: Principal,
    @Param('id') payerId: string,
    @Param('connectionId') connectionId: string,
    @Body() body: unknown,
  ): Promise<object> {
    return this.records.changeConnection(caller, { payerId, connectionId }, body);
  }

  @Delete(':id/connections/:connectionId')
  @HttpCode(204)
  @AllowRoles('ops')
  @ApiOperation({
    summary: 'Take a connection out of use',
    description: 'A change with disabled: false brings it back.',
  })
  @ApiResponse({ status: 204, description: 'Out of use' })
  async disconnect(
    @Caller() caller: Principal,
    @Param('id') payerId: string,
    @Param('connectionId') connectionId: string,
  ): Promise<void> {
    await this.records.changeConnection(caller, { payerId, connectionId }, { disabled: true });
  }
}
