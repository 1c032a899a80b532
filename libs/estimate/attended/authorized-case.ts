import type { Source } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type { BuiltCase } from '../case-from-benefits/build-estimate-case';
import type { Benefits, Coverage, SettledAuthorization } from '../estimate-case';
import { editsOf, forget, settleUnknown } from '../phone/case-edits';
import type { AuthorizedDays } from './authorized-days';

/** What was authorized of a coverage, and the records that say so. */
export interface CoverageAuthorization {
  readonly authorized: AuthorizedDays;
  readonly source: Source;
}

/** A decision with the authorization that was recorded: a recorded decision of the payer's tells whether one is needed. */
export function authorizedIop(iop: IopBenefit, { authorized }: CoverageAuthorization): IopBenefit {
  if (iop.decision !== 'covered' && iop.decision !== 'covered_with_conditions') return iop;
  const others = iop.conditions.filter((condition) => condition !== 'authorization_required');
  const conditions = authorized.required === 'yes' ? ['authorization_required', ...others] : others;
  return {
    ...iop,
    authorization: authorized.required,
    conditions,
    decision: conditions.length > 0 ? 'covered_with_conditions' : 'covered',
    unknowns: iop.unknowns.filter((unknown) => unknown !== 'authorization'),
  };
}

/** A case with the authorizations that were recorded, on both sides of their coverage. */
export function authorizedCase(
  built: BuiltCase,
  authorizations: readonly (CoverageAuthorization | undefined)[],
): BuiltCase {
  if (authorizations.every((one) => !one)) return built;
  const edits = editsOf(built);
  const coverages = built.case.coverages.map((coverage, index): Coverage => {
    const recorded = authorizations[index];
    if (!recorded) return coverage;
    const { authorized, source } = recorded;
    for (const side of ['', '/outOfNetwork']) {
      const path = `/coverages/${index}${side}/authorization`;
      forget(edits, `${path}/required`);
      const figures = authorized.approvedDays === undefined ? ['required'] : ['required', 'approvedDays'];
      if (side === '' || coverage.outOfNetwork)
        edits.sources.push(...figures.map((key) => ({ path: `${path}/${key}`, source: [source], coverage: index })));
    }
    settleUnknown(edits, 'authorization');
    const { outOfNetwork } = coverage;
    return {
      ...coverage,
      ...authorizedSide(coverage, authorized),
      ...(outOfNetwork ? { outOfNetwork: { ...outOfNetwork, ...authorizedSide(outOfNetwork, authorized) } } : {}),
    };
  });
  return { ...built, ...edits, case: { ...built.case, coverages } };
}

function authorizedSide(
  { authorization }: Benefits,
  { required, approvedDays, gaps, isRefused }: AuthorizedDays,
): { authorization: SettledAuthorization } {
  if (required === 'no') return { authorization: { required } };
  return {
    authorization: {
      ...authorization,
      required,
      ...(approvedDays === undefined ? {} : { approvedDays }),
      ...(gaps.length > 0 ? { gaps } : {}),
      ...(isRefused ? { extension: 'refused' } : {}),
    },
  };
}
