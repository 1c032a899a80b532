/** What a JSON body may hold, as an API description says it. */
export type Shape =
  | { readonly kind: 'text'; readonly pattern: RegExp }
  | { readonly kind: 'list'; readonly of: Shape; readonly most: number }
  | {
      readonly kind: 'object';
      readonly members: Readonly<Record<string, Shape>>;
      readonly required: readonly string[];
    };

/** One thing that is wrong with a body, by JSON pointer. */
export interface ShapeFault {
  readonly path: string;
  readonly message: string;
}

export function text(pattern: RegExp): Shape {
  return { kind: 'text', pattern };
}

export function list(of: Shape, most: number): Shape {
  return { kind: 'list', of, most };
}

export function object(members: Readonly<Record<string, Shape>>, ...required: readonly string[]): Shape {
  return { kind: 'object', members, required };
}

/** Everything in which a value differs from a shape. A member that the shape does not know is a fault: likely a typing error. */
export function shapeFaults(value: unknown, shape: Shape, path = ''): ShapeFault[] {
  switch (shape.kind) {
    case 'text':
      return typeof value === 'string' && shape.pattern.test(value) ? [] : [fault(path, `must match ${shape.pattern}`)];
    case 'list': {
      if (!Array.isArray(value) || value.length < 1 || value.length > shape.most) {
        return [fault(path, `must be a list of 1 to ${shape.most}`)];
      }
      return value.flatMap((each, index) => shapeFaults(each, shape.of, `${path}/${index}`));
    }
    case 'object':
      return objectFaults(value, shape, path);
  }
}

function objectFaults(value: unknown, shape: Shape & { kind: 'object' }, path: string): ShapeFault[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [fault(path, 'must be an object')];
  const missing = shape.required.filter((name) => !Object.hasOwn(value, name));
  return [
    ...missing.map((name) => fault(`${path}/${name}`, 'is required')),
    ...Object.entries(value).flatMap(([name, each]) => {
      const member = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
      const at = `${path}/${name}`;
      return member === undefined ? [fault(at, 'is not known')] : shapeFaults(each, member, at);
    }),
  ];
}

function fault(path: string, message: string): ShapeFault {
  return { path, message };
}
