export { caseUnderWay } from './case-under-way';
export { type EarlierAnswer, earlierAnswer, type PostedDay } from './earlier-answer';
