import { day } from '../time.ts';
import type { IntakeRecord } from './records.ts';
import type { OnboardingState } from './state.ts';

/** How long a page is kept whose sender waits for the account owner, in milliseconds. */
export const waitingLife = 14 * day;

/** The most organisations that wait for the account owner of an onboarding at the same time, and of whose refusal it is told. */
export const mostAsked = 20;

/** The organisation of an establishment: the first nine of its fourteen digits. */
export function sirenOfEstablishment(siret: string): string {
  return siret.slice(0, 9);
}

type Member = Pick<IntakeRecord, 'siren' | 'parentSiren'>;

/** True for two organisations of one group: a head and its members, as intake names them. */
export function isSameGroup(one: Member, other: Member): boolean {
  const headOf = ({ siren, parentSiren = siren }: Member) => parentSiren;
  return headOf(one) === headOf(other);
}

/** True when people of an organisation may answer for an onboarding: its own, or one accepted for it. */
export function isAcceptedFor(
  { siren, acceptedSirens = [] }: Pick<OnboardingState, 'siren' | 'acceptedSirens'>,
  presented: string,
): boolean {
  return presented === siren || acceptedSirens.includes(presented);
}
