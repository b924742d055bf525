import type { Context } from 'hono';
import { createRateLimit } from '../shared/http/rate-limit.ts';
import type { VerifyToken } from '../shared/identity/access-token.ts';
import { authenticate, authorise } from './authorisation.ts';
import type { Operation } from './operation.ts';
import { ApiProblem } from './problem.ts';

/** Rate limit of one client a second, and the size of a burst. */
export const requestsPerSecond = 50;

interface AdmissionDependencies {
  readonly verifyToken: VerifyToken;
  /** Monotonic milliseconds; those of the process by default. */
  readonly elapsed?: () => number;
}

/** Lets a client use an operation and names the client. @throws ApiProblem, IssuerUnavailableError */
export type Admit = (context: Context, operation: Pick<Operation, 'scope'>) => Promise<string>;

/** A client needs a valid token, a free place in its rate limit and the scope of the operation, in this order. */
export function createAdmission({ verifyToken, elapsed }: AdmissionDependencies): Admit {
  const tokensTaken = createRateLimit({
    requestsPerSecond,
    elapsed: elapsed ?? (() => performance.now()),
  });
  return async (context, { scope }) => {
    if (scope === undefined) return 'anyone';
    const client = await authenticate(context.req.header('authorization'), verifyToken);
    const seconds = tokensTaken(client.subject);
    if (seconds > 0) throw tooManyRequests(seconds);
    authorise(client, scope);
    return client.subject;
  };
}

function tooManyRequests(seconds: number): ApiProblem {
  return new ApiProblem(
    'too_many_requests',
    {
      fr: `Plus de ${requestsPerSecond} requêtes simultanées ou par seconde. Attendez ${seconds} s avant la suivante.`,
      en: `More than ${requestsPerSecond} requests at once or a second. Wait ${seconds} s before the next one.`,
    },
    { headers: { 'retry-after': String(seconds) } },
  );
}
