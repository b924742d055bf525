export { registerSalesPages as registerSalesPart } from '../sales/pages.ts';
