/** One figure of a family; labels are few and bounded, and never hold an id of a person, a facility or a verification. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Everything of one name: what it means and its figures. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge';
  readonly samples: readonly Sample[];
}

/** A histogram whose counts were made elsewhere: `counts` has one entry a bound and one for everything above the last. */
export interface HistogramFamily {
  readonly name: string;
  readonly help: string;
  readonly type: 'histogram';
  /** Upper bounds, ascending, in the unit of the name. */
  readonly bounds: readonly number[];
  readonly series: readonly {
    readonly labels?: Readonly<Record<string, string>>;
    readonly counts: readonly number[];
    readonly sum: number;
  }[];
}

/** Prometheus' text format 0.0.4, each family with its help and type. Source: prometheus.io, "Exposition formats". */
export function familiesToText(families: readonly (Family | HistogramFamily)[]): string {
  return families.map((family) => [...head(family), ...lines(family)].join('\n')).join('\n\n');
}

export const metricsContentType = 'text/plain; version=0.0.4; charset=utf-8';

function head({ name, help, type }: Family | HistogramFamily): string[] {
  return [`# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`, `# TYPE ${name} ${type}`];
}

function lines(family: Family | HistogramFamily): string[] {
  if (family.type !== 'histogram') return family.samples.map(({ labels, value }) => line(family.name, labels, value));
  return family.series.flatMap(({ labels, counts, sum }) => {
    let total = 0;
    const buckets = counts.map((count, index) => {
      total += count;
      const bound = family.bounds[index];
      return line(`${family.name}_bucket`, { ...labels, le: bound === undefined ? '+Inf' : String(bound) }, total);
    });
    return [...buckets, line(`${family.name}_sum`, labels, sum), line(`${family.name}_count`, labels, total)];
  });
}

function line(name: string, labels: Readonly<Record<string, string>> = {}, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

/** What stands for all values beyond a bound. */
export const otherLabel = 'other';

/** Gives the first so many values a label of their own, for good; all others share `other`. Keeps the number of series bounded. */
export class BoundedLabel {
  private readonly known = new Set<string>();

  constructor(private readonly most: number) {}

  of(value: string): string {
    if (this.known.has(value)) return value;
    if (this.known.size >= this.most) return otherLabel;
    this.known.add(value);
    return value;
  }
}
