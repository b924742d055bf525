export { registerPersonalLink as registerLinkPart } from '../customer/personal-link.ts';
