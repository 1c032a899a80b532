export { manualAdapter } from './manual-adapter';
