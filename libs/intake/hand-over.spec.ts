import { Problem } from '@openvob/platform';
import { readHandOver } from './hand-over';

function faultsOf(body: unknown): string[] {
  try {
    readHandOver(body);
    return [];
  } catch (error) {
    if (error instanceof Problem) return (error.options.fields ?? []).map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
}

describe('a hand-over', () => {
  test.each<[string, unknown, object]>([
    ['goes to somebody', { assignee: 'dana@facility.test' }, { assignee: 'dana@facility.test' }],
    ['leaves blanks at the ends out', { assignee: '  Dana Reyes ' }, { assignee: 'Dana Reyes' }],
    ['takes a note along', { assignee: 'dana', note: ' Over to you. ' }, { assignee: 'dana', note: 'Over to you.' }],
    ['goes to nobody', { assignee: null }, {}],
  ])('%s', (_, body, read) => {
    expect(readHandOver(body)).toEqual(read);
  });

  test.each<[string, unknown, string[]]>([
    ['an unknown field', { assignee: 'dana', 'ex/tra': 1 }, ['/ex~1tra unknown_field']],
    ['nobody named', {}, ['/assignee wrong_type']],
    ['no object', ['dana'], ['/assignee wrong_type']],
    ['a number', { assignee: 7 }, ['/assignee wrong_type']],
    ['blanks', { assignee: '  ' }, ['/assignee wrong_type']],
    ['a name that is too long', { assignee: 'd'.repeat(121) }, ['/assignee wrong_type']],
    ['two lines', { assignee: 'a\nb' }, ['/assignee character_not_allowed']],
    ['a control character', { assignee: 'a\u0007b' }, ['/assignee character_not_allowed']],
    ['a line separator', { assignee: 'a\u2028b' }, ['/assignee character_not_allowed']],
    ['the word that the worklist has for nobody', { assignee: ' none ' }, ['/assignee unusable']],
    ['an empty note beside a wrong name', { assignee: 'none', note: '' }, ['/assignee unusable', '/note too_short']],
  ])('is refused with %s', (_, body, faults) => {
    expect(faultsOf(body)).toEqual(faults);
  });
});
