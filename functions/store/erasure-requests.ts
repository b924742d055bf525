import * as z from 'zod/mini';
import { actorKinds } from '../domain/onboarding/actor.ts';
import { type ErasureRequest, erasureRefusals } from '../domain/onboarding/erasure-request.ts';
import { indexKeys, keys } from './keys.ts';
import { withOthers } from './other-attributes.ts';
import type { Item, Write } from './table.ts';
import { putAnyway } from './writes.ts';

const instant = z.iso.datetime();
const storedRequest = z.object({
  status: z.enum(['waiting', 'refused', 'granted']),
  askedAt: instant,
  until: instant,
  by: z.object({ kind: z.enum(actorKinds), id: z.string() }),
  decidedAt: z.optional(instant),
  refusedFor: z.optional(z.enum(erasureRefusals)),
});

export function toErasureRequest(item: Item): ErasureRequest {
  return withOthers(z.parse(storedRequest, item), item, storedRequest.shape);
}

/** Part of a change, whose version guards it: a request that waits is listed by when it is decided at the latest. */
export function erasureRequestWrite(reference: string, request: ErasureRequest): Write {
  return putAnyway({
    ...keys.erasureRequest(reference),
    ...request,
    ...(request.status === 'waiting'
      ? indexKeys.work({ kind: 'erasure', due: request.until }, reference)
      : {}),
  });
}
