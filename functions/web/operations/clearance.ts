import { clearCondition } from '../../application/clear-condition.ts';
import { conditionLife, operatorMayClear } from '../../domain/classification/conditions.ts';
import type { ConditionCode } from '../../domain/classification/outcomes.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import type { Text } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { html } from '../shared/layout/html.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf } from '../shared/staff/acts.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';

const evidenceLabel: Text = { fr: 'Preuve', en: 'Evidence' };

interface Given {
  readonly code: ConditionCode;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
}

function clearancePage(
  c: WebContext,
  { state }: Snapshot,
  { code, fields, problems = [] }: Given,
  status?: 409,
) {
  const view = c.get('view');
  const { label, how } = conditionLife(code);
  const path = `/operations/${state.reference}`;
  const title: Text = {
    fr: `Lever la condition : ${label.fr}`,
    en: `Clear the condition: ${label.en}`,
  };
  return answerPage(
    c,
    {
      title: { fr: `${title.fr} – ${state.reference}`, en: `${title.en} – ${state.reference}` },
      back: { path },
      problems,
      body: html`<h1>${view.t(title)}</h1>
<p class="soft">${state.name} – ${state.reference}</p>
<p>${view.t(how)}</p>
<p>${view.t({ fr: 'Le niveau de préparation est recalculé sans cette condition.', en: 'The readiness tier is recalculated without this condition.' })}</p>
${form(view, {
  kept: true,
  action: `${path}/conditions/${code}`,
  content: reasonField(view, { form: fields, problems, name: 'evidence', label: evidenceLabel }),
  buttons: [{ label: { fr: 'Lever la condition', en: 'Clear the condition' } }],
})}`,
    },
    status,
  );
}

/** The page on which an operator clears a condition with evidence. */
export function registerClearance(app: WebApp, deps: WebDependencies): void {
  app.get('/operations/:reference/conditions/:code', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const code = c.req.param('code');
    return operatorMayClear(code) ? clearancePage(c, now, { code }) : notFound(c);
  });

  app.post('/operations/:reference/conditions/:code', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const code = c.req.param('code');
    if (!operatorMayClear(code)) return notFound(c);
    const fields = formOf(c);
    const evidence = readReason(fields, 'evidence', evidenceLabel);
    if ('problems' in evidence) return clearancePage(c, now, { code, fields, problems: evidence.problems });
    if (onlyAsksForLanguage(c)) return clearancePage(c, now, { code, fields });
    const { reference } = now.state;
    try {
      await clearCondition(deps, reference, code, evidence.value, actorOf(c, 'operator'));
    } catch (error) {
      return clearancePage(c, now, { code, fields, problems: [refusalOf(error, 'evidence')] }, 409);
    }
    return leadTo(c, deps.site, `/operations/${reference}`, 'cleared');
  });
}
