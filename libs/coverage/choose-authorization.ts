import { type Snapshot, tells } from '@openvob/benefits';
import { placeOf } from './accumulator-amounts';
import { networkFit } from './fit';
import { isBehavioralScope, SCOPE, scopeOf } from './scope';
import type { Situation } from './situation';

type Said = Snapshot['authorizations'][number];

const STRICTNESS = { yes: 2, unknown: 1, no: 0 } as const;
/** A message on one service's row that speaks of the whole plan. */
const OF_PLAN = /\bPLAN REQUIRES\b/i;

/**
 * Whether a program needs authorization: by the nearest service that says so, in this network; of several the strictest.
 * That the plan as a whole needs none does not tell it of a program. Source: reference/benefits.md 1.8 (EB11).
 */
export function chooseAuthorization(snapshot: Snapshot, situation: Situation): 'yes' | 'no' | 'unknown' {
  const procedures = new Map(
    snapshot.basis?.procedures?.map(({ source, procedure }) => [placeOf([source]), procedure]),
  );
  const scored = snapshot.authorizations.flatMap((said) => {
    const procedure = procedures.get(placeOf([said.source]));
    const scope = scopeOfAuthorization(said, procedure, situation);
    const network = networkFit(said.network, situation.network);
    return scope === undefined || network === undefined ? [] : [{ said, scope, network }];
  });
  const [first] = scored.sort(
    (a, b) => b.scope - a.scope || b.network - a.network || STRICTNESS[b.said.required] - STRICTNESS[a.said.required],
  );
  return first?.said.required ?? 'unknown';
}

function scopeOfAuthorization(said: Said, procedure: string | undefined, { track }: Situation): number | undefined {
  const texts = said.text === undefined ? [] : [said.text];
  if (tells(texts, 'other_care')) return undefined;
  const row = { serviceTypes: said.serviceTypes, messages: texts };
  const scope = scopeOf(procedure === undefined ? row : { ...row, procedure }, track);
  if (isBehavioralScope(scope)) return scope;
  const ofPlan = scope === SCOPE.plan || texts.some((text) => OF_PLAN.test(text));
  return ofPlan && said.required !== 'no' ? SCOPE.plan : undefined;
}
