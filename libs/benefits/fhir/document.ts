import type { JsonNode } from '../json/json-node';

/** Bundles inside Bundles are followed as deep as servers nest them: a batch response holds search results. */
const DEEPEST_BUNDLE = 4;

/** A FHIR document: its eligibility responses in file order, and all resources that references may name. */
export interface FhirDocument {
  readonly responses: readonly JsonNode[];
  /** Resources by the addresses of their entries. */
  readonly byUrl: ReadonlyMap<string, JsonNode>;
  /** Resources by type and id, `Patient/1`, as they say it themselves or as their address ends. */
  readonly byName: ReadonlyMap<string, JsonNode>;
  /** Resources by type, and system and value of an identifier. */
  readonly byIdentifier: ReadonlyMap<string, JsonNode>;
  /** Resources that a resource contains, by `#id` and by identifier. */
  containedIn(resource: JsonNode): ReadonlyMap<string, JsonNode>;
}

type ResourceType = 'Coverage' | 'Organization' | 'Patient' | 'Practitioner' | 'PractitionerRole' | 'RelatedPerson';

/** A response in its document, within which references are looked up. */
export interface Answering {
  readonly response: JsonNode;
  readonly document: FhirDocument;
  /** The resource in which the references stand, where it is not the response and may contain others itself. */
  readonly holder?: JsonNode;
}

interface Entry {
  readonly resource: JsonNode;
  readonly fullUrl: string | undefined;
}

/** Reads a response alone, or a Bundle. Anything else is a document without responses. */
export function readDocument(root: JsonNode): FhirDocument {
  const entries = entriesOf({ resource: root, fullUrl: undefined }, DEEPEST_BUNDLE);
  const resources = entries.map(({ resource }) => resource);
  return {
    responses: resources.filter((resource) => typeOf(resource) === 'CoverageEligibilityResponse'),
    byUrl: firstOf(entries.map(({ resource, fullUrl }) => [fullUrl, resource])),
    byName: firstOf([
      ...resources.map((resource) => [nameOf(resource), resource] as const),
      ...entries.map(({ resource, fullUrl }) => [endOf(fullUrl), resource] as const),
    ]),
    byIdentifier: byIdentity(resources),
    containedIn: remembering(containedIn),
  };
}

/**
 * The resource that a reference of a response names: contained in it (`#id`), beside it in the Bundle (full URL, `Type/id`),
 * or by its business identifier among resources of the types given. `undefined` when the document does not hold it.
 */
export function resolve(
  reference: JsonNode,
  { response, document, holder }: Answering,
  ...types: readonly ResourceType[]
): JsonNode | undefined {
  const target = targetOf(reference);
  const contained = [holder ?? response, response].map((each) => document.containedIn(each));
  const inside = (key: string) => contained.map((each) => each.get(key)).find((each) => each !== undefined);
  if (target?.startsWith('#')) return inside(target);
  const [name = ''] = target?.split('/_history/', 1) ?? [];
  if (target !== undefined) return document.byUrl.get(name) ?? document.byName.get(name);
  const keys = types.flatMap((type) => identityOf(type, reference.get('identifier')) ?? []);
  return keys.map((key) => document.byIdentifier.get(key) ?? inside(key)).find((each) => each !== undefined);
}

/** What a reference points at, without looking it up; some senders write the target in place of the reference. */
export function targetOf(reference: JsonNode): string | undefined {
  return reference.text('reference') ?? reference.asText();
}

/** The type of a resource. */
export function typeOf(resource: JsonNode): string | undefined {
  return resource.text('resourceType');
}

function entriesOf(entry: Entry, depth: number): Entry[] {
  if (typeOf(entry.resource) !== 'Bundle') return [entry];
  if (depth === 0) return [];
  return entry.resource
    .list('entry')
    .flatMap((each) => entriesOf({ resource: each.get('resource'), fullUrl: each.text('fullUrl') }, depth - 1));
}

function nameOf(resource: JsonNode): string | undefined {
  const [type, id] = [typeOf(resource), resource.text('id')];
  return type === undefined || id === undefined ? undefined : `${type}/${id}`;
}

/** `Patient/1` of `https://example.test/fhir/Patient/1`. */
export function endOf(fullUrl: string | undefined): string | undefined {
  const [type, id] = fullUrl?.split('/').slice(-2) ?? [];
  return type === undefined || id === undefined ? undefined : `${type}/${id}`;
}

function byIdentity(resources: readonly JsonNode[]): ReadonlyMap<string, JsonNode> {
  return firstOf(
    resources.flatMap((resource) =>
      resource.list('identifier').map((identifier) => [identityOf(typeOf(resource), identifier), resource] as const),
    ),
  );
}

function containedIn(resource: JsonNode): ReadonlyMap<string, JsonNode> {
  const contained = resource.list('contained');
  const named = contained.map((each) => [anchorOf(each), each] as const);
  return new Map([...byIdentity(contained), ...firstOf(named)]);
}

function anchorOf(resource: JsonNode): string | undefined {
  const id = resource.text('id');
  return id === undefined ? undefined : `#${id}`;
}

/** What is found in a resource is looked for once. */
function remembering<T>(find: (resource: JsonNode) => T): (resource: JsonNode) => T {
  const found = new Map<string, T>();
  return (resource) => {
    const known = found.get(resource.pointer) ?? find(resource);
    found.set(resource.pointer, known);
    return known;
  };
}

/** An identifier without a system identifies nothing beyond its sender. */
function identityOf(type: string | undefined, identifier: JsonNode): string | undefined {
  const [system, value] = [identifier.text('system'), identifier.text('value')];
  return system === undefined || value === undefined ? undefined : JSON.stringify([type, system, value]);
}

function firstOf(entries: readonly (readonly [string | undefined, JsonNode])[]): ReadonlyMap<string, JsonNode> {
  const map = new Map<string, JsonNode>();
  for (const [key, resource] of entries) if (key !== undefined && !map.has(key)) map.set(key, resource);
  return map;
}
