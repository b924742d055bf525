import type { Context } from 'hono';
import type { Actor } from '../../domain/onboarding/actor.ts';
import { createRateLimit } from '../shared/http/rate-limit.ts';
import type { VerifyToken } from '../shared/identity/access-token.ts';
import { type Admittance, authenticate, authorise, isPublic } from './authorisation.ts';
import { ApiProblem } from './problem.ts';

/** Rate limit of one client a second, and the size of a burst. */
export const requestsPerSecond = 50;

interface AdmissionDependencies {
  readonly verifyToken: VerifyToken;
  /** Monotonic milliseconds; those of the process by default. */
  readonly elapsed?: () => number;
}

/** Lets someone use an operation and names them. @throws ApiProblem, IssuerUnavailableError */
export type Admit = (context: Context, operation: Admittance) => Promise<Actor>;

/** Descriptions are read without a token, and change nothing. */
const anyone: Actor = { kind: 'machine', id: 'anyone' };

/** A client needs a valid token, a free place in its rate limit and the scope of the operation, in this order. */
export function createAdmission({ verifyToken, elapsed }: AdmissionDependencies): Admit {
  const tokensTaken = createRateLimit({
    requestsPerSecond,
    elapsed: elapsed ?? (() => performance.now()),
  });
  return async (context, operation) => {
    if (isPublic(operation)) return anyone;
    const bearer = await authenticate(context.req.header('authorization'), verifyToken);
    const seconds = tokensTaken(bearer.subject);
    if (seconds > 0) throw tooManyRequests(seconds);
    return authorise(bearer, operation);
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
