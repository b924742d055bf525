import { type BookedCustomer, bookedCustomers } from '../../application/booked-customers.ts';
import {
  type CustomerDecision,
  decideWave,
  type GateChoice,
  gateChoices,
} from '../../application/decide-wave.ts';
import { findWave } from '../../application/find-wave.ts';
import { formatDate } from '../../domain/calendar-date.ts';
import { canonical } from '../../domain/onboarding/audit-chain.ts';
import type { Text } from '../../domain/text.ts';
import { goNoGoDay, goRecordableFrom, type Wave } from '../../domain/waves/wave.ts';
import type { Page } from '../../store/table.ts';
import { decisionConsequence } from '../operations/decisions.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, pagination } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { firstIfWrong } from '../shared/staff/read-list.ts';
import { reasonField } from '../shared/staff/reason.ts';
import { unreadableNotice } from '../shared/staff/unreadable-notice.ts';
import {
  choiceLabels,
  customerSection,
  impossibleDecisions,
  namesOf,
  type Row,
  readDecisions,
  reasonForAll,
  refusedProblem,
  rowsOf,
} from './go-no-go-fields.ts';
import { goNoGoPath, goNoGoTitle } from './go-no-go-link.ts';
import { waveTitle } from './wave-labels.ts';

/** Customers decided about on one page, whatever is booked. */
const customersAPage = 50;

const flashes: Readonly<Record<string, Text>> = {
  decided: {
    fr: 'Les décisions sont enregistrées. Rechargez la page dans un instant pour voir la suite de chacune.',
    en: 'The decisions have been recorded. Reload this page in a moment to see the next step of each.',
  },
};

/** When the decision opens, and what silence means. */
function whenText({ cutover }: Wave): Text {
  const [from, day] = [goRecordableFrom(cutover), goNoGoDay(cutover)];
  return {
    fr: `Un go peut être enregistré à partir du ${formatDate(from, 'fr')} ; il est appliqué à l’ouverture de la décision, le ${formatDate(day, 'fr')} à 8 h. Ce jour-là, un client sans décision à 18 h est en no-go.`,
    en: `A go can be recorded from ${formatDate(from, 'en')}; it is applied when the decision opens, on ${formatDate(day, 'en')} at 08:00. On that day, a customer without a decision by 18:00 is a no-go.`,
  };
}

const consequences: Readonly<Record<GateChoice, Text | undefined>> = {
  go: decisionConsequence('go_no_go', 'go'),
  ask_go: {
    fr: 'Rien n’est décidé tant qu’une autre personne de l’exploitation n’a pas accepté.',
    en: 'Nothing is decided until another operator has agreed.',
  },
  no_go: decisionConsequence('go_no_go', 'no_go'),
  take_back: decisionConsequence('go_no_go', 'take_back'),
};
const goInAdvance: Text = {
  fr: 'Avant l’ouverture de la décision, le go est gardé et appliqué ce jour-là.',
  en: 'Before the decision opens, the go is kept and applied on that day.',
};

interface Given {
  readonly page: Page<BookedCustomer>;
  readonly cursor: string | undefined;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  /** The decisions whose consequences are shown, to be confirmed. */
  readonly checked?: readonly CustomerDecision[];
}

/** Who is decided how, and what follows, before it is confirmed. */
function summary(view: View, rows: readonly Row[], decisions: readonly CustomerDecision[]): Html {
  const names = namesOf(rows);
  return html`<h2>${view.t({ fr: 'Ce qui va être décidé', en: 'What will be decided' })}</h2>
${gateChoices.map((choice) => {
  const of = decisions.filter((decision) => decision.choice === choice);
  if (of.length === 0) return nothing;
  const follows = consequences[choice];
  const listed = of.map(({ reference }) => {
    const name = names.get(reference);
    return name === undefined ? reference : `${name} (${reference})`;
  });
  return html`<p><strong>${view.t(choiceLabels[choice])} (${of.length})</strong>${view.t({ fr: ' : ', en: ': ' })}${listed.join(', ')}.${
    follows === undefined ? nothing : html`<br>${view.t(follows)}`
  }${choice === 'go' ? html` ${view.t(goInAdvance)}` : nothing}</p>`;
})}`;
}

function goNoGoPage(c: WebContext, deps: WebDependencies, wave: Wave, given: Given, status?: 409) {
  const view = c.get('view');
  const { page, cursor, fields, problems = [], checked } = given;
  const at = deps.clock.now();
  const rows = rowsOf(page.items, at);
  const isOpen = rows.some(({ choices }) => choices.length > 0);
  const name = waveTitle(wave, deps.platform);
  const shown = { fields, problems, at };
  const sections = html`${rows.map((row) => customerSection(view, row, shown))}`;
  const first = { label: { fr: 'Voir ce qui va être décidé', en: 'See what will be decided' } };
  const confirm = {
    label: { fr: 'Confirmer ces décisions', en: 'Confirm these decisions' },
    name: 'confirm',
    value: 'yes',
  };
  const again = {
    label: { fr: 'Revoir avec mes changements', en: 'Review with my changes' },
    look: 'second',
  } as const;
  const from = cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`;
  return answerPage(
    c,
    {
      title: { fr: `${goNoGoTitle.fr} – ${name.fr}`, en: `${goNoGoTitle.en} – ${name.en}` },
      back: { path: `/waves/${wave.id}` },
      flashes,
      problems,
      body: html`<h1>${view.t(goNoGoTitle)}</h1>
<p class="soft">${view.t(name)}</p>
<p>${view.t(whenText(wave))}</p>
${unreadableNotice(view, page.unreadable ?? [])}
${rows.length === 0 ? html`<p>${view.t({ fr: 'Aucun client n’a de place dans cette vague.', en: 'No customer has a place in this wave.' })}</p>` : nothing}
${checked === undefined ? nothing : summary(view, rows, checked)}
${
  isOpen
    ? form(view, {
        kept: true,
        action: `${goNoGoPath(wave)}${from}`,
        content: html`${sections}<div class="question">${reasonField(view, { form: fields, problems, label: reasonForAll })}</div><input type="hidden" name="shown" value="${checked === undefined ? '' : canonical(checked)}">`,
        buttons: checked === undefined ? [first] : [confirm, again],
      })
    : sections
}
${pagination(view, { path: goNoGoPath(wave), cursor: page.cursor })}`,
    },
    status,
  );
}

/** The page on which an operator decides the cutovers of a whole wave, with exceptions. */
export function registerGoNoGo(app: WebApp, deps: WebDependencies): void {
  const readPage = (wave: Wave, cursor: string | undefined) =>
    firstIfWrong(cursor, (start) => bookedCustomers(deps, wave, { limit: customersAPage, ...start }));

  app.get('/waves/:id/go-no-go', async (c) => {
    const wave = await findWave(deps, c.req.param('id'));
    if (wave.kind === 'PREPARATION') return notFound(c);
    const cursor = c.req.query('cursor');
    return goNoGoPage(c, deps, wave, { page: await readPage(wave, cursor), cursor });
  });

  app.post('/waves/:id/go-no-go', async (c) => {
    const wave = await findWave(deps, c.req.param('id'));
    if (wave.kind === 'PREPARATION') return notFound(c);
    const cursor = c.req.query('cursor');
    const fields = formOf(c);
    const page = await readPage(wave, cursor);
    const given = { page, cursor, fields };
    const rows = rowsOf(page.items, deps.clock.now());
    const read = readDecisions(fields, rows);
    if ('problems' in read) return goNoGoPage(c, deps, wave, { ...given, problems: read.problems });
    const { decisions } = read;
    // What is decided is what was shown with its consequences.
    const isShown = fields.get('shown') === canonical(decisions);
    if (fields.get('confirm') !== 'yes' || !isShown || onlyAsksForLanguage(c)) {
      const problems = impossibleDecisions(decisions, rows);
      const shown = problems.length > 0 ? { problems } : { checked: decisions };
      return goNoGoPage(c, deps, wave, { ...given, ...shown });
    }
    const refused = await decideWave(deps, wave, decisions, actorOf(c, 'operator'));
    if (refused.length === 0) return leadTo(c, deps.site, goNoGoPath(wave), 'decided');
    const names = namesOf(rows);
    const problems = refused.map(({ reference, text }) =>
      refusedProblem(reference, names.get(reference) ?? reference, text),
    );
    return goNoGoPage(c, deps, wave, { page: await readPage(wave, cursor), cursor, fields, problems }, 409);
  });
}
