import { type CalendarDate, calendarDateOf } from '../../calendar-date.ts';
import { InvalidInputError } from '../../errors.ts';
import type { FieldProblem } from '../../input/field-problem.ts';
import { repaired } from '../../input/plain-text.ts';
import { longestEvidence } from '../../input/problem-texts.ts';
import { dayProblems, lineProblems, problemOfField } from '../../input/typed-fields.ts';
import type { Text } from '../../text.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import type { Contract, Snapshot } from '../state.ts';
import { refuseClosed } from '../waits.ts';

/** What is recorded of a signed contract: where it is kept, never its content. */
export interface SignedContract {
  readonly reference: string;
  readonly signedOn: CalendarDate;
  /** The agreement on data processing is part of it: no contract is recorded without. */
  readonly dataProcessingAgreement: boolean;
  readonly keptBy: string;
}

const contractFields = {
  reference: { fr: 'Référence du contrat', en: 'Reference of the contract' },
  signedOn: { fr: 'Date de signature', en: 'Date of signature' },
  dataProcessingAgreement: {
    fr: 'Accord sur le traitement des données',
    en: 'Data processing agreement',
  },
  keptBy: { fr: 'Conservé par', en: 'Kept by' },
} as const satisfies Readonly<Record<keyof SignedContract, Text>>;

const fieldOf = (name: keyof SignedContract) => ({ name, label: contractFields[name] });

/** GDPR art. 28(3): a processor acts under a contract that binds it. */
const noAgreement = problemOfField(fieldOf('dataProcessingAgreement'), 'not_signed', {
  fr: 'aucune bascule n’a lieu sans cet accord (RGPD, art. 28) ; faites-le signer avec le contrat, puis envoyez true.',
  en: 'no cutover takes place without this agreement (GDPR, art. 28); have it signed with the contract, then send true.',
});

function contractProblems(given: SignedContract, today: CalendarDate): readonly FieldProblem[] {
  return [
    ...lineProblems(fieldOf('reference'), given.reference, longestEvidence),
    ...dayProblems(fieldOf('signedOn'), given.signedOn, today),
    ...(given.dataProcessingAgreement ? [] : [noAgreement]),
    ...lineProblems(fieldOf('keptBy'), given.keptBy, longestEvidence),
  ];
}

function isSame(recorded: Contract | undefined, given: SignedContract): boolean {
  return (
    recorded?.reference === given.reference &&
    recorded.signedOn === given.signedOn &&
    recorded.keptBy === given.keptBy
  );
}

/**
 * Records the contract with the customer, in place of one recorded before, at any time until the onboarding is closed: also
 * after the hand-over that two people agreed to without it. Undefined when the same is recorded.
 *
 * @throws OnboardingClosedError
 * @throws InvalidInputError without an agreement on data processing, for a date of signature to come, or a text that is no
 * plain line of at most 300 characters.
 */
export function recordContract(
  { state }: Snapshot,
  sent: SignedContract,
  actor: Actor,
  at: Date,
): Change | undefined {
  refuseClosed(state);
  const given = { ...sent, reference: repaired(sent.reference).trim(), keptBy: repaired(sent.keptBy).trim() };
  const problems = contractProblems(given, calendarDateOf(at));
  if (problems.length > 0) throw new InvalidInputError(problems);
  if (isSame(state.contract, given)) return undefined;
  const { reference, signedOn, keptBy } = given;
  return {
    set: { contract: { reference, signedOn, keptBy, recordedAt: at.toISOString() } },
    event: {
      type: 'CONTRACT_RECORDED',
      actor,
      reason: [reference, keptBy].join(' – '),
      data: { signedOn },
    },
  };
}
