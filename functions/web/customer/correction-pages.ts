import { beginCorrection, discardCorrection } from '../../application/correct-answers.ts';
import { expectCorrection, limitFor, openCorrection } from '../../domain/onboarding/correction.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { formatLimit } from '../../domain/paris-time.ts';
import { sections } from '../../domain/questionnaire/questionnaire.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { checkboxes } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { customerOf } from '../shared/session/access.ts';
import { correctionPath, discardPath } from './correction-paths.ts';
import { taskListPath } from './form-paths.ts';
import { sectionTitle } from './question-page.ts';
import { actOrExplain } from './refusal.ts';

const title: Text = { fr: 'Corriger nos réponses', en: 'Correct our answers' };

/** What a correction changes, and when. */
function consequences(until: string, territory: string | undefined): readonly Text[] {
  return [
    {
      fr: 'Les réponses que vous avez envoyées restent en vigueur : ni votre résultat ni votre date ne changent tant que la correction n’est pas envoyée.',
      en: 'The answers you submitted remain in force: neither your result nor your date changes until the correction is submitted.',
    },
    {
      fr: `Envoyez la correction ${formatLimit(until, 'fr', territory)}. Au-delà, elle est abandonnée. Vous pouvez aussi l’abandonner vous-même à tout moment.`,
      en: `Submit the correction ${formatLimit(until, 'en', territory)}. After that it is dropped. You can also discard it yourself at any time.`,
    },
    {
      fr: 'À l’envoi, vos réponses sont réexaminées selon les règles en vigueur. Un résultat identique ou meilleur remplace le précédent, et votre place, si vous en avez une, vous reste acquise. Si le résultat est moins bon, ou si votre date ne convient plus, une personne de l’équipe l’examine d’abord : votre place est conservée jusqu’à sa décision.',
      en: 'When you submit it, your answers are assessed again under the rules in force. A result that is the same or better replaces the earlier one, and you keep your place, if you have one. If the result is worse, or your date no longer suits, a member of the team reviews it first: your place is kept until the decision.',
    },
    {
      fr: 'Le relevé de l’envoi précédent est conservé ; celui de la correction indique quel envoi il corrige.',
      en: 'The record of the earlier submission is kept; that of the correction says which submission it corrects.',
    },
  ];
}

/** In which sections those who were named for a part answer again; nothing where no one was. */
function reopenedFields(view: View, { state }: Snapshot, values: readonly string[]): Html {
  if (state.persons === undefined) return nothing;
  return checkboxes(view, {
    name: 'sections',
    label: {
      fr: 'Quelles parties voulez-vous rouvrir à vos collègues ?',
      en: 'Which sections do you want to reopen to your colleagues?',
    },
    hint: {
      fr: 'Vous-même et votre suppléant pouvez corriger toutes les parties. Les collègues et l’intégrateur que vous avez invités ne répondent de nouveau qu’à leurs questions des parties cochées. Prévenez-les : leur lien reste le même.',
      en: 'You and your deputy can correct every section. The colleagues and the integrator you invited can answer again only their own questions in the sections you tick. Let them know: their link stays the same.',
    },
    choices: sections.map(({ id, title: name }) => ({ value: id, label: sectionTitle({ id, title: name }) })),
    values,
  });
}

function openingPage(c: WebContext, now: Snapshot, until: string, values: readonly string[] = []) {
  const view = c.get('view');
  return answerPage(c, {
    title,
    ...(now.state.persons === undefined ? {} : { problems: [] }),
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(title)}</h1>
${consequences(until, now.state.territory).map((text) => html`<p>${view.t(text)}</p>`)}
${form(view, {
  kept: true,
  action: correctionPath,
  content: reopenedFields(view, now, values),
  buttons: [{ label: { fr: 'Commencer la correction', en: 'Start the correction' } }],
})}`,
  });
}

export async function showOpening(c: WebContext, { clock, site }: WebDependencies) {
  const { now } = customerOf(c);
  const at = clock.now();
  if (openCorrection(now, at) !== undefined) return leadTo(c, site, taskListPath(c.get('view')));
  return actOrExplain(c, title, async () => {
    expectCorrection(now.state);
    return openingPage(c, now, limitFor(now, at));
  });
}

export async function open(c: WebContext, deps: WebDependencies) {
  const { reference, now, who } = customerOf(c);
  const chosen = formOf(c).all('sections');
  return actOrExplain(c, title, async () => {
    if (onlyAsksForLanguage(c)) return openingPage(c, now, limitFor(now, deps.clock.now()), chosen);
    const reopened = sections.map(({ id }) => id).filter((id) => chosen.includes(id));
    await beginCorrection(deps, reference, { sections: reopened }, who);
    return leadTo(c, deps.site, taskListPath(c.get('view')));
  });
}

const discarding: Text = { fr: 'Abandonner la correction', en: 'Discard the correction' };

function discardingPage(c: WebContext) {
  const view = c.get('view');
  return answerPage(c, {
    title: discarding,
    back: { path: '/status', label: { fr: 'Où en est votre dossier', en: 'Status of your onboarding' } },
    body: html`<h1>${view.t(discarding)}</h1>
<p>${view.t({
      fr: 'Ce que vous avez modifié depuis le début de la correction est effacé, y compris ce que vos collègues ont modifié. Les réponses que vous avez envoyées restent en vigueur, avec le même résultat et la même date.',
      en: 'What you have changed since the correction was started is deleted, including what your colleagues have changed. The answers you submitted remain in force, with the same result and the same date.',
    })}</p>
${form(view, {
  action: discardPath,
  content: nothing,
  buttons: [{ label: discarding, look: 'danger' }],
})}`,
  });
}

export async function showDiscarding(c: WebContext, { clock, site }: WebDependencies) {
  const isOpen = openCorrection(customerOf(c).now, clock.now()) !== undefined;
  return isOpen ? discardingPage(c) : leadTo(c, site, '/status');
}

export async function discard(c: WebContext, deps: WebDependencies) {
  const { reference, who } = customerOf(c);
  return actOrExplain(c, discarding, async () => {
    await discardCorrection(deps, reference, who);
    return leadTo(c, deps.site, '/status', 'correction-discarded');
  });
}
