import type { CostShare, CostShareRule, EstimateCase, NotCovered, SettledAuthorization } from '../estimate-case';
import { costShare } from '../read-cost-share';
import { choice, type Reader, refuse, wholeNumber } from '../readers';
import { hypothesesOf } from '../rule-in-use';
import { isOpenAuthorization, isOpenRule } from '../unknowns';
import { type ConflictAnswer, isInConflict, withoutConflict } from './answer-conflict';
import { type PendingClaimsAnswer, withPendingClaims } from './answer-pending-claims';
import { benefitsOf, changeCoverage, changeSide } from './change-benefits';
import { refuseChange } from './change-fault';
import { type QuestionPlace, questionPlace } from './question-place';

/** To `network:…`. */
export type NetworkAnswer = 'in' | 'out';
/** To `cost_share:…`: the share, the index of one of those asked about (from 0; of an unstated one 0 is everything, 1 nothing), or none. */
export type CostShareAnswer = CostShare | number | 'not_covered';
/**
 * To `authorization:…`: it holds for the whole program (`extended`); no extension comes (`not_extended`), or so many days in all
 * and no more (a number); none is required; one is required and there is none (`required`, where a penalty was asked about).
 */
export type AuthorizationAnswer = 'extended' | 'not_extended' | 'required' | 'not_required' | number;

export type Answer = NetworkAnswer | CostShareAnswer | ConflictAnswer | PendingClaimsAnswer | AuthorizationAnswer;

/** Answers by the id of their question. */
export type Answers = Readonly<Record<string, Answer>>;

/**
 * A case in which a question is answered, so that it is asked no more.
 *
 * Throws a ChangeFault `no_such_question`, and the CaseFault of an answer that the question does not have.
 * Source: estimate contract, table of questions.
 */
export function answerQuestion(given: EstimateCase, id: string, answer: Answer): EstimateCase {
  const place = questionPlace(id);
  const path = `/answers/${id}`;
  if (!place || !isAsked(given, place))
    return refuseChange('no_such_question', path, 'an answer to a question of the estimate is expected');
  switch (place.code) {
    case 'network':
      return changeCoverage(given, place.coverage, (old) => ({ ...old, network: NETWORK(answer, path) }));
    case 'cost_share':
      return changeSide(given, place, ({ costShares }) => ({
        costShares: costShares.map((rule, at) => (at === place.rule ? answeredRule(rule, answer, path) : rule)),
      }));
    case 'accumulator_conflict':
      return withoutConflict(given, CONFLICT(answer, path));
    case 'pending_claims':
      return withPendingClaims(given, PENDING_CLAIMS(answer, path));
    case 'authorization':
      return changeSide(given, place, ({ authorization }) =>
        authorization ? { authorization: answeredAuthorization(authorization, answer, path) } : {},
      );
  }
}

const NETWORK = choice<NetworkAnswer>('in', 'out');
const CONFLICT = choice<ConflictAnswer>('larger', 'smaller', 'stated', 'limit_less_used');
const PENDING_CLAIMS = choice<PendingClaimsAnswer>('posted', 'not_posted');
const NOT_COVERED = choice('not_covered');
const PAST_APPROVAL = choice('extended', 'not_extended', 'not_required');
const PENALTY = choice('extended', 'required', 'not_required');

/** True where the case has this unknown, on a side that is looked at or not. */
function isAsked(given: EstimateCase, place: QuestionPlace): boolean {
  switch (place.code) {
    case 'network':
      return given.coverages[place.coverage]?.network === 'unknown';
    case 'cost_share': {
      const rule = benefitsOf(given.coverages[place.coverage], place.side)?.costShares[place.rule];
      return rule !== undefined && isOpenRule(rule);
    }
    case 'accumulator_conflict':
      return isInConflict(given);
    case 'pending_claims':
      return given.pendingClaims !== undefined && given.coverages.length > 0;
    case 'authorization': {
      const authorization = benefitsOf(given.coverages[place.coverage], place.side)?.authorization;
      return authorization !== undefined && isOpenAuthorization(authorization);
    }
  }
}

function answeredRule(rule: CostShareRule, answer: Answer, path: string): CostShareRule {
  const about = { appliesTo: rule.appliesTo, ...(rule.setting ? { setting: rule.setting } : {}) };
  if ('notCovered' in rule) return rule;
  if (typeof answer === 'string') return { ...about, ...notCovered(answer, path) };
  return { ...about, ...(typeof answer === 'number' ? hypothesisAt(rule, answer, path) : costShare(answer, path)) };
}

const notCovered: Reader<NotCovered> = (answer, path) => {
  NOT_COVERED(answer, path);
  return { notCovered: true };
};

function hypothesisAt(rule: Exclude<CostShareRule, NotCovered>, index: number, path: string): CostShare {
  const hypotheses = hypothesesOf(rule);
  const chosen = hypotheses[wholeNumber(0, hypotheses.length - 1)(index, path)];
  return chosen ?? refuse('out_of_range', path, `one of ${hypotheses.length} shares is expected`);
}

function answeredAuthorization(asked: SettledAuthorization, answer: Answer, path: string): SettledAuthorization {
  const { required, gaps: _, ...inAll } = asked;
  if (typeof answer === 'number')
    return { ...inAll, required, approvedDays: wholeNumber(0)(answer, path), extension: 'refused' };
  switch ((asked.approvedDays === undefined ? PENALTY : PAST_APPROVAL)(answer, path)) {
    case 'extended':
      return { required };
    case 'not_extended':
      return { ...asked, extension: 'refused' };
    case 'required':
      return { ...asked, required: 'yes' };
    case 'not_required':
      return { required: 'no' };
  }
}
