import { startOnboarding } from '../../application/start-onboarding.ts';
import {
  ActiveOnboardingExistsError,
  BusinessError,
  IdempotencyKeyReusedError,
  InvalidInputError,
} from '../../domain/errors.ts';
import { intakeFields, parseIntake } from '../../domain/intake/intake.ts';
import { type ActiveScope, scopeText } from '../../domain/intake/scope-names.ts';
import type { OwnedIntake } from '../../domain/onboarding/transitions/start.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { checkboxes, dateField, integerField, radios, select, textField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, staffOf } from '../shared/session/access.ts';
import { bodyTypeChoices, deadlineChoices } from '../shared/staff/choices.ts';
import { keyField, keyOf, newKey } from '../shared/staff/request-key.ts';

const title: Text = { fr: 'Ouvrir un dossier', en: 'Start an onboarding' };

/** Flash message on the page of the new onboarding. */
export const started: Text = {
  fr: 'Le dossier est ouvert. Le registre public est consulté, puis le client reçoit son invitation : rechargez la page dans un instant pour suivre l’avancement.',
  en: 'The onboarding has started. We check the public register, then the customer receives the invitation. Reload this page in a moment to see it.',
};

/** A member of sales without a team: no one could see the onboardings they start. */
class NoTeamError extends BusinessError {
  readonly code = 'no_team';

  constructor() {
    super({
      fr: 'Votre compte n’est rattaché à aucune équipe commerciale. Demandez ce rattachement à l’exploitation.',
      en: 'Your account is not assigned to a sales team. Ask operations to assign it.',
    });
  }
}

interface StartForm {
  readonly key: string;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  /** The team's own onboardings of the organisation that are in progress, when one of any team causes the refusal. */
  readonly existing?: readonly ActiveScope[];
}

function organisationFields(view: View, { fields, problems = [] }: StartForm): Html {
  const text = (name: 'siren' | 'legalName' | 'scope' | 'group' | 'parentSiren') => ({
    name,
    label: intakeFields[name],
    value: fields?.get(name),
    problem: problemOf(problems, name),
  });
  return html`<h2>${view.t({ fr: 'L’organisme', en: 'The organisation' })}</h2>
${textField(view, { ...text('siren'), short: true, hint: { fr: 'Neuf chiffres ; un SIRET est aussi accepté', en: 'Nine digits; a SIRET is accepted too' } })}
${textField(view, { ...text('legalName') })}
${select(view, {
  name: 'bodyType',
  label: intakeFields.bodyType,
  choices: [{ value: '', label: { fr: 'Choisissez', en: 'Choose' } }, ...bodyTypeChoices],
  value: fields?.get('bodyType'),
  problem: problemOf(problems, 'bodyType'),
})}
${textField(view, { ...text('scope'), optional: true, hint: { fr: 'Si une partie seulement de l’organisme rejoint la plateforme, par exemple une direction ; vide pour tout l’organisme', en: 'If only a part of the organisation joins the platform, such as a department; empty for the whole organisation' } })}
${textField(view, { ...text('group'), optional: true, hint: { fr: 'Si plusieurs organismes migrent ensemble', en: 'If several organisations migrate together' } })}
${textField(view, { ...text('parentSiren'), short: true, optional: true, hint: { fr: 'L’organisme qui doit migrer avant celui-ci', en: 'The organisation that must migrate before this one' } })}`;
}

function contactFields(view: View, { fields, problems = [] }: StartForm): Html {
  return html`<h2>${view.t({ fr: 'Le contact', en: 'The contact' })}</h2>
${textField(view, { name: 'contactName', label: intakeFields.contactName, value: fields?.get('contactName'), problem: problemOf(problems, 'contactName') })}
${textField(view, { name: 'contactEmail', type: 'email', label: intakeFields.contactEmail, hint: { fr: 'L’invitation est envoyée à cette adresse', en: 'The invitation is sent to this address' }, value: fields?.get('contactEmail'), problem: problemOf(problems, 'contactEmail') })}
${radios(view, {
  name: 'language',
  label: { fr: 'Langue des courriels', en: 'Email language' },
  choices: [
    { value: 'fr', label: { fr: 'Français', en: 'French' } },
    { value: 'en', label: { fr: 'Anglais', en: 'English' } },
  ],
  value: fields?.get('language') ?? 'fr',
  problem: problemOf(problems, 'language'),
})}`;
}

function needFields(view: View, { platform }: WebDependencies, { fields, problems = [] }: StartForm): Html {
  const count = (name: 'usersInScope' | 'serversInScope') =>
    integerField(view, {
      name,
      label: intakeFields[name],
      optional: true,
      value: fields?.get(name),
      problem: problemOf(problems, name),
    });
  const date = (name: 'earliestDate' | 'latestDate') =>
    dateField(view, {
      name,
      label: intakeFields[name],
      optional: true,
      value: fields?.dateParts(name),
      problem: problemOf(problems, name),
    });
  return html`<h2>${view.t({ fr: 'Le besoin', en: 'Requirements' })}</h2>
${checkboxes(view, {
  name: 'services',
  label: intakeFields.services,
  choices: platform.services.map(({ code, label }) => ({ value: code, label })),
  values: fields?.all('services') ?? [],
  problem: problemOf(problems, 'services'),
})}
${count('usersInScope')}${count('serversInScope')}
${date('earliestDate')}${date('latestDate')}
${select(view, {
  name: 'deadlineReason',
  label: intakeFields.deadlineReason,
  hint: {
    fr: 'Sans motif, la date au plus tard n’est qu’un souhait',
    en: 'Without a reason, the latest date is only a preference',
  },
  choices: deadlineChoices,
  value: fields?.get('deadlineReason'),
  problem: problemOf(problems, 'deadlineReason'),
})}`;
}

/** The onboardings of the organisation to go on with. */
function inProgress(view: View, existing: readonly ActiveScope[]): Html {
  if (existing.length === 0) return nothing;
  return html`<p>${view.t({ fr: 'Dossiers de votre équipe en cours pour cet organisme :', en: 'Onboardings of your team in progress for this organisation:' })}</p>
<ul>${existing.map(({ scope, reference }) => html`<li><a href="${view.href(`/sales/${reference}`)}">${view.t({ fr: `Ouvrir le dossier ${reference}`, en: `Open onboarding ${reference}` })}</a>${view.t({ fr: ' : ', en: ': ' })}${view.t(scopeText(scope))}</li>`)}</ul>`;
}

function startPage(c: WebContext, deps: WebDependencies, given: StartForm, status?: 409) {
  const view = c.get('view');
  const { existing = [], problems = [], key } = given;
  return answerPage(
    c,
    {
      title,
      back: { path: '/sales' },
      problems,
      body: html`<h1>${view.t(title)}</h1>${inProgress(view, existing)}
${form(view, {
  kept: true,
  action: '/sales/new',
  content: html`<input type="hidden" name="${keyField}" value="${key}">${organisationFields(view, given)}${contactFields(view, given)}${needFields(view, deps, given)}`,
  buttons: [{ label: { fr: 'Ouvrir le dossier', en: 'Start the onboarding' } }],
})}`,
    },
    status,
  );
}

const textFields = [
  'siren',
  'legalName',
  'bodyType',
  'contactName',
  'contactEmail',
  'language',
  'usersInScope',
  'serversInScope',
  'deadlineReason',
  'group',
  'parentSiren',
  'scope',
] as const;

/** The intake record from the form; the owner is never taken from the form. */
function recordOf(fields: FormFields) {
  return {
    ...Object.fromEntries(textFields.map((name) => [name, fields.get(name)])),
    services: fields.all('services'),
    earliestDate: fields.date('earliestDate'),
    latestDate: fields.date('latestDate'),
  };
}

/** By what the form asks to start: the whole organisation, or a scope of it. */
const otherTeams: Readonly<Record<'siren' | 'scope', Text>> = {
  siren: {
    fr: 'SIREN : un dossier est déjà en cours pour l’ensemble de cet organisme, dans une autre équipe. Contactez l’exploitation, ou indiquez un périmètre.',
    en: 'SIREN: another team already has an onboarding in progress for the whole of this organisation. Contact operations, or enter a scope.',
  },
  scope: {
    fr: 'Périmètre : un dossier est déjà en cours pour ce périmètre de l’organisme, dans une autre équipe. Contactez l’exploitation, ou indiquez un autre périmètre.',
    en: 'Scope: another team already has an onboarding in progress for this scope of the organisation. Contact operations, or enter another scope.',
  },
};

const ownTeams: Readonly<Record<'siren' | 'scope', Text>> = {
  siren: {
    fr: 'SIREN : votre équipe a déjà un dossier en cours pour l’ensemble de cet organisme. Poursuivez ce dossier, ou indiquez un périmètre.',
    en: 'SIREN: your team already has an onboarding in progress for the whole of this organisation. Continue that onboarding, or enter a scope.',
  },
  scope: {
    fr: 'Périmètre : votre équipe a déjà un dossier en cours pour ce périmètre de l’organisme. Poursuivez ce dossier, ou indiquez un autre périmètre.',
    en: 'Scope: your team already has an onboarding in progress for this scope of the organisation. Continue that onboarding, or enter another scope.',
  },
};

const sentBefore: Text = {
  fr: 'SIREN : ce formulaire a déjà servi à ouvrir un dossier, avec d’autres valeurs. Vérifiez la liste ; pour en ouvrir un autre, envoyez de nouveau le formulaire.',
  en: 'SIREN: this form was already used to start an onboarding, with other values. Check the list; to start another one, submit the form again.',
};

/**
 * Says that another team has the customer, but not under which reference, nor which other scopes it has: those of the own
 * team are listed.
 */
async function alreadyActive(
  { store }: WebDependencies,
  { reference, active }: ActiveOnboardingExistsError,
  { team, scope }: OwnedIntake,
): Promise<Pick<StartForm, 'problems' | 'existing'>> {
  const others = active.map((each) => each.reference).filter((each) => each !== reference);
  const [{ state }, { items }] = await Promise.all([
    store.onboardings.now(reference),
    store.lists.withReferences(others),
  ]);
  const field = scope === undefined ? 'siren' : 'scope';
  const message = (state.team === team ? ownTeams : otherTeams)[field];
  return {
    problems: [{ field, message }],
    existing: [state, ...items].filter((each) => each.team === team),
  };
}

/** Shows a refusal at the form. */
async function refusalAt(
  deps: WebDependencies,
  error: unknown,
  intake: OwnedIntake,
): Promise<Pick<StartForm, 'problems' | 'existing'>> {
  if (error instanceof ActiveOnboardingExistsError) return alreadyActive(deps, error, intake);
  if (error instanceof IdempotencyKeyReusedError) {
    return { problems: [{ field: 'siren', message: sentBefore }] };
  }
  if (error instanceof InvalidInputError) return { problems: error.problems };
  if (error instanceof BusinessError) return { problems: [{ field: 'siren', message: error.text }] };
  throw error;
}

/** The form that starts an onboarding; sending it twice starts only one. */
export function registerStart(app: WebApp, deps: WebDependencies): void {
  app.get('/sales/new', (c) => {
    if (staffOf(c).team === undefined) throw new NoTeamError();
    return startPage(c, deps, { key: newKey(deps) });
  });

  app.post('/sales/new', async (c) => {
    const { mail, team, subject } = staffOf(c);
    if (team === undefined) throw new NoTeamError();
    const fields = formOf(c);
    const key = keyOf(deps, fields);
    const parsed = parseIntake(recordOf(fields));
    if ('problems' in parsed) {
      return startPage(c, deps, { key, fields, problems: parsed.problems });
    }
    if (onlyAsksForLanguage(c)) return startPage(c, deps, { key, fields });
    const intake: OwnedIntake = { ...parsed.intake, owner: mail, team };
    const body = JSON.stringify(intake, Object.keys(intake).toSorted());
    try {
      const digest = await deps.links.digest(body);
      const request = { scope: `sales:${subject}`, key, body: digest, formerBody: body };
      const reference = await startOnboarding(deps, request, intake, actorOf(c, 'sales'));
      return leadTo(c, deps.site, `/sales/${reference}`, 'started');
    } catch (error) {
      const refusal = await refusalAt(deps, error, intake);
      const status = error instanceof InvalidInputError ? undefined : 409;
      return startPage(c, deps, { key: newKey(deps), fields, ...refusal }, status);
    }
  });
}
