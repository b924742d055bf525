import * as z from 'zod/mini';

interface Description {
  /** Named schemas become components of the API's description. */
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  /** What a check that is a program accepts, as far as a pattern can say it. */
  readonly pattern?: string;
}

/** What the API's description says of schemas beyond their shape. */
export const descriptions = z.registry<Description>();

/** Gives a schema its name in the API's description. */
export function named<Schema extends z.ZodMiniType>(id: string, description: string, schema: Schema): Schema {
  descriptions.add(schema, { id, description });
  return schema;
}

/**
 * Says what a schema means at one place. The words belong to the schema returned, a copy: the same text or date means
 * something else in the next property.
 */
export function described<Schema extends z.ZodMiniType>(
  description: string,
  schema: Schema,
  title?: string,
): Schema {
  const here = z.clone(schema, undefined, { parent: true });
  descriptions.add(here, title === undefined ? { description } : { title, description });
  return here;
}
