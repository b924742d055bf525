import type { Text } from '../text.ts';
import { day } from '../time.ts';
import type { Actor } from './actor.ts';

/** Days within which operators decide whether an organisation's file is erased. */
export const erasureDecisionDays = 30;

/** On what a refusal may rest: GDPR art. 17(3), a to e, and nothing else. */
export const erasureRefusals = [
  'legal_claims',
  'legal_obligation',
  'archiving',
  'public_health',
  'expression',
] as const;
export type ErasureRefusal = (typeof erasureRefusals)[number];

export const erasureRefusalLabels: Readonly<Record<ErasureRefusal, Text>> = {
  legal_claims: {
    fr: 'Ces données sont nécessaires à la constatation, à l’exercice ou à la défense de droits en justice (RGPD, art. 17, § 3, e)',
    en: 'The data is needed to establish, exercise or defend legal claims (GDPR, art. 17(3)(e))',
  },
  legal_obligation: {
    fr: 'Une obligation légale ou une mission d’intérêt public exige de les conserver (RGPD, art. 17, § 3, b)',
    en: 'A legal obligation or a task in the public interest requires keeping it (GDPR, art. 17(3)(b))',
  },
  archiving: {
    fr: 'Elles sont conservées à des fins archivistiques dans l’intérêt public, de recherche ou de statistiques (RGPD, art. 17, § 3, d)',
    en: 'It is kept for archiving in the public interest, research or statistics (GDPR, art. 17(3)(d))',
  },
  public_health: {
    fr: 'Un motif d’intérêt public dans le domaine de la santé exige de les conserver (RGPD, art. 17, § 3, c)',
    en: 'The public interest in the area of public health requires keeping it (GDPR, art. 17(3)(c))',
  },
  expression: {
    fr: 'L’exercice du droit à la liberté d’expression et d’information l’exige (RGPD, art. 17, § 3, a)',
    en: 'The right of freedom of expression and information requires it (GDPR, art. 17(3)(a))',
  },
};

/** What a customer has asked for last: that its whole file be erased, once the onboarding has ended. */
export interface ErasureRequest {
  readonly status: 'waiting' | 'refused' | 'granted';
  /** Instants, ISO 8601. */
  readonly askedAt: string;
  /** By when it is decided. */
  readonly until: string;
  /** The contact, or a deputy by id. */
  readonly by: Actor;
  readonly decidedAt?: string | undefined;
  readonly refusedFor?: ErasureRefusal | undefined;
}

export function newErasureRequest(by: Actor, at: Date): ErasureRequest {
  const until = new Date(at.getTime() + erasureDecisionDays * day).toISOString();
  return { status: 'waiting', askedAt: at.toISOString(), until, by };
}
