import { type Estimate, type EstimateCase, estimate, parseChange, whatIf } from '@openvob/estimate';
import { Problem } from '@openvob/platform';
import { type ProgramTemplate, withFirstDay } from '@openvob/programs';

/** A program that a what-if may name. */
type NamedProgram = { id: string } & { plan: EstimateCase['program']; onFirstDay: ProgramTemplate['onFirstDay'] };

/**
 * The estimate with something changed: other start, network, program, phases, rates, or answered questions. Nothing is stored.
 *
 * @param body `{ startDate?, network?, programId?, phases?, rates?, answers? }`
 * @throws Problem `wrong_state` when there is no estimate yet, `unknown_program`, `validation_failed`
 */
export function estimateWhatIf(
  base: EstimateCase | undefined,
  programs: readonly NamedProgram[],
  body: unknown,
): Estimate {
  if (!base) throw new Problem('wrong_state', { detail: 'There is no estimate to change yet.' });
  const { programId, ...change } = checkedKeys(body);
  const parsed = parseChange(change);
  if (!parsed.ok) throw refused(parsed.error);
  const program =
    programId === undefined ? undefined : planOf(programs, programId, parsed.change.startDate ?? base.startDate);
  const changed = whatIf(base, { ...parsed.change, ...(program ? { program } : {}) });
  if (!changed.ok) throw refused(changed.error);
  return estimate(changed.case);
}

const keys: ReadonlySet<string> = new Set(['startDate', 'network', 'programId', 'phases', 'rates', 'answers']);

function checkedKeys(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw refused({ code: 'wrong_type', path: '', message: 'must be a JSON object' });
  }
  const unknown = Object.keys(body).find((key) => !keys.has(key));
  if (unknown === undefined) return body as Record<string, unknown>;
  throw refused({ code: 'unknown_field', path: `/${unknown}`, message: `is not among ${[...keys].join(', ')}` });
}

function planOf(programs: readonly NamedProgram[], programId: unknown, startDate: string): EstimateCase['program'] {
  const program = programs.find(({ id }) => id === programId);
  if (program) return withFirstDay(program.plan, program.onFirstDay, startDate);
  throw new Problem('unknown_program', {
    fields: [
      {
        pointer: '/programId',
        code: 'unknown_program',
        detail: 'is no program of this facility: see GET /v1/programs',
      },
    ],
  });
}

function refused({ code, path, message }: { code: string; path: string; message: string }): Problem {
  return new Problem('validation_failed', { fields: [{ pointer: path, code, detail: message }] });
}
