/** The seal of one record. It names neither the onboarding nor anyone: it stays when they are erased. */
export interface Seal {
  /** SHA-256 of the canonical record, in hexadecimal. */
  readonly digest: string;
  /** ECDSA P-256 over the same bytes, DER, in base64. */
  readonly signature: string;
  readonly keyId: string;
  /** Instant, ISO 8601. */
  readonly at: string;
}

/** A key that has sealed records: its public half, and when it was first used. */
export interface PublishedKey {
  readonly id: string;
  /** SubjectPublicKeyInfo, PEM. */
  readonly publicKey: string;
  /** Instant, ISO 8601. */
  readonly since: string;
}
