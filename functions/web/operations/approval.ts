import { answerApproval } from '../../application/answer-approval.ts';
import { questionsToAsk } from '../../application/questions-to-ask.ts';
import { OnboardingNotFoundError } from '../../domain/errors.ts';
import { parseApprovalId, waitingApproval } from '../../domain/onboarding/approvals.ts';
import { ifNotMoved } from '../../domain/onboarding/group-moves.ts';
import type { Approval, Snapshot } from '../../domain/onboarding/state.ts';
import { whyTwoPeople } from '../../domain/onboarding/transitions/approvals.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, summaryList } from '../shared/layout/components.ts';
import { dayText, instantText, limitText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf } from '../shared/staff/acts.ts';
import { readFile } from '../shared/staff/file.ts';
import { reasonField, reasonLabel } from '../shared/staff/reason.ts';
import { statusSummary } from '../shared/staff/status-summary.ts';
import { answerChoices, readAnswer } from './approval-answer.ts';
import { approvalsPath, askerText, isOwn, moveSetPath } from './approvals-link.ts';
import { decisionConsequence, decisionLabel } from './decisions.ts';
import { factsFor } from './review.ts';
import { tooLatePage } from './too-late-page.ts';

const title: Text = { fr: 'Accord d’une seconde personne', en: 'Second-person approval' };

const approves: Text = { fr: 'La décision est prise aussitôt.', en: 'The decision is taken at once.' };

/** What follows a refusal. */
function declines({ group }: Approval): Text {
  if (group === undefined) {
    return {
      fr: 'La demande prend fin ; rien d’autre ne change.',
      en: 'The request ends; nothing else changes.',
    };
  }
  return {
    fr: `La demande prend fin : ${ifNotMoved.fr}.`,
    en: `The request ends: ${ifNotMoved.en}.`,
  };
}

function asked(view: View, approval: Approval): Html {
  const { kind, review, decision, wave, group, by, askedAt, until, reason = '' } = approval;
  return summaryList(view, [
    {
      key: { fr: 'Décision demandée', en: 'Decision asked for' },
      value: html`${view.t(decisionLabel(review, decision))}<br><span class="soft">${view.t(decisionConsequence(review, decision))}</span>`,
    },
    ...(wave === undefined
      ? []
      : [{ key: { fr: 'Vague', en: 'Wave' }, value: waveLink(view, wave, approval.cutover) }]),
    ...(group === undefined
      ? []
      : [
          {
            key: { fr: 'Groupe', en: 'Group' },
            value: html`<a href="${view.href(moveSetPath(group.set))}">${view.t({ fr: 'Les déplacements proposés ensemble', en: 'The moves proposed together' })}</a>`,
          },
        ]),
    {
      key: { fr: 'Pourquoi deux personnes', en: 'Why two people' },
      value: view.t(whyTwoPeople(kind, approval)),
    },
    {
      key: { fr: 'Demandée par', en: 'Asked by' },
      value: `${askerText(view, by)} – ${instantText(view, askedAt)}`,
    },
    { key: reasonLabel, value: reason },
    {
      key: { fr: 'Accord possible jusqu’au', en: 'Agreement possible until' },
      value: instantText(view, until),
    },
  ]);
}

function waveLink(view: View, wave: string, cutover: string | undefined): Html {
  const day = cutover === undefined ? nothing : html` (${dayText(view, cutover)})`;
  return html`<a href="${view.href(`/waves/${wave}`)}">${wave}</a>${day}`;
}

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function answerForm(view: View, approval: Approval, { fields, problems = [] }: Given): Html {
  return form(view, {
    kept: true,
    action: `${approvalsPath}/${approval.id}`,
    content: html`${radios(view, {
      name: 'decision',
      label: { fr: 'Votre réponse', en: 'Your answer' },
      choices: answerChoices({ approve: approves, decline: declines(approval) }),
      value: fields?.get('decision'),
      problem: problemOf(problems, 'decision'),
    })}${reasonField(view, { form: fields, problems })}`,
    buttons: [{ label: { fr: 'Enregistrer la réponse', en: 'Record the answer' } }],
  });
}

async function approvalPage(
  c: WebContext,
  deps: WebDependencies,
  { now, approval }: { readonly now: Snapshot; readonly approval: Approval },
  given: Given = {},
  status?: 409,
) {
  const view = c.get('view');
  const [file, questions] = await Promise.all([
    readFile(deps.store, now),
    questionsToAsk(deps.store, now.state),
  ]);
  const { reference, name } = now.state;
  const own = isOwn(c, approval);
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${reference}`, en: `${title.en} – ${reference}` },
      back: { path: approvalsPath },
      problems: given.problems ?? [],
      body: html`<h1>${view.t(title)}</h1>
<p class="soft">${name} – <a href="${view.href(`/operations/${reference}`)}">${reference}</a></p>
${asked(view, approval)}
${statusSummary(view, file, deps.platform, deps.clock.now())}
${await factsFor(view, deps, { kind: approval.review, file, questions })}
<h2>${view.t({ fr: 'Répondre', en: 'Answer' })}</h2>
${
  own
    ? html`<p>${view.t({
        fr: `Vous avez fait cette demande : une autre personne de l’exploitation doit y répondre ${limitText(view, approval.until)}.`,
        en: `You made this request: another operator has to answer it ${limitText(view, approval.until)}.`,
      })}</p>`
    : answerForm(view, approval, given)
}`,
    },
    status,
  );
}

const over: Text = {
  fr: 'Cette demande n’attend plus de réponse : elle en a reçu une, son délai est passé ou les faits ont changé. L’historique du dossier dit comment elle a pris fin.',
  en: 'This request no longer waits for an answer: it was answered, its time is over, or the facts have changed. The history of the onboarding says how it ended.',
};

/** The onboarding of a request, with the request if it is waiting. */
async function requested(c: WebContext, deps: WebDependencies, id: string) {
  const reference = parseApprovalId(id)?.reference;
  if (reference === undefined) throw new OnboardingNotFoundError();
  const now = await visibleOnboarding(c, deps, reference);
  const approval = waitingApproval(now, deps.clock.now());
  return { now, approval: approval?.id === id ? approval : undefined };
}

/** What follows a request that was turned down. */
function declinedFlash(approval: Approval | undefined): string {
  if (approval?.kind !== 'move') return 'declined';
  return approval.group === undefined ? 'move-declined' : 'group-declined';
}

/** The page on which a second person answers a request. */
export function registerApproval(app: WebApp, deps: WebDependencies): void {
  const path = `${approvalsPath}/:id` as const;

  app.get(path, async (c) => {
    const { now, approval } = await requested(c, deps, c.req.param('id'));
    if (approval === undefined) return tooLatePage(c, { title, reference: now.state.reference, text: over });
    return approvalPage(c, deps, { now, approval });
  });

  app.post(path, async (c) => {
    const id = c.req.param('id');
    const { now, approval } = await requested(c, deps, id);
    const { reference } = now.state;
    const fields = formOf(c);
    const read = readAnswer(fields);
    if ('problems' in read) {
      if (approval === undefined)
        return tooLatePage(c, { title, reference, text: over, typed: fields.get('reason') });
      return approvalPage(c, deps, { now, approval }, { fields, problems: read.problems });
    }
    if (onlyAsksForLanguage(c) && approval !== undefined) {
      return approvalPage(c, deps, { now, approval }, { fields });
    }
    try {
      // Also when it no longer waits: the same answer again is the same answer.
      await answerApproval(deps, { id, ...read.answer }, actorOf(c, 'operator'));
    } catch (error) {
      const problem = refusalOf(error, 'decision');
      const after = await requested(c, deps, id);
      if (after.approval === undefined)
        return tooLatePage(c, { title, reference, text: problem.message, typed: fields.get('reason') });
      const shown = { now: after.now, approval: after.approval };
      return approvalPage(c, deps, shown, { fields, problems: [problem] }, 409);
    }
    const flash = read.answer.decision === 'approve' ? 'approved' : declinedFlash(approval);
    return leadTo(c, deps.site, `/operations/${reference}`, flash);
  });
}
