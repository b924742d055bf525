export { registerSignIn as registerSignInPart } from '../sign-in/pages.ts';
