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

  /** An element of blanks alone says nothing and counts as empty. */
  element(position: number): string | undefined {
    this.parts ??= this.raw.split(this.delimiters.element);
    const value = position > 0 ? this.parts[position] : undefined;
    return value === undefined || isBlank(value) ? undefined : value;
  }

  /** Empty repetitions (`AD^^AE`) are left out. */
  repetitions(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
    const separator = this.delimiters.repetition;
    if (separator === '' || !value.includes(separator)) return [value];
    return value.split(separator).filter((part) => part.trim() !== '');
  }

  /** Empty components keep their place (`HC::H0015` has three). */
  components(position: number): string[] {
    const value = this.element(position);
    if (value === undefined) return [];
    return this.delimiters.component === '' ? [value] : value.split(this.delimiters.component);
  }
}

/** Most values begin with a letter or digit, and those without need no closer look. */
function isBlank(value: string): boolean {
  return value === '' || (!(value.charCodeAt(0) > 0x20 && value.charCodeAt(0) < 0x7f) && value.trim() === '');
}
