import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  emailAddress,
  line,
  type Member,
  Members,
  oneOf,
  type Principal,
  personRoles,
  readFields,
} from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { InviteDto, MemberDto, MembersDto, RoleDto } from './people.dto';
import { ProblemDto } from './verification.dto';

@ApiTags('People')
@ApiCookieAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/people')
export class PeopleController {
  constructor(@Inject(Members) private readonly members: Members) {}

  @Get()
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin')
  @ApiOperation({ summary: 'Who works for the facility', description: 'Names and roles; more for admin and auditor.' })
  @ApiQuery({
    name: 'former',
    required: false,
    type: Boolean,
    description: 'Those who left too, for admin and auditor',
  })
  @ApiResponse({ status: 200, type: MembersDto })
  async list(@Caller() caller: Principal, @Query('former') former: string | undefined): Promise<object> {
    const isWatching = watches(caller);
    const members = await this.members.list(caller, { withFormer: isWatching && former === 'true' });
    return { items: members.filter((one) => isWatching || one.acceptedAt).map((one) => presented(one, caller)) };
  }

  @Get(':id')
  @AllowRoles('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin')
  @ApiOperation({ summary: 'One of the people of the facility' })
  @ApiResponse({ status: 200, type: MemberDto })
  async read(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return presented(await this.members.get(caller, id), caller);
  }

  @Post()
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Invite somebody', description: 'By mail; the link works once, for seven days.' })
  @ApiBody({ type: InviteDto })
  @ApiResponse({ status: 201, type: MemberDto })
  async invite(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const person = readFields(body, { email: emailAddress, name: line(80), role: oneOf(personRoles) });
    return presented(await this.members.invite(caller, person), caller);
  }

  @Post(':id/invitation')
  @HttpCode(200)
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Invite somebody again', description: 'The former link holds no more.' })
  @ApiResponse({ status: 200, type: MemberDto })
  async inviteAgain(@Caller() caller: Principal, @Param('id') id: string): Promise<object> {
    return presented(await this.members.inviteAgain(caller, id), caller);
  }

  @Patch(':id')
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Give somebody another role', description: 'Sessions in the facility end.' })
  @ApiBody({ type: RoleDto })
  @ApiResponse({ status: 200, type: MemberDto })
  async setRole(@Caller() caller: Principal, @Param('id') id: string, @Body() body: unknown): Promise<object> {
    const { role } = readFields(body, { role: oneOf(personRoles) });
    await this.members.setRole(caller, id, role);
    return presented(await this.members.get(caller, id), caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Let somebody go',
    description: 'Sessions in the facility end, an open invitation is taken back.',
  })
  @ApiResponse({ status: 204 })
  end(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.members.end(caller, id);
  }

  @Delete(':id/sessions')
  @HttpCode(204)
  @AllowRoles('admin')
  @ApiOperation({ summary: 'End all of somebody’s sessions in the facility' })
  @ApiResponse({ status: 204 })
  endSessions(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.members.endSessions(caller, id);
  }

  @Delete(':id/second-factor')
  @HttpCode(204)
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Remove somebody’s second factor',
    description: 'For a lost phone; not for somebody who works for another facility too.',
  })
  @ApiResponse({ status: 204 })
  removeSecondFactor(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.members.removeSecondFactor(caller, id);
  }
}

function watches({ role }: Principal): boolean {
  return role === 'admin' || role === 'auditor';
}

function presented(member: Member, caller: Principal): Record<string, unknown> {
  const { id, name, role, email, hasSecondFactor, invitedAt, acceptedAt, endedAt } = member;
  if (!watches(caller)) return { id, name, role };
  return {
    id,
    name,
    role,
    email,
    status: endedAt ? 'left' : acceptedAt ? 'active' : 'invited',
    hasSecondFactor,
    invitedAt: invitedAt.toISOString(),
    ...(acceptedAt ? { acceptedAt: acceptedAt.toISOString() } : {}),
    ...(endedAt ? { leftAt: endedAt.toISOString() } : {}),
  };
}
