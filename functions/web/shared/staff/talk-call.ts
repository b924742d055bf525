import { talkDueBy } from '../../../domain/onboarding/talk.ts';
import { linkButton } from '../layout/components.ts';
import { dayText, limitText } from '../layout/dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { typedText } from '../layout/typed-text.ts';
import type { View } from '../layout/view.ts';
import { talkLink } from './common-act-links.ts';
import type { File } from './file.ts';
import type { StaffFolder } from './onboarding-table.ts';

/** What a customer that wants to talk has written, and by when to get in touch with it; nothing for every other one. */
export function talkCall(view: View, { now, matter }: File, at: StaffFolder): Html {
  const { talk, reference } = now.state;
  if (talk === undefined) return nothing;
  const due = limitText(view, talkDueBy(talk));
  const paused = dayText(view, talk.until);
  const what =
    talk.heldAt === undefined
      ? {
          fr: `Prenez contact avec le client ${due}. Son délai pour répondre est en pause jusqu’au ${paused} au plus tard ; il ne reçoit aucun rappel.`,
          en: `Get in touch with the customer ${due}. Its time to answer is paused until ${paused} at the latest; it gets no reminder.`,
        }
      : {
          fr: `Vous vous êtes parlé le ${dayText(view, talk.heldAt)} : le client prend encore du temps. Son délai pour répondre est en pause jusqu’au ${paused} au plus tard.`,
          en: `You talked on ${dayText(view, talk.heldAt)}: the customer takes more time. Its time to answer is paused until ${paused} at the latest.`,
        };
  const about =
    matter === undefined
      ? html`<p>${view.t({ fr: 'Il n’a pas précisé de quoi.', en: 'It has not said about what.' })}</p>`
      : html`<p><strong>${view.t({ fr: 'De quoi il souhaite parler', en: 'What it wants to talk about' })}</strong></p>${typedText(matter)}`;
  return html`<div class="next"><h2>${view.t({ fr: 'Le client souhaite en parler d’abord', en: 'The customer wants to talk first' })}</h2>
<p>${view.t(what)}</p>${about}
<p>${linkButton(view, `${at}/${reference}/${talkLink.path}`, talkLink.label)}</p></div>`;
}
