import { setTimeout as wait } from 'node:timers/promises';
import { sendNewLink } from '../../application/new-link.ts';
import { isBlank } from '../../domain/input/plain-text.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readMail } from '../../domain/input/read-text.ts';
import { parseReference, wholeOf } from '../../domain/onboarding/reference.ts';
import type { Text } from '../../domain/text.ts';
import { errorName } from '../../platform/log.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { textField } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { newLinkTitle } from '../shared/layout/new-link-button.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';
import { createAddressLimit, type Timed, tooManyRequests } from './address-limit.ts';

/** Milliseconds after which every request is answered: longer than a mail takes to be written to the outbox. */
export const answersAfter = 1_500;

const mailLabel: Text = { fr: 'Votre adresse électronique', en: 'Your email address' };
const referenceLabel: Text = { fr: 'Référence du dossier', en: 'Reference of the onboarding' };

interface Typed {
  readonly email: string;
  readonly reference: string;
}

function newLinkPage(view: View, typed: Typed, problems: readonly Problem[] = []): Page {
  return {
    title: newLinkTitle,
    problems,
    body: html`<h1>${view.t(newLinkTitle)}</h1>
<p>${view.t({
      fr: 'Nous envoyons le lien à l’adresse que nous connaissons déjà, et à aucune autre. Nous n’indiquons jamais si une adresse nous est connue.',
      en: 'We send the link to the address that we already have, and to no other. We never say whether we know an address.',
    })}</p>
${form(view, {
  kept: true,
  action: '/new-link',
  content: html`${textField(view, {
    name: 'email',
    type: 'email',
    autocomplete: 'email',
    label: mailLabel,
    hint: { fr: 'Celle à laquelle nos courriels arrivent.', en: 'The one to which our emails come.' },
    value: typed.email,
    problem: problemOf(problems, 'email'),
  })}${textField(view, {
    name: 'reference',
    short: true,
    optional: true,
    label: referenceLabel,
    hint: {
      fr: 'Elle est dans l’objet de nos courriels, par exemple K7F4-M3XJ. Il la faut si vous avez été désigné par le contact de votre organisme.',
      en: 'It is in the subject of our emails, for example K7F4-M3XJ. It is needed if your organisation’s contact named you.',
    },
    value: typed.reference,
    problem: problemOf(problems, 'reference'),
  })}`,
  buttons: [{ label: { fr: 'Recevoir le lien', en: 'Send the link' } }],
})}`,
  };
}

function sentPage(view: View): Page {
  const done: Text = { fr: 'Consultez votre messagerie', en: 'Check your email' };
  return {
    title: done,
    body: html`<h1>${view.t(done)}</h1>
<p>${view.t({
      fr: 'Si cette adresse est celle d’un dossier ouvert, son lien vient de partir. Il arrive d’ordinaire en quelques minutes ; regardez aussi parmi les indésirables.',
      en: 'If this address belongs to an open onboarding, its link has just been sent. It usually arrives within minutes; look among your junk mail too.',
    })}</p>
<p>${view.t({
      fr: 'Rien n’arrive ? Vérifiez l’adresse, ajoutez la référence, ou écrivez à l’adresse ci-dessous. Un lien est envoyé trois fois par jour au plus.',
      en: 'Nothing arrives? Check the address, add the reference, or write to the address below. A link is sent at most three times a day.',
    })}</p>`,
  };
}

type Paced = WebDependencies & Timed & { readonly pause?: (milliseconds: number) => Promise<unknown> };

/**
 * Where anyone asks for their link again. Every address is answered alike and after the same time, so that the answer
 * does not tell whether it is known.
 */
export function registerNewLink(app: WebApp, deps: Paced): void {
  const { logger, elapsed = () => performance.now(), pause = wait } = deps;
  const waitFor = createAddressLimit(deps);

  async function send(email: string, reference: string | undefined): Promise<void> {
    const since = elapsed();
    try {
      await sendNewLink(deps, { email, reference });
    } catch (error) {
      // A fault that shows would tell that there was something to do.
      logger.log('page_failed', { error: errorName(error) });
    }
    await pause(Math.max(0, answersAfter - (elapsed() - since)));
  }

  app.get('/new-link', (c) => answerPage(c, newLinkPage(c.get('view'), { email: '', reference: '' })));

  app.post('/new-link', async (c) => {
    const view = c.get('view');
    const sent = formOf(c);
    const typed = { email: sent.get('email') ?? '', reference: sent.get('reference') ?? '' };
    const mail = isBlank(typed.email) ? ({ problem: 'missing' } as const) : readMail(typed.email);
    const named = parseReference(typed.reference);
    // The link of a part is that of its whole.
    const reference = named === undefined ? undefined : wholeOf(named);
    const problems = [
      ...('problem' in mail ? [fieldProblem('email', mailLabel, mail.problem)] : []),
      ...(reference === undefined && !isBlank(typed.reference) ? [notAReference] : []),
    ];
    if (problems.length > 0 || onlyAsksForLanguage(c) || 'problem' in mail) {
      return answerPage(c, newLinkPage(view, typed, problems));
    }
    if (waitFor(c) > 0) {
      return answerPage(c, newLinkPage(view, typed, [{ field: 'email', message: tooManyRequests }]), 429);
    }
    await send(mail.value, reference);
    return answerPage(c, sentPage(view));
  });
}

const notAReference: Problem = {
  field: 'reference',
  message: {
    fr: 'Référence du dossier : huit caractères, comme K7F4-M3XJ ; laissez vide si vous ne l’avez pas.',
    en: 'Reference of the onboarding: eight characters, such as K7F4-M3XJ; leave it empty if you do not have it.',
  },
};
