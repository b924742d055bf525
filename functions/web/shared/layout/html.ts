import { html } from 'hono/html';

/** A piece of a page, escaped by the template that made it. */
export type Html = ReturnType<typeof html>;

export { html };

/** Nothing, where a template asks for a piece. */
export const nothing: Html = html``;
