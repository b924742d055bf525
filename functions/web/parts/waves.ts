export { registerWavePages as registerWavesPart } from '../waves/pages.ts';
