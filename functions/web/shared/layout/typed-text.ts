import type { Text } from '../../../domain/text.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

/** A text that a person has typed, with its lines as they were typed. */
export function typedText(text: string): Html {
  const lines = text.split(/\r?\n/);
  return html`<blockquote><p>${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p></blockquote>`;
}

/** What a person typed into a field whose form is not shown any more, for copying; nothing where nothing was typed. */
export function lostText(view: View, label: Text, typed = ''): Html {
  return typed === '' ? nothing : html`<p>${view.t(label)}</p><pre>${typed}</pre>`;
}

export const lostReason: Text = { fr: 'Le motif que vous avez saisi :', en: 'The reason that you entered:' };
