import { type AdmissionRequest, type Fault, sentIndex } from './request';

/** Whether there is a program of this facility, or a payer of the directory, by this id. */
export interface KnownReferences {
  program(id: string): Promise<boolean>;
  payer(id: string): Promise<boolean>;
}

/** Ids in a request that are of nothing. */
export async function unknownReferences(known: KnownReferences, request: AdmissionRequest): Promise<Fault[]> {
  const faults: Fault[] = [];
  if (request.program && !(await known.program(request.program.id))) {
    faults.push({
      pointer: '/program/id',
      code: 'unknown_program',
      detail: 'is no program of this facility: see GET /v1/programs',
    });
  }
  for (const [position, coverage] of request.coverages.entries()) {
    if (!coverage.payer?.id || (await known.payer(coverage.payer.id))) continue;
    const detail = 'is no payer of the directory: see GET /v1/payers?search= or send the name instead';
    faults.push({ pointer: payerIdPointer(request, position), code: 'unknown_payer', detail });
  }
  return faults;
}

/** Where the request, as it was sent, names the payer of a coverage by its id. */
export function payerIdPointer(request: Pick<AdmissionRequest, 'sentAs'>, position: number): string {
  return `/coverages/${sentIndex(request, position)}/payer/id`;
}

/** Looks each id up once: many requests speak of few programs and payers. */
export function rememberingReferences(known: KnownReferences): KnownReferences {
  return { program: remembering((id) => known.program(id)), payer: remembering((id) => known.payer(id)) };
}

function remembering(look: (id: string) => Promise<boolean>): (id: string) => Promise<boolean> {
  const seen = new Map<string, Promise<boolean>>();
  return (id) => {
    const before = seen.get(id);
    if (before) return before;
    const found = look(id);
    seen.set(id, found);
    return found;
  };
}
