import type { Source } from '../snapshot';

/** A value in a JSON document together with its place. Whatever is asked of a value of another type is simply not there. */
export class JsonNode {
  constructor(
    readonly value: unknown,
    /** JSON Pointer (RFC 6901); the whole document is the empty string. */
    readonly pointer: string = '',
  ) {}

  /** A member of an object, or an element of an array; a node without value when there is none. */
  get(key: string | number): JsonNode {
    const holder = this.value;
    const escaped = String(key).replace(/~/g, '~0').replace(/\//g, '~1');
    const found = isHolder(holder) && Object.hasOwn(holder, key) ? holder[key] : undefined;
    return new JsonNode(found, `${this.pointer}/${escaped}`);
  }

  /** The node at the end of a path of members. */
  at(...path: readonly (string | number)[]): JsonNode {
    return path.reduce<JsonNode>((node, key) => node.get(key), this);
  }

  /** The elements of a member that is an array; none when it is not. */
  list(key: string): JsonNode[] {
    const node = this.get(key);
    return Array.isArray(node.value) ? node.value.map((_, index) => node.get(index)) : [];
  }

  /** A member as text without surrounding blanks: strings and numbers; `undefined` when blank or of another type. */
  text(key: string | number): string | undefined {
    return this.get(key).asText();
  }

  /** The value itself as text. */
  asText(): string | undefined {
    const text = typeof this.value === 'number' ? String(this.value) : this.value;
    return typeof text === 'string' ? text.trim() || undefined : undefined;
  }

  /** The names of the members of an object. */
  keys(): string[] {
    return isHolder(this.value) && !Array.isArray(this.value) ? Object.keys(this.value) : [];
  }

  get exists(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  /** The place as the source of what stands there. */
  get source(): Source {
    return { path: this.pointer };
  }
}

function isHolder(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null;
}
