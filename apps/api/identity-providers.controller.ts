import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiProperty, ApiPropertyOptional, ApiResponse } from '@nestjs/swagger';
import {
  domainNames,
  type IdentityProvider,
  IdentityProviders,
  issuerUrl,
  line,
  optional,
  type Principal,
  readFields,
  secretText,
} from '@openvob/access';
import { AllowRoles, Caller } from './access.guard';
import { Described } from './described.dto';

class NewIdentityProviderDto {
  @ApiProperty({ example: 'Testwood log-in' }) name!: string;
  @ApiProperty({ example: 'https://login.testwood.example', description: 'As the provider publishes it' })
  issuer!: string;
  @ApiProperty() clientId!: string;
  @ApiPropertyOptional({ format: 'password', description: 'Left out for a public client; never shown again' })
  clientSecret?: string;
  @ApiProperty({ type: [String], example: ['testwood.example'], description: 'Whom it may vouch for' })
  emailDomains!: string[];
}

class IdentityProviderDto {
  @ApiProperty() id!: string;
  @ApiProperty() name!: string;
  @ApiProperty() issuer!: string;
  @ApiProperty() clientId!: string;
  @ApiProperty({ type: [String] }) emailDomains!: string[];
}

class IdentityProvidersDto {
  @ApiProperty({ type: [IdentityProviderDto] }) items!: IdentityProviderDto[];
}

@Described('Identity providers', 'session')
@Controller('v1/identity-providers')
export class IdentityProvidersController {
  constructor(@Inject(IdentityProviders) private readonly providers: IdentityProviders) {}

  @Get()
  @AllowRoles('auditor', 'admin')
  @ApiOperation({ summary: 'The OpenID providers that the facility’s people sign in by' })
  @ApiResponse({ status: 200, type: IdentityProvidersDto })
  async list(@Caller() caller: Principal): Promise<object> {
    return { items: (await this.providers.list(caller)).map(presented) };
  }

  @Post()
  @AllowRoles('admin')
  @ApiOperation({
    summary: 'Add an OpenID provider',
    description:
      'Asked at once whether it answers as one. It signs in people who were invited, to this facility alone.',
  })
  @ApiBody({ type: NewIdentityProviderDto })
  @ApiResponse({ status: 201, type: IdentityProviderDto })
  async add(@Caller() caller: Principal, @Body() body: unknown): Promise<object> {
    const { clientSecret, ...given } = readFields(body, {
      name: line(80),
      issuer: issuerUrl,
      clientId: line(200),
      clientSecret: optional(secretText),
      emailDomains: domainNames,
    });
    return presented(await this.providers.add(caller, clientSecret ? { ...given, clientSecret } : given));
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowRoles('admin')
  @ApiOperation({ summary: 'Remove an OpenID provider', description: 'Sessions that it began end.' })
  @ApiResponse({ status: 204 })
  withdraw(@Caller() caller: Principal, @Param('id') id: string): Promise<void> {
    return this.providers.withdraw(caller, id);
  }
}

function presented({ id, name, issuer, clientId, emailDomains }: IdentityProvider): Record<string, unknown> {
  return { id, name, issuer, clientId, emailDomains };
}
