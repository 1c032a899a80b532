import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiCookieAuth, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { line, OwnAccount, readFields, type StoredSession, secretText } from '@openvob/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AllowSession, OwnSession } from './access.guard';
import {
  ChangePasswordDto,
  ConfirmSecondFactorDto,
  OfferedSecondFactorDto,
  ProvePasswordDto,
  RecoveryCodesDto,
} from './people.dto';
import { giveSecrets } from './session-cookies';
import { ProblemDto } from './verification.dto';

@ApiTags('Session')
@ApiCookieAuth()
@ApiResponse({ status: '4XX', description: 'Problem details (RFC 9457)', type: ProblemDto })
@Controller('v1/session')
export class OwnAccountController {
  constructor(@Inject(OwnAccount) private readonly account: OwnAccount) {}

  @Post('password')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({ summary: 'Change the own password', description: 'All other sessions end.' })
  @ApiBody({ type: ChangePasswordDto })
  @ApiResponse({ status: 204 })
  async changePassword(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Req() { ip: address }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { currentPassword: current, newPassword: next } = readFields(body, {
      currentPassword: secretText,
      newPassword: secretText,
    });
    giveSecrets(reply, { token: await this.account.changePassword({ session, address }, { current, next }) });
  }

  @Post('second-factor')
  @AllowSession()
  @ApiOperation({ summary: 'Begin to set up a second factor', description: 'Counts once a code of it was confirmed.' })
  @ApiBody({ type: ProvePasswordDto })
  @ApiResponse({ status: 201, type: OfferedSecondFactorDto })
  offerSecondFactor(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Req() { ip: address }: FastifyRequest,
  ): Promise<object> {
    const { password } = readFields(body, { password: secretText });
    return this.account.offerSecondFactor({ session, address }, password);
  }

  @Post('second-factor/confirm')
  @HttpCode(200)
  @AllowSession()
  @ApiOperation({
    summary: 'Show a code of the second factor, so that it counts',
    description: 'All other sessions end.',
  })
  @ApiBody({ type: ConfirmSecondFactorDto })
  @ApiResponse({ status: 200, type: RecoveryCodesDto })
  async confirmSecondFactor(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Req() { ip: address }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { code } = readFields(body, { code: line(20) });
    const { token, recoveryCodes } = await this.account.confirmSecondFactor({ session, address }, code);
    giveSecrets(reply, { token });
    return { recoveryCodes };
  }

  @Post('second-factor/remove')
  @HttpCode(204)
  @AllowSession()
  @ApiOperation({
    summary: 'Remove the second factor',
    description: 'Its recovery codes go with it; all other sessions end.',
  })
  @ApiBody({ type: ProvePasswordDto })
  @ApiResponse({ status: 204 })
  async removeSecondFactor(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Req() { ip: address }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { password } = readFields(body, { password: secretText });
    giveSecrets(reply, { token: await this.account.removeSecondFactor({ session, address }, password) });
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @AllowSession()
  @ApiOperation({ summary: 'Get new recovery codes', description: 'The former ones hold no more.' })
  @ApiBody({ type: ProvePasswordDto })
  @ApiResponse({ status: 200, type: RecoveryCodesDto })
  async renewRecoveryCodes(
    @OwnSession() session: StoredSession,
    @Body() body: unknown,
    @Req() { ip: address }: FastifyRequest,
  ): Promise<object> {
    const { password } = readFields(body, { password: secretText });
    return { recoveryCodes: await this.account.renewRecoveryCodes({ session, address }, password) };
  }
}
