import { type Html, html } from './html.ts';

/**
 * The address of a `mailto:` link (RFC 6068): in a local part `?`, `&` and `%` are ordinary characters, in a link they
 * would begin fields, separate them or stand for others.
 */
export function mailtoOf(address: string): string {
  const at = address.lastIndexOf('@');
  return `mailto:${encodeURIComponent(address.slice(0, at))}@${encodeURIComponent(address.slice(at + 1))}`;
}

/** A mail address that can be written to. */
export function mailLink(address: string): Html {
  return html`<a href="${mailtoOf(address)}">${address}</a>`;
}
