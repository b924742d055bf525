import { declineInvitation } from '../../application/submit-answers.ts';
import { withdraw } from '../../application/withdraw.ts';
import { isPlainText, repaired, showsNothing } from '../../domain/input/plain-text.ts';
import { fieldProblem, longestText, type ProblemCode } from '../../domain/input/problem-texts.ts';
import { isInWorkflow } from '../../domain/onboarding/lifecycle.ts';
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
    fr: 'Votre dossier sera clos et vous recevrez un dernier courriel de confirmation. Les réponses déjà enregistrées ne seront plus utilisées. Vous pourrez faire une nouvelle demande à tout moment.',
    en: 'Your onboarding will be closed and you will receive one last confirmation email. Answers already saved will no longer be used. You can make a new request at any time.',
  },
  button: { fr: 'Décliner et clore le dossier', en: 'Decline and close the onboarding' },
};

const withdrawing: Leaving = {
  path: '/status/withdrawal',
  back: '/status',
  title: { fr: 'Retirer notre demande', en: 'Withdraw our request' },
  consequences: {
    fr: 'Votre dossier sera clos et toute place réservée sera aussitôt rendue. Vos réponses ne seront plus utilisées. Vous pourrez faire une nouvelle demande, sans garantie de retrouver la même date.',
    en: 'Your onboarding will be closed and any place that is held will be released at once. Your answers will no longer be used. You can make a new request, with no guarantee of the same date.',
  },
  button: { fr: 'Retirer la demande et clore le dossier', en: 'Withdraw and close the onboarding' },
};

const reasonLabel: Text = { fr: 'Pour quelle raison ?', en: 'What is your reason?' };

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
      fr: 'Quelques mots suffisent, sans information sensible : ils nous aident à progresser.',
      en: 'A few words are enough, without sensitive information: they help us improve.',
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
  if (showsNothing(reason)) return refused('missing');
  if (reason.length > longestText) return refused('too_long');
  return isPlainText(reason) ? [] : refused('not_plain_text');
}

type Act = (reason: string) => Promise<void>;

async function leave(c: WebContext, deps: WebDependencies, leaving: Leaving, flash: string, act: Act) {
  const reason = repaired(formOf(c).get('reason') ?? '');
  const problems = problemsOf(reason);
  if (problems.length > 0 || onlyAsksForLanguage(c)) return leavingPage(c, leaving, reason, problems);
  return actOrExplain(c, leaving.title, async () => {
    await act(reason);
    return leadTo(c, deps.site, '/status', flash);
  });
}

/** Declining the invitation; the page states the consequences first. */
export function registerDecline(app: WebApp, deps: WebDependencies): void {
  app.get(declining.path, requireCustomer, (c) => leavingPage(c, declining));
  app.post(declining.path, requireCustomer, (c) => {
    const { reference, who } = customerOf(c);
    return leave(c, deps, declining, 'declined', (reason) => declineInvitation(deps, reference, reason, who));
  });
}

/** Withdrawing the request after the answers; the page states the consequences first. */
export function registerWithdrawal(app: WebApp, deps: WebDependencies): void {
  app.get(withdrawing.path, requireCustomer, (c) =>
    isInWorkflow(customerOf(c).now.state)
      ? leavingPage(c, withdrawing)
      : refusalPage(c, withdrawing.title, [
          {
            fr: 'Votre dossier est clos, ou l’équipe d’exploitation l’a déjà pris en charge : écrivez à votre interlocuteur.',
            en: 'Your onboarding is closed, or has already been handed over to the operations team: please write to your contact.',
          },
        ]),
  );
  app.post(withdrawing.path, requireCustomer, (c) => {
    const { reference, who } = customerOf(c);
    return leave(c, deps, withdrawing, 'withdrawn', (reason) => withdraw(deps, reference, reason, who));
  });
}
