import { sealedTables } from '../keys/sealed-tables';
import { toldToPatients } from './patient-tables';

describe('what a patient who asks for everything is told', () => {
  test('is decided for every table that is encrypted under a facility’s keys, and for no other', () => {
    const sealed = sealedTables.filter((one) => one.of === 'facility').map(({ table }) => table);
    expect(Object.keys(toldToPatients).sort()).toEqual(sealed.sort());
  });
});
