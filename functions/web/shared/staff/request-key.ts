import type { WebDependencies } from '../dependencies.ts';
import type { FormFields } from '../http/form-fields.ts';

const keyByteCount = 16;

/** The field of a form that carries its idempotency key. */
export const keyField = 'key';

export function newKey({ ids }: Pick<WebDependencies, 'ids'>): string {
  return Buffer.from(ids.bytes(keyByteCount)).toString('base64url');
}

/** The idempotency key of the form; a missing or foreign key is replaced. */
export function keyOf(deps: Pick<WebDependencies, 'ids'>, fields: FormFields): string {
  const key = fields.get(keyField) ?? '';
  return /^[\w-]{22}$/.test(key) ? key : newKey(deps);
}
