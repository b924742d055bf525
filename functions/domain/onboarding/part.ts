import { mostParts } from './reference.ts';

/** How much of a customer one part takes. */
export interface PartSize {
  readonly users: number;
  /** Mailboxes over 50 GB, those over 200 GB included. */
  readonly mailboxesOver50: number;
  readonly servers: number;
}

/** A part as an operator plans it. */
export interface PlannedPart extends PartSize {
  /** What of the organisation it is, in its own words: 1 to 60 characters. */
  readonly scope: string;
}

/** What an onboarding was split into; kept by the whole. */
export interface Split {
  readonly parts: readonly PlannedPart[];
  /** Each part cuts over after the one before it. */
  readonly inOrder?: boolean | undefined;
}

/** What makes an onboarding a part of another one, whose answers, result, contacts and link it shares. */
export interface PartOfWhole extends PartSize {
  /** From 1. */
  readonly number: number;
  /** How many parts the whole has. */
  readonly of: number;
  /** It cuts over after the part before it. */
  readonly inOrder?: boolean | undefined;
}

/** How many parts a split may have. */
export const partsAllowed = { least: 2, most: mostParts } as const;
