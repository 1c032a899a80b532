import type { IopRequest } from '@openvob/coverage';
import type { DirectoryPayer, PayerDirectory } from './ports';
import { type RunInProgress, underWayOn } from './run-in-progress';
import { settingOf } from './worked-out';

/**
 * The payer of the directory that an answer names: by its name, or by its id where several go by that name. An id alone is not enough: it may be another
 * network's.
 */
export async function directoryPayer(
  directory: PayerDirectory,
  { name, id }: { name: string; id?: string },
): Promise<DirectoryPayer | undefined> {
  const { exact, candidates } = await directory.byName(name);
  if (exact || id === undefined) return exact;
  const byId = (await directory.byName(id)).exact;
  return candidates.find((candidate) => candidate.id === byId?.id);
}

/** What an answer is chosen for in this run: in network, unless the caller says otherwise. */
export function iopRequestOf(run: RunInProgress): IopRequest {
  const { claim, plan, startDate } = run;
  const network = claim.request.admission.network === 'out' ? 'out' : 'in';
  return { track: plan.track, network, setting: settingOf(plan), on: underWayOn(run) ?? startDate };
}
