import { type ApiKeys, PasswordHasher, Sessions, SignIn } from '@openvob/access';
import type { Clock, Config, FieldCipher } from '@openvob/platform';
import { type Database, StoredSessions, StoredSignIns } from '@openvob/store';
import { Entry } from './entry';

export interface PeopleNeeds {
  database: Database;
  cipher: FieldCipher;
  config: Config;
  clock: Clock;
  keys: ApiKeys;
}

/** Everything about people and their sessions, put together by hand. */
export class PeopleParts {
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly entry: Entry;

  constructor({ database, cipher, config, clock, keys }: PeopleNeeds) {
    const hasher = new PasswordHasher();
    this.sessions = new Sessions(new StoredSessions(database), clock);
    this.signIn = new SignIn(new StoredSignIns(database, cipher), hasher, clock);
    this.entry = new Entry({ keys, sessions: this.sessions, publicOrigin: config.access.publicOrigin });
  }
}
