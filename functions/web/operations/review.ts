import { decideReview, decisionsForTwo, decisionsOf } from '../../application/decide-review.ts';
import { type QuestionsToAsk, questionsToAsk } from '../../application/questions-to-ask.ts';
import { factsShown } from '../../application/review-facts.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { registryLabels } from '../../domain/classification/facts.ts';
import { qualify } from '../../domain/classification/qualify.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { isBeforeLeader, leaderFirst } from '../../domain/onboarding/group-moves.ts';
import { type ReviewKind, reviewLabels } from '../../domain/onboarding/lifecycle.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { goChangesOf } from '../../domain/onboarding/transitions/go-in-advance.ts';
import type { ReviewAnswer } from '../../domain/onboarding/transitions/reviews.ts';
import { undecidedReview } from '../../domain/onboarding/undecided-review.ts';
import { tierLabels } from '../../domain/readiness/tier.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf } from '../shared/staff/acts.ts';
import { type File, readFile } from '../shared/staff/file.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';
import { reasonTable, resultSummary } from '../shared/staff/result.ts';
import { organisation, statusSummary } from '../shared/staff/status-summary.ts';
import { askForTwo, forTwoText, waitingCall } from './approval-calls.ts';
import { askCustomerFields, readAsked, reviewQuestionLists } from './ask-customer.ts';
import { decisionConsequence, decisionLabel, reviewQuestions } from './decisions.ts';
import { beforeTheGate, consequencesInAdvance } from './go-in-advance.ts';
import { moveLink } from './move-link.ts';
import { shownFacts } from './review-facts.ts';
import { splitLink } from './split-link.ts';
import { tooLatePage } from './too-late-page.ts';

const settableTiers = ['READY', 'CONDITIONAL', 'NOT_READY'] as const;

function qualificationFacts(view: View, { intake }: File): Html {
  const status = intake.registry?.status ?? 'unavailable';
  const qualification = qualify({ registryStatus: status });
  const checked = intake.registry === undefined ? '' : ` (${dayText(view, intake.registry.checkedAt)})`;
  return html`<h2>${view.t({ fr: 'Vérification', en: 'Check' })}</h2>
${summaryList(view, [
  {
    key: { fr: 'Registre public', en: 'Public register' },
    value: `${view.t(registryLabels[status])}${checked}`,
  },
])}${reasonTable(view, qualification, { fr: 'Motifs de la revue', en: 'Reasons for the review' })}`;
}

/** The rules behind the review; for a refusal, only the refusing ones. */
function ruleFacts(view: View, { result, now }: File, effects: readonly string[]): Html {
  if (result === undefined) return nothing;
  const { reasons, ruleSetVersion } = result.assessment;
  const decisive = reasons.filter(({ effect }) => effects.includes(effect));
  return html`<h2>${view.t({ fr: 'Résultat', en: 'Result' })}</h2>
${resultSummary(view, now.state, result)}
${reasonTable(view, { reasons: decisive, ruleSetVersion }, { fr: 'Règles concernées', en: 'Rules concerned' })}`;
}

/**
 * The facts an operator needs for the decision. The customer's answers are shown only as far as the decision is about
 * them: the text of a rule states the finding and its legal source, and unanswered questions are listed by name.
 */
export async function factsFor(
  view: View,
  { store, clock, platform }: WebDependencies,
  { kind, file, questions }: { kind: ReviewKind; file: File; questions: QuestionsToAsk },
): Promise<Html> {
  const { now } = file;
  if (kind === 'qualification') return qualificationFacts(view, file);
  if (kind === 'confirmation') return ruleFacts(view, file, ['NOT_ELIGIBLE']);
  if (kind === 'readiness') {
    return html`${ruleFacts(view, file, ['MANUAL_REVIEW', 'UNDETERMINED'])}
${reviewQuestionLists(view, now.state, questions)}`;
  }
  const { reference } = now.state;
  const facts = await factsShown({ store, clock, platform }, now, kind);
  return html`${shownFacts(view, facts, { reference, platform, today: calendarDateOf(clock.now()) })}
${ruleFacts(view, file, [])}`;
}

interface Given {
  readonly kind: ReviewKind;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function readinessFields(view: View, { state }: Snapshot, questions: QuestionsToAsk, given: Given): Html {
  const { fields, problems } = given;
  return html`${radios(view, {
    name: 'tier',
    label: { fr: 'Niveau à fixer', en: 'Tier to set' },
    hint: { fr: 'Uniquement pour « Fixer un autre niveau »', en: 'Only for “Set another tier”' },
    choices: settableTiers.map((tier) => ({ value: tier, label: tierLabels[tier] })),
    value: fields?.get('tier'),
    problem: problemOf(problems, 'tier'),
  })}${askCustomerFields(view, state, questions, given)}`;
}

interface Offered {
  readonly choices: readonly string[];
  /** Those of them that take two people. */
  readonly forTwo: Awaited<ReturnType<typeof decisionsForTwo>>;
  readonly questions: QuestionsToAsk;
}

function decisionForm(view: View, now: Snapshot, offered: Offered, given: Given): Html {
  const { state } = now;
  const { choices, forTwo, questions } = offered;
  const { kind, fields, problems = [] } = given;
  return form(view, {
    kept: true,
    action: `/operations/${state.reference}/review`,
    content: html`<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="seen" value="${state.reviews}"><input type="hidden" name="seenGo" value="${goChangesOf(state)}">
${radios(view, {
  name: 'decision',
  label: { fr: 'Décision', en: 'Decision' },
  choices: choices.map((value) => ({
    value,
    label: decisionLabel(kind, value),
    hint:
      (state.stage === 'WAVE_CONFIRMED' ? consequencesInAdvance[value] : undefined) ??
      decisionConsequence(kind, value),
  })),
  value: fields?.get('decision'),
  problem: problemOf(problems, 'decision'),
})}
${kind === 'readiness' ? readinessFields(view, now, questions, given) : nothing}
${reasonField(view, { form: fields, problems })}${forTwoText(view, kind, forTwo)}`,
    buttons: [
      { label: { fr: 'Enregistrer la décision', en: 'Record the decision' } },
      ...(forTwo.length === 0 ? [] : [askForTwo]),
    ],
  });
}

/** The wave to place a customer in is chosen on a page of its own, and so are the parts to split it into. */
function isDecidedHere(decision: string): boolean {
  return decision !== 'move' && decision !== 'split';
}

async function reviewPage(c: WebContext, deps: WebDependencies, now: Snapshot, given: Given, status?: 409) {
  const view = c.get('view');
  const [file, choices, questions] = await Promise.all([
    readFile(deps.store, now),
    decisionsOf(deps, now, given.kind),
    questionsToAsk(deps.store, now.state),
  ]);
  const { reference } = now.state;
  const name = organisationName(now.state);
  const forTwo = await decisionsForTwo(deps, now, choices);
  const label = reviewLabels[given.kind];
  const unknown = given.kind === 'readiness' && now.state.tier === 'UNKNOWN';
  return answerPage(
    c,
    {
      title: { fr: `${label.fr} – ${reference}`, en: `${label.en} – ${reference}` },
      back: { path: `/operations/${reference}` },
      problems: given.problems ?? [],
      body: html`<h1>${view.t(label)}</h1>
<p class="soft">${name} – ${reference}</p>
<p>${view.t(reviewQuestions[given.kind])}</p>
${beforeTheGate(view, now)}
${waitingCall(c, deps, now)}
${statusSummary(view, file, deps.platform, deps.clock.now())}
${await factsFor(view, deps, { kind: given.kind, file, questions })}
<details><summary>${view.t({ fr: 'Organisme et besoin déclaré', en: 'Organisation and declared requirements' })}</summary>${organisation(view, file, deps.platform)}</details>
<h2>${view.t({ fr: 'Décider', en: 'Decide' })}</h2>
${unknown ? html`<p>${view.t({ fr: 'Le niveau est inconnu : il ne peut pas être retenu tel quel.', en: 'The tier is unknown, so it cannot be kept as calculated.' })}</p>` : nothing}
${given.kind === 'placement' && !choices.includes('wait') ? html`<p>${view.t({ fr: 'Le client est trop grand pour toutes les vagues : la liste d’attente ne servirait à rien tant qu’aucune n’est assez grande.', en: 'The customer is too large for any wave: the waiting list would not help as long as no wave is large enough.' })}</p>` : nothing}
${given.kind === 'placement' ? html`${moveLink(view, now, deps.clock.now())}${splitLink(view, now, deps.clock.now())}` : nothing}
${given.kind === 'go_no_go' && isBeforeLeader(now, deps.clock.now()) ? html`<p>${view.t(leaderFirst(now.state))}</p>` : nothing}
${choices.length === 0 ? nothing : decisionForm(view, now, { choices: choices.filter(isDecidedHere), forTwo, questions }, given)}`,
    },
    status,
  );
}

/** The message after a decision: one that is taken in advance leads on only when its gate opens. */
function doneBy({ state }: Snapshot, { decision }: ReviewAnswer) {
  if (decision === 'take_back') return 'go-taken-back';
  return state.stage === 'WAVE_CONFIRMED' ? 'go-recorded' : 'decided';
}

const notRecorded: Text = { fr: 'Décision non enregistrée', en: 'Decision not recorded' };

const noReview: Text = {
  fr: 'Aucune revue n’est à décider sur ce dossier : elle a déjà été décidée ou n’est pas encore ouverte.',
  en: 'This onboarding has no review to decide: it was decided already, or is not open yet.',
};

function required(field: string, label: Text): Problem {
  return {
    field,
    message: { fr: `${label.fr} : choisissez une option.`, en: `${label.en}: select an option.` },
  };
}

/** Reads the decision from the form; returns the problems of all fields at once. */
function readDecision(fields: FormFields, kind: ReviewKind, { choices, questions }: Omit<Offered, 'forTwo'>) {
  const decision = fields.get('decision') ?? '';
  const tier = settableTiers.find((known) => known === fields.get('tier'));
  const asked = decision === 'ask_customer' ? readAsked(fields, questions) : { value: {} };
  const reason = readReason(fields);
  const problems: Problem[] = [];
  if (!choices.filter(isDecidedHere).includes(decision))
    problems.push(required('decision', { fr: 'Décision', en: 'Decision' }));
  if (decision === 'set_tier' && tier === undefined) {
    problems.push(required('tier', { fr: 'Niveau à fixer', en: 'Tier to set' }));
  }
  if ('problems' in asked) problems.push(...asked.problems);
  if ('problems' in reason) problems.push(...reason.problems);
  if (problems.length > 0 || 'problems' in reason || 'problems' in asked) return { problems };
  const answer: ReviewAnswer = {
    kind,
    decision,
    reason: reason.value,
    seen: Number(fields.get('seen') ?? Number.NaN),
    seenGo: Number(fields.get('seenGo') ?? Number.NaN),
    ...(fields.get('approval') === 'yes' ? { approval: true } : {}),
    ...(decision === 'set_tier' && tier !== undefined ? { tier } : {}),
    ...asked.value,
  };
  return { answer };
}

/** The page for deciding the open review. */
export function registerReview(app: WebApp, deps: WebDependencies): void {
  app.get('/operations/:reference/review', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const kind = undecidedReview(now, deps.clock.now());
    if (kind === undefined)
      return tooLatePage(c, { title: notRecorded, reference: now.state.reference, text: noReview });
    return reviewPage(c, deps, now, { kind });
  });

  app.post('/operations/:reference/review', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const { reference } = now.state;
    const fields = formOf(c);
    const kind = undecidedReview(now, deps.clock.now());
    if (kind === undefined || kind !== fields.get('kind')) {
      return tooLatePage(c, { title: notRecorded, reference, text: noReview, typed: fields.get('reason') });
    }
    const [choices, questions] = await Promise.all([
      decisionsOf(deps, now, kind),
      questionsToAsk(deps.store, now.state),
    ]);
    const read = readDecision(fields, kind, { choices, questions });
    if (read.problems !== undefined) {
      return reviewPage(c, deps, now, { kind, fields, problems: read.problems });
    }
    if (onlyAsksForLanguage(c)) return reviewPage(c, deps, now, { kind, fields });
    try {
      const approval = await decideReview(deps, reference, read.answer, actorOf(c, 'operator'));
      return leadTo(
        c,
        deps.site,
        `/operations/${reference}`,
        approval === undefined ? doneBy(now, read.answer) : 'asked',
      );
    } catch (error) {
      const after = await deps.store.onboardings.now(reference);
      const same =
        undecidedReview(after, deps.clock.now()) === kind &&
        after.state.reviews === read.answer.seen &&
        goChangesOf(after.state) === read.answer.seenGo;
      const problem = refusalOf(error, 'decision');
      if (!same)
        return tooLatePage(c, {
          title: notRecorded,
          reference,
          text: problem.message,
          typed: fields.get('reason'),
        });
      return reviewPage(c, deps, after, { kind, fields, problems: [problem] }, 409);
    }
  });
}
