import { generateKeyRing } from '@openvob/platform';
import { SuiteClock } from '../../../test/setup/clock';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { admissionOf, SealedFacility } from '../../../test/setup/sealed-facility';

const facilityId = 'fac_listed';
const actor = { kind: 'command', id: 'suite' } as const;

describe('who may be the same person', () => {
  let home: TestDatabase;
  let facility: SealedFacility;
  const clock = new SuiteClock('2026-03-01T12:00:00Z');

  beforeAll(async () => {
    home = await createTestDatabase();
    facility = await SealedFacility.open(home, { ring: generateKeyRing(), clock });
    await facility.setUp(facilityId);
  });
  afterAll(async () => {
    await facility.database.close();
    await home.drop();
  });

  test('is found behind however many namesakes, by birth date or member id, and nobody else is', async () => {
    const [wanted] = await facility.take(facilityId, [admissionOf('Common', '1970-05-06', 'NWH0010001')]);
    const namesakes = Array.from({ length: 120 }, (_, place) => admissionOf('Common', '1980-01-01', `OTHER${place}`));
    await facility.take(facilityId, namesakes);
    const alike = async (likeness: object): Promise<(string | undefined)[][]> => {
      const found = await facility.list.similar(facilityId, likeness, actor, clock.now());
      return found.map(({ id, because }) => [id, ...because]);
    };
    const person = { lastName: 'COMMON', birthDate: '1970-05-06' };
    expect(await alike(person)).toEqual([[wanted, 'name_and_birth_date']]);
    expect(await alike({ memberId: 'nwh0010001' })).toEqual([[wanted, 'member_id']]);
    expect(await alike({ ...person, memberId: 'NWH0010001' })).toEqual([[wanted, 'member_id', 'name_and_birth_date']]);
    expect(await alike({ lastName: 'Common', birthDate: '1971-05-06' })).toEqual([]);
    expect(await alike({ lastName: 'Common' })).toEqual([]);
  });
});
