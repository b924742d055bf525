import { declineInvitation } from '../../application/answers.ts';
import { withdraw } from '../../application/upkeep.ts';
import { isPlainText } from '../../domain/input/plain-text.ts';
import { fieldProblem, longestText, type ProblemCode } from '../../domain/input/problem-texts.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { textField } from '../shared/layout/fields.ts';
import { html } from '../shared/layout/html.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { actOrExplain, refusalPage } from './refusal.ts';
import { mayWithdraw } from './status.ts';

/** A way for the customer to leave, with its consequences. */
interface Leaving {
  readonly path: string;
  readonly back: string;
  readonly title: Text;
  readonly consequences: Text;
  readonly button: Text;
}

const declining: Leaving = {
  path: '/questionnaire/decline',
  back: '/questionnaire',
  title: { fr: 'Décliner l’invitation', en: 'Decline the invitation' },
  consequences: {
    fr: 'Votre dossier est clos et nous ne vous écrirons plus à ce sujet. Les réponses déjà enregistrées ne servent plus. Une nouvelle demande reste possible à tout moment.',
    en: 'Your file is closed and we will not write to you about it again. Answers already saved are no longer used. A new request stays possible at any time.',
  },
  button: { fr: 'Décliner et clore le dossier', en: 'Decline and close the file' },
};

const withdrawing: Leaving = {
  path: '/status/withdrawal',
  back: '/status',
  title: { fr: 'Retirer notre demande', en: 'Withdraw our request' },
  consequences: {
    fr: 'Votre dossier est clos et toute place réservée est rendue aussitôt. Vos réponses ne servent plus. Une nouvelle demande reste possible, sans garantie de retrouver la même date.',
    en: 'Your file is closed and any place held is given back at once. Your answers are no longer used. A new request stays possible, without a promise of the same date.',
  },
  button: { fr: 'Retirer la demande et clore le dossier', en: 'Withdraw and close the file' },
};

const reasonLabel: Text = { fr: 'Pour quelle raison ?', en: 'For what reason?' };

function leavingPage(c: WebContext, leaving: Leaving, reason = '', problems: readonly Problem[] = []) {
  const view = c.get('view');
  return answerPage(c, {
    title: leaving.title,
    problems,
    back: { path: leaving.back },
    body: html`<h1>${view.t(leaving.title)}</h1>
<p>${view.t(leaving.consequences)}</p>
${form(view, {
  kept: true,
  action: leaving.path,
  content: textField(view, {
    name: 'reason',
    label: reasonLabel,
    hint: {
      fr: 'Quelques mots suffisent, sans information sensible : ils nous aident à mieux faire.',
      en: 'A few words will do, without sensitive information: they help us do better.',
    },
    value: reason,
    problem: problemOf(problems, 'reason'),
  }),
  buttons: [{ label: leaving.button, look: 'danger' }],
})}`,
  });
}

function problemsOf(reason: string): readonly Problem[] {
  const refused = (code: ProblemCode) => [fieldProblem('reason', { fr: 'Raison', en: 'Reason' }, code)];
  if (reason === '') return refused('missing');
  if (reason.length > longestText) return refused('too_long');
  return isPlainText(reason) ? [] : refused('not_plain_text');
}

type Act = (reason: string) => Promise<void>;

async function leave(c: WebContext, deps: WebDependencies, leaving: Leaving, flash: string, act: Act) {
  const reason = formOf(c).get('reason') ?? '';
  const problems = problemsOf(reason);
  if (problems.length > 0 || onlyAsksForLanguage(c)) return leavingPage(c, leaving, reason, problems);
  return actOrExplain(c, leaving.title, async () => {
    await act(reason);
    return leadTo(c, deps.site, '/status', flash);
  });
}

/** Declining the invitation, and withdrawing later; each page states the consequences first. */
export function registerLeaving(app: WebApp, deps: WebDependencies): void {
  app.get(declining.path, requireCustomer, (c) => leavingPage(c, declining));
  app.post(declining.path, requireCustomer, (c) => {
    const { reference, who } = customerOf(c);
    return leave(c, deps, declining, 'declined', (reason) => declineInvitation(deps, reference, reason, who));
  });
  app.get(withdrawing.path, requireCustomer, (c) =>
    mayWithdraw(customerOf(c).now)
      ? leavingPage(c, withdrawing)
      : refusalPage(c, withdrawing.title, [
          {
            fr: 'Le dossier est clos, ou votre organisme est déjà confié à l’exploitation : écrivez à votre interlocuteur.',
            en: 'The file is closed, or your organisation is already in the hands of operations: please write to your contact.',
          },
        ]),
  );
  app.post(withdrawing.path, requireCustomer, (c) => {
    const { reference, who } = customerOf(c);
    return leave(c, deps, withdrawing, 'withdrawn', (reason) => withdraw(deps, reference, reason, who));
  });
}
