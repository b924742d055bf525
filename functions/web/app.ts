import { createAppOf } from './app-frame.ts';
import { registerApiPart } from './parts/api.ts';
import { registerCustomerPart } from './parts/customer.ts';
import { registerIdentityPart } from './parts/identity.ts';
import { registerPublicPart } from './parts/public.ts';
import { registerStaffPart } from './parts/staff.ts';
import type { WebDependencies } from './shared/dependencies.ts';
import type { WebApp } from './shared/http/web-app.ts';

/** The one app with all its parts, as on one machine. In AWS each part is loaded when it is needed. */
export function createApp(deps: WebDependencies): WebApp {
  return createAppOf(deps, [
    registerApiPart,
    registerCustomerPart,
    registerIdentityPart,
    registerPublicPart,
    registerStaffPart,
  ]);
}
