import * as z from 'zod/mini';
import { proConnectAlgorithms } from '../../../domain/onboarding/customer-identity.ts';
import { required } from '../../../platform/environment.ts';
import { once } from '../../../platform/on-demand.ts';
import type { Site } from '../http/site.ts';
import type { ProConnect } from './proconnect.ts';

const algorithm = z.enum(proConnectAlgorithms);

/** ProConnect in AWS, whose client and secret are loaded with the first sign-in: other pages do without them. */
export function proConnectFromEnvironment(site: Site): ProConnect {
  const settings = {
    issuer: required('PROCONNECT_ISSUER'),
    clientId: required('PROCONNECT_CLIENT_ID'),
    algorithm: z.parse(algorithm, required('PROCONNECT_ALGORITHM')),
    callback: site.url('/identity/proconnect/callback'),
    signedOut: site.url('/'),
  };
  const loaded = once(async () => {
    const [{ proConnectOf }, { secretParameter }] = await Promise.all([
      import('./proconnect.ts'),
      import('../../../platform/parameter-client.ts'),
    ]);
    return proConnectOf({
      ...settings,
      clientSecret: secretParameter(required('PROCONNECT_SECRET_PARAMETER')),
    });
  });
  return {
    begin: async (anew) => (await loaded()).begin(anew),
    complete: async (callback, attempt) => (await loaded()).complete(callback, attempt),
    signOutUrl: async (hint, state) => (await loaded()).signOutUrl(hint, state),
  };
}
