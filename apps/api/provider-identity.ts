import { type FieldReader, line, optional, type Principal, readFields } from '@openvob/access';
import { type Clock, Problem } from '@openvob/platform';
import type { ProviderIdentity, StoredProviderIdentity } from '@openvob/store';
import { actorOf } from './actor';

const longestName = 60; // NM103

/** Reads and changes how a facility names itself to payers. */
export class ProviderIdentityService {
  constructor(private readonly parts: { identities: StoredProviderIdentity; clock: Clock }) {}

  async read(caller: Principal): Promise<object> {
    return presented(await this.parts.identities.read(caller.facilityId));
  }

  /** @throws Problem `validation_failed` */
  async change(caller: Principal, body: unknown): Promise<object> {
    const { identities, clock } = this.parts;
    const change = readFields(body, {
      name: optional(line(longestName)),
      npi: optional(npi),
      secondNpi: optional(orNone(npi)),
      taxonomyCode: optional(orNone(taxonomyCode)),
    });
    const before = await identities.read(caller.facilityId);
    if ((change.npi ?? before.npi) === (change.secondNpi === undefined ? before.secondNpi : change.secondNpi))
      throw new Problem('validation_failed', {
        fields: [{ pointer: '/secondNpi', code: 'unusable', detail: 'must be another NPI than the first' }],
      });
    return presented(await identities.change(caller.facilityId, change, actorOf(caller), clock.now()));
  }
}

function presented({ name, npi: first, secondNpi, taxonomyCode: taxonomy }: ProviderIdentity): object {
  return {
    name,
    npi: first,
    ...(secondNpi === null ? {} : { secondNpi }),
    ...(taxonomy === null ? {} : { taxonomyCode: taxonomy }),
  };
}

/** Ten digits, the last of which checks the others (45 CFR 162.406). */
const npi: FieldReader<string> = (value) => {
  if (typeof value === 'string' && /^[12]\d{9}$/.test(value) && isChecked(`80840${value}`)) return { value };
  return {
    fault: { code: 'unusable', detail: 'must be an NPI: ten digits, beginning with 1 or 2, with its check digit' },
  };
};

const taxonomyCode: FieldReader<string> = (value) => {
  if (typeof value === 'string' && /^[A-Z0-9]{9}X$/.test(value)) return { value };
  return { fault: { code: 'unusable', detail: 'must be a taxonomy code: ten letters and digits, the last one X' } };
};

function orNone<T>(reader: FieldReader<T>): FieldReader<T | null> {
  return (value) => (value === null ? { value: null } : reader(value));
}

/** The Luhn formula: of the digits from the right every second one is doubled, and all digits together make tens. */
function isChecked(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
