import { type Findings, newFindings } from './findings';

/** So many of one kind are told one by one; a document that has more has them everywhere. */
const MOST_OF_A_KIND = 100;

/** Findings of which at most a hundred of a kind are kept; that there are more is a finding itself, once a kind. */
export function boundedFindings(): Findings {
  const { issues, report } = newFindings();
  const counts = new Map<string, number>();
  return {
    issues,
    report: (severity, code, source, message) => {
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count <= MOST_OF_A_KIND) report(severity, code, source, message);
      if (count === MOST_OF_A_KIND + 1)
        report(severity, code, source, 'There are more of this kind, which are not listed.');
    },
  };
}
