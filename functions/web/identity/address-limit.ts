import * as z from 'zod/mini';
import type { Text } from '../../domain/text.ts';
import { createRateLimit } from '../shared/http/rate-limit.ts';
import type { WebContext } from '../shared/http/web-app.ts';

/** Requests a second from one address that an instance takes where codes and links are asked for, and the size of a burst. */
const requestsPerSecond = 5;

const addressed = z.object({ requestContext: z.object({ identity: z.object({ sourceIp: z.string() }) }) });

/** The network address that API Gateway saw; none on one machine, where everyone has the same. */
function networkAddressOf(c: WebContext): string | undefined {
  const { data } = z.safeParse(addressed, c.env);
  return data?.requestContext.identity.sourceIp;
}

/** What a limit reads: milliseconds of a monotonic clock. */
export interface Timed {
  readonly elapsed?: () => number;
}

/** How many seconds a request has to wait for those of its address before it; 0 for none. */
export type AddressLimit = (c: WebContext) => number;

/** Behind what is counted for each person: whoever holds many links, or none, is counted by where they come from. */
export function createAddressLimit({ elapsed = () => performance.now() }: Timed): AddressLimit {
  const waitFor = createRateLimit({ requestsPerSecond, elapsed });
  return (c) => {
    const address = networkAddressOf(c);
    if (address === undefined) return 0;
    const seconds = waitFor(address);
    if (seconds > 0) c.header('Retry-After', String(seconds));
    return seconds;
  };
}

export const tooManyRequests: Text = {
  fr: 'Trop de demandes arrivent en même temps de votre réseau. Recommencez dans quelques secondes.',
  en: 'Too many requests come from your network at the same time. Try again in a few seconds.',
};
