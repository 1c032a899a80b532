import { type DynamicModule, Module } from '@nestjs/common';
import { Sessions, SignIn } from '@openvob/access';
import type { PeopleParts } from './people-parts';
import { SessionController } from './session.controller';

/** Everything that people do about themselves and one another. */
@Module({})
export class PeopleModule {
  static of(people: PeopleParts): DynamicModule {
    return {
      module: PeopleModule,
      controllers: [SessionController],
      providers: [
        { provide: SignIn, useValue: people.signIn },
        { provide: Sessions, useValue: people.sessions },
      ],
    };
  }
}
