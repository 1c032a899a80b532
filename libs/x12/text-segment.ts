import type { Delimiters, Segment } from './segment';

/** A segment that keeps its text and splits it when first asked. */
export class TextSegment implements Segment {
  readonly number: number;
  readonly id: string;
  readonly raw: string;
  private readonly delimiters: Delimiters;
  private parts: string[] | undefined;

  constructor(number: number, raw: string, delimiters: Delimiters) {
    this.number = number;
    this.raw = raw;
    this.delimiters = delimiters;
    const end = raw.indexOf(delimiters.element);
    this.id = end < 0 ? raw : raw.slice(0, end);
  }

  get elementCount(): number {
    return this.split().length - 1;
  }

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    const value = position > 0 ? this.split()[position] : undefined;
    return value === undefined || value === '' || isBlank(value) ? undefined : value;
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
    const separator = this.delimiters.repetition;
    if (separator === '' || !value.includes(separator)) return [value];
    return value.split(separator).filter((part) => part !== '' && !isBlank(part));
  }

  /** Empty components keep their place (`HC::H0015` has three). */
  components(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
    return this.delimiters.component === '' ? [value] : value.split(this.delimiters.component);
  }

  private split(): readonly string[] {
    if (this.parts === undefined) this.parts = this.raw.split(this.delimiters.element);
    return this.parts;
  }
}

/** Most values begin with a letter or digit, and those without need no closer look. */
function isBlank(value: string): boolean {
  const first = value.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && value.trim() === '';
}
