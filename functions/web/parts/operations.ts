export { registerOperationsPages as registerOperationsPart } from '../operations/pages.ts';
