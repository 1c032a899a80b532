export { stediAdapter } from './stedi-adapter';
