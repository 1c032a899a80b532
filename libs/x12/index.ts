export * from './acknowledgement';
export { NAME_REPLACEMENTS, nameFault, type Sayable, sayId, sayName } from './character-set';
export * from './check';
export { readDate, writeDate } from './date';
export { DEFAULT_DELIMITERS } from './delimiters';
export * from './envelope';
export { GUIDE_270, GUIDE_271, GUIDE_999, guideBinds, guideFor, TA1 } from './guide';
export type { ElementRule, Guide, LoopRule, SegmentRule, Usage } from './guide/rule';
export {
  type BenefitLoop,
  type Hierarchy,
  type HierarchyLevel,
  type LevelKind,
  type RelatedEntity,
  readHierarchy,
} from './hierarchy';
export type { Inquiry270, Person270 } from './inquiry-270';
export { IssueList, X12Error, type X12Issue, type X12IssueCode, type X12Refusal } from './issue';
export { ownText } from './own-text';
export * from './read';
export * from './segment';
export { withOne } from './short-list';
export { createSegmentStream, createX12Stream, type X12Stream, type X12StreamItem } from './stream';
export { write270 } from './write-270';
export {
  type EnvelopeContent,
  type InterchangeContent,
  type Party,
  type TransactionContent,
  writeInterchange,
} from './write-interchange';
export {
  type ElementContent,
  type SegmentContent,
  type WriteFault,
  type WriteFaultCode,
  type Written,
  writeSegments,
} from './write-segment';
