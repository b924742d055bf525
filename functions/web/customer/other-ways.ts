import type { Snapshot } from '../../domain/onboarding/state.ts';
import { noTalkBecause } from '../../domain/onboarding/talk.ts';
import { type Html, html } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import type { View } from '../shared/layout/view.ts';
import { talkFirst, talkPath } from './talk-words.ts';

/** A way to begin other than to answer the first question: its words, and how to take it. */
interface OtherWay {
  readonly name: Html;
  readonly what: Html;
}

function talkWay(view: View): OtherWay {
  return {
    name: html`<a href="${view.href(talkPath)}">${view.t(talkFirst)}</a>`,
    what: html`${view.t({
      fr: 'Votre interlocuteur prend contact avec vous ; votre délai pour répondre est en pause entre-temps.',
      en: 'Your contact gets in touch with you; your time to answer is paused meanwhile.',
    })}`,
  };
}

function interviewWay(view: View): OtherWay {
  return {
    name: html`${view.t({ fr: 'Répondre lors d’un entretien', en: 'Answer in an interview' })}`,
    what: html`${view.t({
      fr: 'Un opérateur saisit avec vous, dans ces mêmes pages, ce que vous lui dites ; chaque réponse dit qui l’a saisie et avec qui. Vous relisez, modifiez et attestez ensuite par votre lien, ou par un courrier signé. Pour le demander, écrivez à',
      en: 'An operator enters with you, in these same pages, what you tell them; every answer says who entered it and with whom. You then check, change and attest with your link, or by a signed letter. To ask for it, email',
    })} ${mailLink(view.contact)}.`,
  };
}

/** For a customer that would rather not begin by itself. */
export function otherWaysPart(view: View, now: Snapshot): Html {
  const ways = [...(noTalkBecause(now) === undefined ? [talkWay(view)] : []), interviewWay(view)];
  return html`<h2 id="other-ways">${view.t({ fr: 'Vous préférez commencer autrement', en: 'If you would rather begin another way' })}</h2>
<ul>${ways.map(({ name, what }) => html`<li>${name}<br>${what}</li>`)}</ul>`;
}
