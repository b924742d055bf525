import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  readonly until: number;
}

/** Removing expired entries at every write would cost more than it frees. */
const sweepEvery = 500;

/**
 * Stores the identity provider's sessions in memory, so people sign in again after a restart. Access tokens and keys are
 * not stored here.
 */
export function memoryAdapters(): (model: string) => Adapter {
  const items = new Map<string, Kept>();
  let writes = 0;

  function live(key: string): Kept | undefined {
    const kept = items.get(key);
    return kept === undefined || kept.until < Date.now() ? undefined : kept;
  }

  function find(model: string, wanted: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const key of items.keys()) {
      const kept = key.startsWith(`${model}:`) ? live(key) : undefined;
      if (kept !== undefined && wanted(kept.payload)) return kept.payload;
    }
    return undefined;
  }

  function sweep(): void {
    writes += 1;
    if (writes % sweepEvery !== 0) return;
    for (const key of items.keys()) if (live(key) === undefined) items.delete(key);
  }

  return (model) => ({
    upsert: async (id, payload, expiresIn) => {
      const until = expiresIn === undefined ? Number.POSITIVE_INFINITY : Date.now() + expiresIn * 1_000;
      items.set(`${model}:${id}`, { payload, until });
      sweep();
    },
    find: async (id) => live(`${model}:${id}`)?.payload,
    findByUid: async (uid) => find(model, (payload) => payload.uid === uid),
    findByUserCode: async (userCode) => find(model, (payload) => payload.userCode === userCode),
    consume: async (id) => {
      const kept = live(`${model}:${id}`);
      if (kept !== undefined) kept.payload = { ...kept.payload, consumed: Math.floor(Date.now() / 1_000) };
    },
    destroy: async (id) => {
      items.delete(`${model}:${id}`);
    },
    revokeByGrantId: async (grantId) => {
      for (const [key, { payload }] of items) if (payload.grantId === grantId) items.delete(key);
    },
  });
}
