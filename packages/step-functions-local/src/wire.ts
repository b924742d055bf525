/** The answer to one request, as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request: the header `X-Amz-Target`, the body. Rejects when the connection would have broken. */
export type WireAnswerer = (target: string | undefined, body: Uint8Array) => Promise<WireAnswer>;
