export { x12Adapter } from './x12-adapter';
