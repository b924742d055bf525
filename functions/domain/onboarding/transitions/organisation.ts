import { BusinessError } from '../../errors.ts';
import { formatSiren } from '../../input/identifiers.ts';
import type { Actor } from '../actor.ts';
import type { Change } from '../change.ts';
import type { Message } from '../messages.ts';
import { isAcceptedFor, mostAsked } from '../presented-organisation.ts';
import type { AskedOrganisation, OnboardingState } from '../state.ts';
import { refuseClosed } from '../waits.ts';
import { whileKept } from './erasure.ts';

/** What someone has shown with ProConnect, in codes: no name and no address. */
export interface ShownByProConnect {
  readonly siren: string;
  /** The identity provider that vouches for them. */
  readonly idp: string;
  readonly secondFactor: boolean;
  /** The address that ProConnect asserts is the one that the link was sent to. */
  readonly sameAddress: boolean;
  /** Absent for the contact. */
  readonly person: string | undefined;
}

function ofPerson({ person }: { readonly person?: string | undefined }): { readonly person?: string } {
  return person === undefined ? {} : { person };
}

/** The organisation is neither that of the onboarding, nor of its group, nor accepted for it. */
export class ForeignOrganisationError extends BusinessError {
  readonly code = 'foreign_organisation';

  constructor(siren: string) {
    super({
      fr: `L’organisme présenté, SIREN ${formatSiren(siren)}, n’est pas celui de ce dossier. Demandez à votre interlocuteur de l’accepter.`,
      en: `The organisation presented, SIREN ${formatSiren(siren)}, is not the one of this onboarding. Ask your contact to accept it.`,
    });
  }
}

/** The account owner decides on what someone has presented, and on nothing else. */
export class OrganisationNotAskedError extends BusinessError {
  readonly code = 'organisation_not_asked';

  constructor() {
    super({
      fr: 'Personne ne demande que cet organisme soit accepté. Rien n’a changé.',
      en: 'No one asks for this organisation to be accepted. Nothing was changed.',
    });
  }
}

export class TooManyOrganisationsError extends BusinessError {
  readonly code = 'too_many_organisations';

  constructor() {
    super({
      fr: `${mostAsked} demandes attendent déjà votre interlocuteur ; c’est le maximum. Écrivez-lui.`,
      en: `${mostAsked} requests are already waiting for your contact, which is the maximum. Write to them.`,
    });
  }
}

/**
 * Records that someone has shown with ProConnect who they are, and that they work for an organisation that may answer.
 *
 * @param inGroup the organisation is of the same group as the onboarding's
 * @throws OnboardingClosedError once its data is being erased; ForeignOrganisationError
 */
export function verifyByProConnect(
  state: OnboardingState,
  { siren, idp, secondFactor, sameAddress, person }: ShownByProConnect,
  inGroup: boolean,
  actor: Actor,
): Change {
  if (!inGroup && !isAcceptedFor(state, siren)) throw new ForeignOrganisationError(siren);
  const data = { by: 'proconnect', siren, idp, secondFactor, sameAddress, ...ofPerson({ person }) } as const;
  const { organisationsRefused } = state;
  // Whoever has shown the right organisation is told no more of the wrong one.
  const ofOthers = organisationsRefused?.filter((refused) => refused.person !== person) ?? [];
  return {
    ...whileKept(state),
    ...(organisationsRefused === undefined ? {} : { set: { organisationsRefused: unlessEmpty(ofOthers) } }),
    event: { type: 'CUSTOMER_VERIFIED', actor, data },
  };
}

/** What the account owner has decided of an organisation, and why. */
export interface OrganisationDecision {
  readonly siren: string;
  readonly reason: string;
}

function unlessEmpty<Each>(list: readonly Each[]): readonly Each[] | undefined {
  return list.length === 0 ? undefined : list;
}

/** The mail to everyone who waits for a decision. */
function mailsTo(
  waiting: readonly AskedOrganisation[],
  template: 'organisation_accepted' | 'organisation_refused',
): readonly Message[] {
  return waiting.map(({ person }) =>
    person === undefined
      ? { kind: 'mail', template, to: 'customer' }
      : { kind: 'mail', template, to: 'person', person },
  );
}

/**
 * Asks the account owner to accept an organisation that someone has presented; undefined when it was asked before, or is
 * accepted.
 *
 * @throws OnboardingClosedError, TooManyOrganisationsError
 */
export function askForOrganisation(
  state: OnboardingState,
  { siren, person }: Pick<ShownByProConnect, 'siren' | 'person'>,
  actor: Actor,
  at: Date,
): Change | undefined {
  refuseClosed(state);
  const { organisationsAsked = [], organisationsRefused = [] } = state;
  if (isAcceptedFor(state, siren)) return undefined;
  if (organisationsAsked.some((asked) => asked.siren === siren && asked.person === person)) return undefined;
  if (organisationsAsked.length >= mostAsked) throw new TooManyOrganisationsError();
  const asked = { siren, askedAt: at.toISOString(), ...ofPerson({ person }) };
  const refused = organisationsRefused.filter((each) => each.siren !== siren || each.person !== person);
  return {
    set: {
      organisationsAsked: [...organisationsAsked, asked],
      organisationsRefused: unlessEmpty(refused),
    },
    event: { type: 'ORGANISATION_ASKED', actor, data: { siren, ...ofPerson({ person }) } },
    messages: [{ kind: 'mail', template: 'owner_organisation_asked', to: 'owner' }],
  };
}

/**
 * Accepts an organisation for this onboarding, for good; everyone who waits for it is mailed. Undefined when that was
 * done before.
 *
 * @throws OnboardingClosedError, OrganisationNotAskedError
 */
export function acceptOrganisation(
  state: OnboardingState,
  { siren, reason }: OrganisationDecision,
  actor: Actor,
): Change | undefined {
  refuseClosed(state);
  if (isAcceptedFor(state, siren)) return undefined;
  const { organisationsAsked = [], organisationsRefused = [], acceptedSirens = [] } = state;
  const waiting = organisationsAsked.filter((asked) => asked.siren === siren);
  if (waiting.length === 0) throw new OrganisationNotAskedError();
  return {
    set: {
      acceptedSirens: [...acceptedSirens, siren],
      organisationsAsked: unlessEmpty(organisationsAsked.filter((asked) => asked.siren !== siren)),
      organisationsRefused: unlessEmpty(organisationsRefused.filter((refused) => refused.siren !== siren)),
    },
    event: { type: 'ORGANISATION_ACCEPTED', actor, reason, data: { siren } },
    messages: mailsTo(waiting, 'organisation_accepted'),
  };
}

/**
 * Refuses an organisation to those who wait for it: each is mailed, and may ask again. Undefined when that was done
 * before.
 *
 * @throws OnboardingClosedError, OrganisationNotAskedError
 */
export function refuseOrganisation(
  state: OnboardingState,
  { siren, reason }: OrganisationDecision,
  actor: Actor,
  at: Date,
): Change | undefined {
  refuseClosed(state);
  const { organisationsAsked = [], organisationsRefused = [] } = state;
  const waiting = organisationsAsked.filter((asked) => asked.siren === siren);
  if (waiting.length === 0) {
    if (organisationsRefused.some((refused) => refused.siren === siren)) return undefined;
    throw new OrganisationNotAskedError();
  }
  const refusedAt = at.toISOString();
  const refused = waiting.map(({ person }) => ({ siren, refusedAt, ...ofPerson({ person }) }));
  return {
    set: {
      organisationsAsked: unlessEmpty(organisationsAsked.filter((asked) => asked.siren !== siren)),
      organisationsRefused: [...organisationsRefused, ...refused].slice(-mostAsked),
    },
    event: { type: 'ORGANISATION_REFUSED', actor, reason, data: { siren } },
    messages: mailsTo(waiting, 'organisation_refused'),
  };
}
