import { revokePersonAsOperator } from '../../application/people.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import {
  isActive,
  type Person,
  type RevocationReason,
  revocationReasons,
} from '../../domain/onboarding/people.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { linkState, revocationReasonLabels, roleLine } from '../shared/layout/person-words.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';

const title: Text = { fr: 'Retirer l’accès d’une personne', en: 'Revoke a person’s access' };
const noReason: Text = { fr: 'Motif : choisissez une option.', en: 'Reason: select an option.' };

interface Shown {
  readonly now: Snapshot;
  readonly person: Person;
  readonly reason?: string | undefined;
  readonly problems?: readonly Problem[];
}

function revocationPage(c: WebContext, { now, person, reason, problems = [] }: Shown, status?: 409) {
  const view = c.get('view');
  const { reference } = now.state;
  const name = organisationName(now.state);
  const path = `/operations/${reference}`;
  return answerPage(
    c,
    {
      title: {
        fr: `${title.fr} (${person.name}) – ${reference}`,
        en: `${title.en} (${person.name}) – ${reference}`,
      },
      back: { path },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p class="soft">${name} – ${reference}</p>
<p><strong>${person.name}</strong><br>${roleLine(view, person)}. ${linkState(view, person)}.</p>
<p>${view.t({
        fr: 'Son lien et ses sessions cessent aussitôt de fonctionner, et ses rappels aussi. Ses réponses sont conservées sous son nom. Le contact lit le motif sur sa page ; il peut inviter de nouveau.',
        en: 'The link and the sessions stop working at once, and so do the reminders. Saved answers are kept under the person’s name. The contact reads the reason on their page and can invite again.',
      })}</p>
${form(view, {
  kept: true,
  action: `${path}/people/${person.id}/revocation`,
  content: radios(view, {
    name: 'reason',
    label: { fr: 'Motif', en: 'Reason' },
    choices: revocationReasons.map((value) => ({ value, label: revocationReasonLabels[value] })),
    value: reason,
    problem: problemOf(problems, 'reason'),
  }),
  buttons: [{ label: { fr: 'Retirer l’accès', en: 'Revoke the access' }, look: 'danger' }],
})}`,
    },
    status,
  );
}

const personId = /^P\d{1,4}$/;

async function personIn(c: WebContext, deps: WebDependencies) {
  const now = await visibleOnboarding(c, deps, c.req.param('reference') ?? '');
  const id = c.req.param('id') ?? '';
  // What is no id may be longer than any key.
  const person = personId.test(id) ? await deps.store.people.get(now.state.reference, id) : undefined;
  return { now, person };
}

function reasonIn(value: string | undefined): RevocationReason | undefined {
  return revocationReasons.find((known) => known === value);
}

/** An operator revokes the access of someone whom the customer has named. A repeat does nothing more. */
export function registerPersonRevocation(app: WebApp, deps: WebDependencies): void {
  const path = '/operations/:reference/people/:id/revocation';

  app.get(path, async (c) => {
    const { now, person } = await personIn(c, deps);
    return person !== undefined && isActive(person) ? revocationPage(c, { now, person }) : notFound(c);
  });

  app.post(path, async (c) => {
    const { now, person } = await personIn(c, deps);
    if (person === undefined) return notFound(c);
    const given = formOf(c).get('reason');
    const reason = reasonIn(given);
    const problems = reason === undefined ? [{ field: 'reason', message: noReason }] : [];
    if (reason === undefined || onlyAsksForLanguage(c)) {
      return revocationPage(c, { now, person, reason: given, problems });
    }
    const { reference } = now.state;
    try {
      await revokePersonAsOperator(deps, reference, person.id, reason, actorOf(c, 'operator'));
    } catch (error) {
      const problem = refusalOf(error, 'reason');
      return await revocationPage(c, { now, person, reason, problems: [problem] }, refusalStatus(error));
    }
    return leadTo(c, deps.site, `/operations/${reference}`, 'person-revoked');
  });
}
