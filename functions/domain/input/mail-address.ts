import { repaired, withoutInvisible } from './plain-text.ts';

const localPart = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;
const topLevel = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/i;

/**
 * True for an address that a mail server would take: unquoted local part (64 characters at most) and a dotted
 * host name (RFC 5321 sizes). Whether the mailbox exists is only known when a mail arrives.
 */
export function isMailAddress(value: string): boolean {
  if (value.length > 254) return false;
  const at = value.lastIndexOf('@');
  const local = value.slice(0, Math.max(at, 0));
  const labels = value.slice(at + 1).split('.');
  return (
    local.length <= 64 &&
    localPart.test(local) &&
    labels.length >= 2 &&
    labels.every((label) => label.length <= 63 && domainLabel.test(label)) &&
    topLevel.test(labels.at(-1) ?? '')
  );
}

/** A host name with letters beyond ASCII, and the full stops that other scripts write. */
const internationalDomain = /^(?=.*[^\0-\u007f])[\p{L}\p{M}\p{N}.。．｡-]+$/u;

/**
 * The address as mail servers take it: without invisible characters and spaces around it, an accented domain in its
 * ASCII form (UTS #46, by the rules of URLs). Undefined when it is none; accents before the @ are not converted, because
 * they would name another mailbox.
 */
export function readMailAddress(text: string): string | undefined {
  const line = withoutInvisible(repaired(text)).trim();
  const at = line.lastIndexOf('@');
  const domain = line.slice(at + 1);
  const address =
    at >= 0 && internationalDomain.test(domain) ? line.slice(0, at + 1) + asciiDomain(domain) : line;
  return isMailAddress(address) ? address : undefined;
}

function asciiDomain(domain: string): string {
  return URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : '';
}
