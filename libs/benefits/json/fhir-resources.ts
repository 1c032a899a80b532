import type { JsonNode } from './json-node';

/** The resources of a document that others may refer to: those contained and those beside it in a Bundle. */
export class FhirResources {
  constructor(private readonly bundle: JsonNode | undefined) {}

  /** The resource that a reference names, in `container.contained` (`#id`) or in the Bundle (`Type/id`, full URL). */
  resolve(reference: JsonNode, container: JsonNode): JsonNode | undefined {
    const target = reference.text('reference');
    if (target === undefined) return undefined;
    if (target.startsWith('#')) return container.list('contained').find((each) => each.text('id') === target.slice(1));
    const entries = this.bundle?.list('entry') ?? [];
    const found = entries.find((entry) => entry.text('fullUrl') === target || isNamed(entry.get('resource'), target));
    return found?.get('resource');
  }
}

/** The first code of a CodeableConcept, and its system. */
export function codingOf(concept: JsonNode): { code?: string; system?: string } {
  const [coding] = concept.list('coding');
  const code = coding?.text('code');
  const system = coding?.text('system');
  return { ...(code === undefined ? {} : { code }), ...(system === undefined ? {} : { system }) };
}

/** The text of a CodeableConcept, else the display of its first code. */
export function conceptText(concept: JsonNode): string | undefined {
  return concept.text('text') ?? concept.list('coding')[0]?.text('display');
}

/** True for a resource whose type and id end the reference, e.g. `https://example.test/fhir/Patient/1`. */
function isNamed(resource: JsonNode, reference: string): boolean {
  const [type, id] = [resource.text('resourceType'), resource.text('id')];
  if (type === undefined || id === undefined) return false;
  const name = `${type}/${id}`;
  return reference === name || reference.endsWith(`/${name}`) || reference.startsWith(`${name}/_history/`);
}
