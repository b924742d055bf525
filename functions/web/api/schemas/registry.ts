import * as z from 'zod/mini';

interface Description {
  /** Named schemas become components of the API description. */
  readonly id?: string;
  readonly title?: string;
  readonly description?: string;
  /** A pattern that approximates a check written in code. */
  readonly pattern?: string;
  /** Lengths that the domain checks once it has read the text. */
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** Names and descriptions of the schemas in the API description. */
export const descriptions = z.registry<Description>();

/** Names a schema in the API description. */
export function named<Schema extends z.ZodMiniType>(id: string, description: string, schema: Schema): Schema {
  descriptions.add(schema, { id, description });
  return schema;
}

/**
 * Describes a schema at one place. The description belongs to the returned copy, because the same schema may have
 * another meaning in the next property.
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
