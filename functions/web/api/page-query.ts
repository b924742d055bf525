import * as z from 'zod/mini';
import { described } from './schemas/registry.ts';

/** Items in a page that asks for no number of them. */
export const standardLimit = 25;
const largestLimit = 100;

/** The query parameters of every list. */
export const pageQuery = {
  cursor: z.optional(described('Cursor of the previous page.', z.string().check(z.maxLength(4_000)))),
  limit: z.optional(
    described(
      `Maximum number of items in a page; default ${standardLimit}.`,
      z.int().check(z.minimum(1), z.maximum(largestLimit)),
    ),
  ),
};
