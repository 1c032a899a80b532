export * from './adapter';
export * from './right-person';
export { isSameFirstName, isSameLastName } from './same-name';
