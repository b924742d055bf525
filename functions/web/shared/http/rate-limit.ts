/** The requests that a client may make: this many a second in the long run, and as many at once. */
export interface RateLimitSettings {
  readonly requestsPerSecond: number;
  /** Milliseconds of a monotonic clock. */
  readonly elapsed: () => number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** Clients remembered at once; beyond, those whose bucket has filled up again are forgotten. */
const remembered = 10_000;

/**
 * A token bucket for each client. In AWS each instance of the function has its own, behind the firewall's rules, which
 * count over all of them: this one keeps a single client from taking an instance for itself.
 *
 * @returns a function that takes one token and answers 0, or else how many whole seconds to wait for the next.
 */
export function createRateLimit({ requestsPerSecond, elapsed }: RateLimitSettings) {
  const buckets = new Map<string, Bucket>();

  function filled({ tokens, at }: Bucket, now: number): number {
    return Math.min(requestsPerSecond, tokens + ((now - at) / 1000) * requestsPerSecond);
  }

  function forgetFullOnes(now: number): void {
    for (const [client, bucket] of buckets) {
      if (filled(bucket, now) >= requestsPerSecond) buckets.delete(client);
    }
  }

  return (client: string): number => {
    const now = elapsed();
    if (buckets.size >= remembered) forgetFullOnes(now);
    const tokens = filled(buckets.get(client) ?? { tokens: requestsPerSecond, at: now }, now);
    const allowed = tokens >= 1;
    buckets.set(client, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? 0 : Math.ceil((1 - tokens) / requestsPerSecond);
  };
}
