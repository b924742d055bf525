/** What mail servers know our mail by. */
export interface MailSender {
  /** The visible sender of all mails (From). */
  readonly address: string;
  /** Under which the public keys of its DKIM signatures are published. */
  readonly dkimSelectors: readonly string[];
}

/** The domains of our mail: what others see of it, and allow. */
export interface MailDomains {
  /** Of the visible sender, which DKIM signs for. */
  readonly from: string;
  /**
   * Of the envelope sender, below the visible one: SPF passes for a domain of ours, so that DMARC counts it (RFC 7489,
   * 3.1.2). It receives reports only, and never stands in From.
   */
  readonly envelope: string;
}

export function mailDomainsOf(address: string): MailDomains {
  const domain = address.slice(address.indexOf('@') + 1);
  return { from: domain, envelope: `bounce.${domain}` };
}

/** What the DNS says about the servers that send for the envelope sender's domain. */
export const spfPolicy = 'v=spf1 include:amazonses.com -all';

/** What the DNS asks of receivers: mail in our name that is not ours goes to quarantine. */
export const dmarcPolicy = 'v=DMARC1; p=quarantine; adkim=s; aspf=r';
