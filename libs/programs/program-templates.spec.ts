import { programWarnings } from './level-two-one';
import { onTrack, planFrom } from './program-template';
import { programTemplates } from './program-templates';
import { expandSchedule } from './schedule';

const START = '2026-01-07';
const variants = programTemplates.flatMap((template) =>
  template.variants.map(({ name }) => ({ id: template.id, name, template })),
);

describe('program templates', () => {
  it('are the four published programs, each by its own id', () => {
    expect(programTemplates.map(({ id }) => id)).toEqual([
      'midwood',
      'another-chance',
      'harbor-wellness',
      'northpoint-seattle',
    ]);
  });

  it.each(variants)('$id, $name: lie within level 2.1 and can be scheduled', ({ template, name }) => {
    const plan = planFrom(template, START, name);
    expect(programWarnings(plan, template.sessionHours)).toEqual([]);
    const { days, programDays } = expandSchedule(plan, START);
    expect(programDays).toBeGreaterThan(24);
    const scheduled = new Set(days.flatMap(({ services }) => services.map(({ code }) => code)));
    expect([...scheduled].sort()).toEqual([...new Set(plan.services.map(({ code }) => code))].sort());
  });

  it('name what their publications do not say', () => {
    for (const { assumed } of programTemplates) expect(assumed.length).toBeGreaterThan(1);
  });

  it('bill the assessment on the first day', () => {
    const [midwood] = programTemplates;
    if (!midwood) throw new Error('no template');
    expect(planFrom(midwood, START).services[0]).toEqual({ code: '90792', kind: 'assessment', on: { dates: [START] } });
  });

  it('offer a hybrid week and a virtual one', () => {
    const harbor = programTemplates.find(({ id }) => id === 'harbor-wellness');
    if (!harbor) throw new Error('no template');
    const settings = (variant: string) =>
      expandSchedule(planFrom(harbor, '2026-01-05', variant), '2026-01-05')
        .days.slice(0, 5)
        .map(({ setting }) => setting === 'virtual');
    expect(settings('hybrid')).toEqual([false, true, false, true, true]);
    expect(settings('virtual')).toEqual([true, true, true, true, true]);
    expect(() => planFrom(harbor, START, 'by post')).toThrow(/in person, hybrid, virtual/);
  });

  it('change the code of their program day with the track', () => {
    const [midwood] = programTemplates;
    if (!midwood) throw new Error('no template');
    const plan = onTrack(planFrom(midwood, START), 'mh');
    expect(plan.track).toBe('mh');
    expect(plan.services.map(({ code }) => code)).toEqual(['90792', 'S9480', '99214']);
  });
});
