import type { MemberJson } from '@openvob/results';

const kinds: Readonly<Record<string, string>> = {
  worker: 'OpenVOB',
  api_key: 'Another system',
  intake_source: 'The intake website',
  command: 'A command at the server',
};

/** `person:per_1` is a name; machines are what they are. */
export function nameOf(who: string, people: readonly Pick<MemberJson, 'id' | 'name'>[]): string {
  const [kind = '', id = ''] = who.split(':');
  if (kind === 'person') return people.find((one) => one.id === id)?.name ?? 'Somebody who has left';
  return kinds[kind] ?? who;
}
