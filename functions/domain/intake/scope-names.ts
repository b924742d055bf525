import { searchableName, type Text } from '../text.ts';

/** An onboarding under way. */
export interface ActiveScope {
  readonly reference: string;
  /** Absent for the whole organisation. */
  readonly scope?: string | undefined;
}

/**
 * True for scopes that differ in case, accents or punctuation only: an organisation has one open onboarding for each scope.
 */
export function isSameScope(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return searchableName(one) === searchableName(other);
}

export const scopeLabel: Text = { fr: 'Périmètre', en: 'Scope' };

const wholeOrganisation: Text = { fr: 'tout l’organisme', en: 'the whole organisation' };

/** The scope in the middle of a sentence. */
export function scopeText(scope: string | undefined): Text {
  return scope === undefined ? wholeOrganisation : { fr: scope, en: scope };
}

/** The most scopes that a sentence names. */
const scopesNamed = 10;

/** Scopes with their references, in the middle of a sentence; the first ten. */
export function scopesText(active: readonly ActiveScope[]): Text {
  const named = active.slice(0, scopesNamed);
  const inWords = (language: keyof Text) =>
    [
      ...named.map(({ scope, reference }) => `${scopeText(scope)[language]} (${reference})`),
      ...(active.length > scopesNamed ? ['…'] : []),
    ].join(', ');
  return { fr: inWords('fr'), en: inWords('en') };
}

/** The organisation as pages and mails name it: with the scope of an onboarding that is not of the whole organisation. */
export function organisationName({
  name,
  scope,
}: {
  readonly name: string;
  readonly scope?: string | undefined;
}): string {
  return scope === undefined ? name : `${name} (${scope})`;
}
