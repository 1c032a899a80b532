export * from './adapter';
export * from './endpoint';
export * from './no-answer';
export * from './pick-answer';
export * from './right-person';
export { isSameFirstName, isSameLastName } from './same-name';
