import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  type BegunSession,
  emailAddress,
  line,
  optional,
  ownPageHeader,
  readFields,
  Sessions,
  SignIn,
  type SignInOutcome,
  type StoredSession,
  secretText,
} from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowSession, OwnSession, PublicRoute } from './access.guard';
import { ChooseFacilityDto, SessionDto, SessionsDto, SignInDto } from './session.dto';
import { giveSecrets, secretsOf, takeSession } from './session-cookies';
import { originOf, presentSession, presentSessionLine } from './session-view';
import { ProblemDto } from './verification.dto';

@ApiTags('Session')
@ApiCookieAuth()
@ApiHeader({ name: ownPageHeader, required: false, description: 'Any value; needed with every change' })
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1')
export class SessionController {
  constructor(
    @Inject(SignIn) private readonly signIn: SignIn,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  @Post('session')
  @HttpCode(200)
  @PublicRoute('signing in is how a session begins', { session: 'begin' })
  @ApiOperation({
    summary: 'Sign in',
    description:
      'Sets a cookie that scripts cannot read. 401 second_factor_required: ask for a code and send all of it again.',
  })
  @ApiBody({ type: SignInDto })
  @ApiResponse({ status: 200, type: SessionDto })
  async begin(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const credentials = readFields(body, {
      email: emailAddress,
      password: secretText,
      code: optional(line(20)),
      recoveryCode: optional(line(40)),
      facilityId: optional(line(64)),
    });
    const outcome = await this.signIn.byPassword(credentials, originOf(request, secretsOf(request).device));
    const begun = begunBy(outcome);
    giveSecrets(reply, begun);
    return this.shown(begun.token);
  }

  @Get('session')
  @AllowSession()
  @ApiOperation({ summary: 'Who is signed in, where, and until when' })
  @ApiResponse({ status: 200, type: SessionDto })
  read(@OwnSession() session: StoredSession): Promise<object> {
    return this.present(session);
  }

  @Delete('session')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Sign out' })
  @ApiResponse({ status: 204 })
  async end(@OwnSession() session: StoredSession, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(session, { sessionId: session.id }, 'signed_out');
    takeSession(reply);
  }

  @Post('session/facility')
  @HttpCode(200)
  @AllowSession()
  @ApiOperation({ summary: 'Go to another facility', description: 'Emergency access ends with it.' })
  @ApiBody({ type: ChooseFacilityDto })
  @ApiResponse({ status: 200, type: SessionDto })
  async chooseFacility(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { facilityId } = readFields(body, { facilityId: line(64) });
    const token = await this.sessions.chooseFacility(session, facilityId);
    if (token === undefined) throw new Problem('not_found');
    giveSecrets(reply, { token });
    return this.shown(token);
  }

  @Get('sessions')
  @AllowSession()
  @ApiOperation({ summary: 'Own sessions, newest first' })
  @ApiResponse({ status: 200, type: SessionsDto })
  async list(@OwnSession() session: StoredSession): Promise<object> {
    const lines = await this.sessions.list(session);
    return { items: lines.map((one) => presentSessionLine(one, session.id)) };
  }

  @Delete('sessions')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'End all own sessions but this one' })
  @ApiResponse({ status: 204 })
  async endOthers(@OwnSession() session: StoredSession): Promise<void> {
    await this.sessions.end(session, { except: session.id }, 'revoked');
  }

  @Delete('sessions/:id')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'End one of the own sessions' })
  @ApiResponse({ status: 204 })
  async endOne(@OwnSession() session: StoredSession, @Param('id') id: string): Promise<void> {
    if ((await this.sessions.end(session, { sessionId: id }, 'revoked')) === 0) throw new Problem('not_found');
  }

  private async shown(token: string): Promise<object> {
    const session = await this.sessions.of(token, false);
    if (!session) throw new Problem('unauthenticated');
    return this.present(session);
  }

  private async present(session: StoredSession): Promise<object> {
    return presentSession(session, this.sessions, await this.sessions.facilitiesFor(session));
  }
}

/** @throws Problem that tells no more than it has to: an unknown account and a wrong password read the same */
function begunBy(outcome: SignInOutcome): BegunSession {
  if (outcome.kind === 'signed_in') return outcome;
  if (outcome.kind === 'second_factor_required') throw new Problem('second_factor_required');
  if (outcome.kind === 'throttled') {
    const detail = `Too many tries. Wait ${outcome.retryAfterSeconds} seconds, or ask for a new password.`;
    throw new Problem('too_many_requests', { detail, retryAfterSeconds: outcome.retryAfterSeconds });
  }
  throw new Problem('unauthenticated', { detail: 'E-mail, password or code is wrong.' });
}
