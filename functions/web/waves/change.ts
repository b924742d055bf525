import { changeWave, checkWaveChange } from '../../application/change-wave.ts';
import type { WaveChange } from '../../application/wave-refusals.ts';
import { WaveChangedError } from '../../domain/errors.ts';
import type { Text } from '../../domain/text.ts';
import { componentLabels } from '../../domain/waves/capacity.ts';
import { WaveTransitionError, waveStateLabels } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { banner, form, summaryList } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { lostReason, lostText } from '../shared/layout/typed-text.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf } from '../shared/session/access.ts';
import { refusalStatus } from '../shared/staff/acts.ts';
import { noPersonalData, reasonField } from '../shared/staff/reason.ts';
import { componentsOf, refusedFields } from './capacity-fields.ts';
import { growthField, readReasons } from './growth-field.ts';
import { historyTable, readHistory } from './history.ts';
import { impactOf, shownField } from './impact.ts';
import { type Given, type WaveForm, waveForms } from './wave-forms.ts';
import { loadText, waveStateTag, waveTitle } from './wave-labels.ts';
import { readWaveStatus, type WaveStatus } from './wave-status.ts';

/** The text of a refused change, including changes that the wave's state forbids. */
function refusedChange(
  error: unknown,
  { first }: WaveForm,
  { wave: { state } }: WaveStatus,
): readonly Problem[] {
  if (error instanceof WaveTransitionError) {
    const label = waveStateLabels[state];
    const message = {
      fr: `Impossible dans l’état « ${label.fr} ». Rechargez la vague et recommencez.`,
      en: `Not possible in state “${label.en}”. Reload the wave and try again.`,
    };
    return [{ field: first, message }];
  }
  const problems = refusedFields(error, first);
  // Another state has no field for what is wrong with the wave itself.
  return first === 'transition'
    ? problems.map((problem) => ({ ...problem, field: isWhy(problem) ? problem.field : first }))
    : problems;
}

function isWhy({ field }: Problem): boolean {
  return field === 'reason' || field === 'growthReason';
}

const impossible: Text = {
  fr: 'L’état de la vague ne le permet pas. Revenez à la vague pour voir ce qui est possible.',
  en: 'The state of the wave does not allow this. Go back to the wave to see what is possible.',
};

interface Page extends Given {
  /** What the change does, once it is known. */
  readonly impact?: Html;
  /** The state of the wave, for whoever has not seen it. */
  readonly news?: Html;
}

async function formPage(
  c: WebContext,
  deps: WebDependencies,
  waveStatus: WaveStatus,
  shown: WaveForm,
  given: Page,
  status?: 409,
) {
  const view = c.get('view');
  const { wave } = waveStatus;
  const { fields, problems = [], impact = nothing, news = nothing } = given;
  const name = waveTitle(wave, deps.platform);
  const path = `/waves/${wave.id}`;
  const isPossible = shown.possible(waveStatus);
  const confirm = { label: { fr: 'Confirmer', en: 'Confirm' } };
  const content = isPossible
    ? html`${impact}${form(view, {
        kept: true,
        action: `${path}/${shown.path}`,
        content: html`${await shown.content(view, waveStatus, given)}${growthField(view, { form: fields, problems })}${whyField(view, shown.reason(waveStatus), { form: fields, problems })}<input type="hidden" name="version" value="${wave.version}">${impact === nothing ? nothing : shownField(changeIn(fields, shown, waveStatus))}`,
        buttons: [impact === nothing ? shown.button : confirm],
      })}`
    : html`${banner(view, view.t(impossible))}${lostText(view, lostReason, fields?.get('reason'))}`;
  return answerPage(
    c,
    {
      title: { fr: `${shown.title.fr} – ${name.fr}`, en: `${shown.title.en} – ${name.en}` },
      back: { path },
      ...(isPossible ? { problems } : {}),
      body: html`<h1>${view.t(shown.title)}</h1><p class="soft">${view.t(name)}</p>${news}${content}`,
    },
    status,
  );
}

/** The field for the reason of the change, which says when it may be left empty. */
function whyField(
  view: View,
  needed: ReturnType<WaveForm['reason']>,
  filled: Pick<Parameters<typeof reasonField>[1], 'form' | 'problems'>,
): Html {
  if (typeof needed === 'string') return reasonField(view, { ...filled, optional: needed === 'optional' });
  const hint = { fr: `${needed.fr} ${noPersonalData.fr}`, en: `${needed.en} ${noPersonalData.en}` };
  return reasonField(view, { ...filled, hint });
}

function changeIn(fields: FormFields | undefined, shown: WaveForm, waveStatus: WaveStatus): WaveChange {
  const read = fields === undefined ? undefined : shown.read(fields, waveStatus);
  return read !== undefined && 'change' in read ? read.change : {};
}

/** The change with its reason, or all that is to be corrected. */
function readChange(fields: FormFields, shown: WaveForm, waveStatus: WaveStatus) {
  const read = shown.read(fields, waveStatus);
  const why = readReasons(fields, shown.reason(waveStatus) === 'required');
  const problems = [...('problems' in read ? read.problems : []), ...('problems' in why ? why.problems : [])];
  if ('problems' in read || 'problems' in why) return { problems };
  return { change: read.change, why };
}

/** The state of a wave that someone else has changed meanwhile, with what they did. */
async function newsOf(view: View, deps: WebDependencies, { wave }: WaveStatus): Promise<Html> {
  const history = await readHistory(deps, wave);
  return html`<h2>${view.t({ fr: 'La vague à présent', en: 'The wave now' })}</h2>${summaryList(view, [
    { key: { fr: 'État', en: 'State' }, value: waveStateTag(view, wave.state) },
    { key: { fr: 'Date', en: 'Date' }, value: dayText(view, wave.cutover) },
    ...componentsOf(wave.kind).map((name) => ({
      key: componentLabels[name],
      value: loadText(view, wave, name),
    })),
  ])}${historyTable(view, wave, { items: history.items.slice(0, 1), cursor: '' })}`;
}

async function refusedPage(
  c: WebContext,
  deps: WebDependencies,
  shown: WaveForm,
  fields: FormFields,
  { error, id }: { readonly error: unknown; readonly id: string },
) {
  const now = await readWaveStatus(deps, id);
  const problems = refusedChange(error, shown, now);
  const news = error instanceof WaveChangedError ? await newsOf(c.get('view'), deps, now) : nothing;
  const status = error instanceof WaveTransitionError ? 409 : refusalStatus(error);
  return formPage(c, deps, now, shown, { fields, problems, news }, status);
}

function registerForm(app: WebApp, deps: WebDependencies, shown: WaveForm): void {
  const path = `/waves/:id/${shown.path}` as const;
  app.get(path, async (c) => {
    const waveStatus = await readWaveStatus(deps, c.req.param('id'));
    return formPage(c, deps, waveStatus, shown, {}, shown.possible(waveStatus) ? undefined : 409);
  });
  app.post(path, async (c) => {
    const waveStatus = await readWaveStatus(deps, c.req.param('id'));
    const { wave } = waveStatus;
    const fields = formOf(c);
    if (!shown.possible(waveStatus)) return formPage(c, deps, waveStatus, shown, { fields }, 409);
    const read = readChange(fields, shown, waveStatus);
    if (read.problems !== undefined) {
      return formPage(c, deps, waveStatus, shown, { fields, problems: read.problems });
    }
    if (onlyAsksForLanguage(c)) return formPage(c, deps, waveStatus, shown, { fields });
    const change = { ...read.change, ...read.why, version: Number(fields.get('version')) };
    try {
      if (change.version !== wave.version) throw new WaveChangedError();
      if (shown.showsImpact !== true && fields.get('shown') !== JSON.stringify(read.change)) {
        const { wave: after, growth } = await checkWaveChange(deps, wave, change);
        const foreseen = { before: wave, after, transition: change.transition, growth };
        const impact = await impactOf(c.get('view'), deps, foreseen);
        return await formPage(c, deps, waveStatus, shown, { fields, impact });
      }
      await changeWave(deps, wave.site, wave.id, change, actorOf(c, 'operator'));
    } catch (error) {
      return await refusedPage(c, deps, shown, fields, { error, id: wave.id });
    }
    return leadTo(c, deps.site, `/waves/${wave.id}`, shown.path);
  });
}

/** The forms that change a wave: each shows what it does before it is confirmed. */
export function registerWaveChanges(app: WebApp, deps: WebDependencies): void {
  for (const shown of waveForms(deps)) registerForm(app, deps, shown);
}
