import type { Issue, Source } from './snapshot';

/** Where interpretation reports what it noticed. */
export interface Findings {
  readonly issues: Issue[];
  report(severity: Issue['severity'], code: string, source: Source, message: string): void;
}

/** An empty list of findings. */
export function newFindings(): Findings {
  const issues: Issue[] = [];
  return {
    issues,
    report: (severity, code, source, message) => issues.push({ severity, code, at: placeOf(source), message }),
  };
}

/** A source as the place of an issue: `segment 12`, or a JSON Pointer. */
export function placeOf(source: Source): string {
  return source.path ?? `segment ${source.segment ?? 1}`;
}
