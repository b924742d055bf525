import { mayCorrect, openCorrection } from '../../domain/onboarding/correction.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { formatLimit } from '../../domain/paris-time.ts';
import type { Text } from '../../domain/text.ts';
import { banner, linkButton } from '../shared/layout/components.ts';
import { instantText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { correctionPath, discardPath } from './correction-paths.ts';
import { taskListPath } from './form-paths.ts';

/** That a correction is open, until when, and that nothing changes before it is submitted. */
export function correctionIsOpen({ until }: { readonly until: string }, territory: string | undefined): Text {
  return {
    fr: `Vous corrigez vos réponses. Rien ne change tant que la correction n’est pas envoyée, ni votre résultat, ni votre date. Envoyez-la ${formatLimit(until, 'fr', territory)}.`,
    en: `You are correcting your answers. Nothing changes until the correction is submitted, neither your result nor your date. Submit it ${formatLimit(until, 'en', territory)}.`,
  };
}

/** What the status page says of a correction: one that is open, or one that was not submitted in time. */
export function correctionNotice(view: View, now: Snapshot, at: Date): Html {
  const open = openCorrection(now, at);
  if (open !== undefined) {
    const acts = html`<div class="actions">${linkButton(view, taskListPath(view), { fr: 'Continuer la correction', en: 'Continue the correction' }, 'second')}${linkButton(view, discardPath, { fr: 'Abandonner la correction', en: 'Discard the correction' }, 'second')}</div>`;
    return banner(view, view.t(correctionIsOpen(open, now.state.territory)), 'plain', acts);
  }
  const { correction } = now;
  if (correction === undefined || now.state.stage === 'CLOSED') return nothing;
  const { openedAt, until } = correction;
  return html`<p>${view.t({
    fr: `La correction commencée le ${instantText(view, openedAt)} n’a pas été envoyée avant le ${instantText(view, until)} : elle est abandonnée, et les réponses que vous aviez envoyées restent en vigueur.`,
    en: `The correction started on ${instantText(view, openedAt)} was not submitted before ${instantText(view, until)}: it has been dropped, and the answers you had submitted remain in force.`,
  })}</p>`;
}

/** The way to correct answers, while it is open; nothing otherwise. */
export function correctionLink(view: View, now: Snapshot, at: Date): Html {
  if (!mayCorrect(now, at)) return nothing;
  return html`<p><a href="${view.href(correctionPath)}">${view.t({ fr: 'Corriger nos réponses', en: 'Correct our answers' })}</a></p>`;
}
