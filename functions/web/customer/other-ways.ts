import type { Snapshot } from '../../domain/onboarding/state.ts';
import { noTalkBecause } from '../../domain/onboarding/talk.ts';
import type { Text } from '../../domain/text.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { talkFirst, talkPath } from './talk-words.ts';

/** A way to begin other than to answer the first question. */
interface OtherWay {
  readonly path: string;
  readonly label: Text;
  readonly what: Text;
}

/** The ways that are open to a customer now. */
function otherWays(now: Snapshot): readonly OtherWay[] {
  const talk = {
    path: talkPath,
    label: talkFirst,
    what: {
      fr: 'Votre interlocuteur prend contact avec vous ; votre délai pour répondre est en pause entre-temps.',
      en: 'Your contact gets in touch with you; your time to answer is paused meanwhile.',
    },
  };
  return noTalkBecause(now) === undefined ? [talk] : [];
}

/** For a customer that would rather not begin by itself. */
export function otherWaysPart(view: View, now: Snapshot): Html {
  const ways = otherWays(now);
  if (ways.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Vous préférez commencer autrement', en: 'If you would rather begin another way' })}</h2>
<ul>${ways.map(({ path, label, what }) => html`<li><a href="${view.href(path)}">${view.t(label)}</a><br>${view.t(what)}</li>`)}</ul>`;
}
