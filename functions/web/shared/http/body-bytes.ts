/** A body is larger than it may be. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

interface Limits {
  /** Most bytes. */
  readonly bytes: number;
  /** True for a piece with which the body has too much of something else. */
  readonly isTooMuch?: (piece: Uint8Array) => boolean;
}

/** True for a body whose header already says that it is too large. */
export function isSaidTooLarge(request: Request, bytes: number): boolean {
  return Number(request.headers.get('content-length') ?? 0) > bytes;
}

/**
 * The bytes of a body; reading stops at the limits, whatever the Content-Length header says.
 *
 * @throws BodyTooLargeError
 */
export async function readBytes(request: Request, { bytes, isTooMuch }: Limits): Promise<Buffer> {
  if (isSaidTooLarge(request, bytes)) throw new BodyTooLargeError('The body is said to be too large');
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of request.body ?? []) {
    length += piece.byteLength;
    if (length > bytes || isTooMuch?.(piece) === true) {
      throw new BodyTooLargeError('The body is too large');
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
