import { type Html, html } from './html.ts';

/** A text that a person has typed, with its lines as they were typed. */
export function typedText(text: string): Html {
  const lines = text.split(/\r?\n/);
  return html`<blockquote><p>${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p></blockquote>`;
}
