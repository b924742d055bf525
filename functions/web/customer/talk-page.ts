import { talking } from '../../domain/onboarding/durations.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { newTalk } from '../../domain/onboarding/talk.ts';
import type { Text } from '../../domain/text.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { paragraphField } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { beforePath } from './before.ts';
import { contactText, matterHint, matterLabel, pauseText, talkFirst, talkPath } from './talk-words.ts';

interface Typed {
  readonly matter: string;
  readonly problems: readonly Problem[];
}

function howOften({ state }: Snapshot): Text {
  return (state.talks ?? 0) === 0
    ? {
        fr: `Vous pouvez le demander ${talking.most} fois.`,
        en: `You can ask for this ${talking.most} times.`,
      }
    : {
        fr: 'Vous l’avez déjà demandé : c’est la dernière fois possible.',
        en: 'You have asked for this before: this is the last time that you can.',
      };
}

/** The form with which a customer asks to talk first: what follows is said before it is sent. */
export function talkPage(view: View, now: Snapshot, at: Date, { matter, problems }: Typed): Page {
  const talk = newTalk(at);
  return {
    title: talkFirst,
    problems,
    back: { path: beforePath },
    body: html`<h1>${view.t(talkFirst)}</h1>
<p>${view.t({
      fr: 'Une question vous arrête, ou vous préférez savoir à qui vous répondez ? Parlez-en avec nous avant de répondre, ou avant de poursuivre.',
      en: 'Is a question holding you up, or would you rather know whom you are answering? Talk with us before you answer, or before you go on.',
    })}</p>
<h2>${view.t({ fr: 'Ce que cela entraîne', en: 'What this means' })}</h2>
<p>${view.t(contactText(talk, now.state, at))}</p>
<p>${view.t(pauseText(talk, now.wait))} ${view.t(howOften(now))}</p>
${form(view, {
  kept: true,
  action: talkPath,
  content: paragraphField(view, {
    name: 'matter',
    label: matterLabel,
    hint: matterHint,
    optional: true,
    value: matter,
    problem: problemOf(problems, 'matter'),
  }),
  buttons: [{ label: { fr: 'Demander à en parler', en: 'Ask to talk' } }],
})}`,
  };
}
