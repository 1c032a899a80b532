/** One segment, split but not interpreted. Elements are numbered as in the guides: `EB03` is `element(3)`. */
export interface Segment {
  /** 1-based number of the segment in the whole file. */
  readonly number: number;
  /** Segment identifier, e.g. `EB`. */
  readonly id: string;
  /** The segment as it stands in the file, without terminator and surrounding line breaks. */
  readonly raw: string;
  /** How many elements stand in it, empty ones included. */
  readonly elementCount: number;
  /** Element by its number (1-based), undefined when absent or empty. */
  element(position: number): string | undefined;
  /** As `element`, without blanks around it. */
  value(position: number): string | undefined;
  /** The text in which the segment stands: for whoever looks at elements without cutting them out. */
  readonly text: string;
  /** Offset in `text` at which an element ends, or the identifier (0). */
  endOf(position: number): number;
  /** Repetitions of an element (`AD^AE`), empty when absent. */
  repetitions(position: number): readonly string[];
  /** Components of an element (`HC:H0015`), empty when absent. */
  components(position: number): readonly string[];
  /** What it is split by. */
  readonly delimiters: Delimiters;
}

export interface Delimiters {
  element: string;
  repetition: string;
  component: string;
  segment: string;
}
