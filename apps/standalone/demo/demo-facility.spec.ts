import { expandSchedule } from '@openvob/programs';
import { demoPrograms } from './demo-facility';

describe('the demo programs', () => {
  const programs = demoPrograms('2026-11-21');

  it('are closed on Thanksgiving, Christmas and New Year’s Day', () => {
    for (const { plan } of programs) {
      const dates = expandSchedule(plan, '2026-11-23').days.map(({ date }) => date);
      expect(dates).not.toContain('2026-11-26');
      expect(plan.closedOn).toEqual(expect.arrayContaining(['2026-11-26', '2026-12-25', '2027-01-01', '2025-12-25']));
    }
  });

  it('say that this is the facility’s choice', () => {
    for (const { description } of programs) {
      expect(description).toMatchObject({
        assumed: expect.arrayContaining([
          {
            path: '/variants/0/plan/closedOn',
            text: expect.stringContaining('federal holidays, 2025-01-01 to 2028-12-25'),
          },
        ]),
      });
    }
  });
});
