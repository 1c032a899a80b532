import { Body, Controller, Get, Headers, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { Principal } from '@openvob/access';
import { NoteService, type Who } from '@openvob/records';
import type { FastifyReply } from 'fastify';
import { AllowRoles, Caller } from './access.guard';
import { actorOf } from './actor';
import { Described } from './described.dto';
import { NoteBodyDto, NoteDto, NotesDto } from './notes.dto';

const who = (caller: Principal, id: string): Who => ({ facilityId: caller.facilityId, id, actor: actorOf(caller) });

@Described('Records')
@Controller('v1/verifications/:id/notes')
export class NotesController {
  constructor(@Inject(NoteService) private readonly notes: NoteService) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({ summary: 'What colleagues wrote to each other about it' })
  @ApiResponse({ status: 200, type: NotesDto })
  list(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return this.notes.list(who(caller, id));
  }

  @Post()
  @HttpCode(201)
  @AllowRoles('coordinator', 'supervisor', 'biller', 'admin', 'machine')
  @ApiOperation({
    summary: 'Write a note',
    description: 'Kept as it is, never changed. `POST …/assignee` takes a note along with a hand-over.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With one, the same request again gets the first response again and adds nothing; kept for 24 hours',
  })
  @ApiBody({ type: NoteBodyDto })
  @ApiResponse({ status: 201, type: NoteDto })
  async write(
    @Caller() caller: Principal,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const note = await this.notes.write(who(caller, id), body, key);
    reply.status(201).header('content-type', 'application/json; charset=utf-8').send(note);
  }
}
