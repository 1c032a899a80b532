import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  EmergencyAccesses,
  IdentityProviders,
  Links,
  MachineKeys,
  Members,
  OidcSignIn,
  OwnAccount,
  RateLimits,
  Sessions,
  SignIn,
} from '@openvob/access';
import { EmergencyAccessController } from './emergency-access.controller';
import { IdentityProvidersController } from './identity-providers.controller';
import { KeysController } from './keys.controller';
import { LinksController } from './links.controller';
import { OwnAccountController } from './own-account.controller';
import { PendingSignIns } from './pending-sign-ins';
import { PeopleController } from './people.controller';
import { PeopleParts } from './people-parts';
import { ProviderSignInController } from './provider-sign-in.controller';
import { SessionController } from './session.controller';

/** Everything that people do about themselves and one another. */
@Module({})
export class PeopleModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(@Inject(PeopleParts) private readonly people: PeopleParts) {}

  static of(people: PeopleParts): DynamicModule {
    return {
      module: PeopleModule,
      controllers: [
        SessionController,
        OwnAccountController,
        LinksController,
        PeopleController,
        KeysController,
        EmergencyAccessController,
        ProviderSignInController,
        IdentityProvidersController,
      ],
      exports: [RateLimits],
      providers: [
        { provide: PeopleParts, useValue: people },
        { provide: SignIn, useValue: people.signIn },
        { provide: Sessions, useValue: people.sessions },
        { provide: OwnAccount, useValue: people.account },
        { provide: Links, useValue: people.links },
        { provide: RateLimits, useValue: people.limits },
        { provide: PendingSignIns, useValue: people.pending },
        { provide: IdentityProviders, useValue: people.providers },
        { provide: OidcSignIn, useValue: people.oidc },
        { provide: Members, useValue: people.members },
        { provide: EmergencyAccesses, useValue: people.emergencies },
        { provide: MachineKeys, useValue: people.machineKeys },
      ],
    };
  }

  onApplicationBootstrap(): void {
    this.people.start();
  }

  /** While requests still run: what goes on after its answer, and mail under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.people.stop();
  }
}
