import { checkNewWave, createWave, type NewWave } from '../../application/change-wave.ts';
import { WaveChangeRefusedError } from '../../domain/errors.ts';
import { fieldProblem } from '../../domain/input/problem-texts.ts';
import { readDate } from '../../domain/input/written-date.ts';
import type { Text } from '../../domain/text.ts';
import { type Wave, waveKindLabels, waveKinds } from '../../domain/waves/wave.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form } from '../shared/layout/components.ts';
import { type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { dateField, radios } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { actorOf } from '../shared/session/access.ts';
import { refusalStatus } from '../shared/staff/acts.ts';
import { reasonField } from '../shared/staff/reason.ts';
import { capacityFields, readCapacity, refusedFields } from './capacity-fields.ts';
import { growthField, readReasons } from './growth-field.ts';
import { impactOf, shownField } from './impact.ts';
import { components } from './wave-labels.ts';

const title: Text = { fr: 'Ajouter une vague', en: 'Add a wave' };
const cutoverLabel: Text = { fr: 'Bascule ou début', en: 'Cutover or start' };

export const openings = {
  OPEN: { fr: 'Ouverte immédiatement aux réservations', en: 'Open for booking immediately' },
  PLANNED: { fr: 'Prévue, à ouvrir plus tard', en: 'Planned, to be opened later' },
} as const satisfies Partial<Record<Wave['state'], Text>>;

interface Given {
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  /** The wave as it would be added, with what that does. */
  readonly foreseen?: { readonly wave: NewWave; readonly impact: Html };
}

function newWavePage(c: WebContext, { platform }: WebDependencies, given: Given, status?: 409) {
  const view = c.get('view');
  const { fields, problems = [], foreseen } = given;
  return answerPage(
    c,
    {
      title,
      back: { path: '/waves' },
      problems,
      body: html`<h1>${view.t(title)}</h1>
${foreseen?.impact ?? nothing}${form(view, {
  kept: true,
  action: '/waves/new',
  content: html`${radios(view, {
    name: 'site',
    label: { fr: 'Site', en: 'Site' },
    choices: platform.sites.map(({ code, label }) => ({ value: code, label })),
    value: fields?.get('site'),
    problem: problemOf(problems, 'site'),
  })}${radios(view, {
    name: 'kind',
    label: { fr: 'Type', en: 'Type' },
    choices: waveKinds.map((kind) => ({ value: kind, label: waveKindLabels[kind] })),
    value: fields?.get('kind'),
    problem: problemOf(problems, 'kind'),
  })}${dateField(view, {
    name: 'cutover',
    label: cutoverLabel,
    hint: {
      fr: 'Pour une vague de préparation, le jour où elle commence',
      en: 'For a preparation wave, the day it starts',
    },
    value: fields?.dateParts('cutover'),
    problem: problemOf(problems, 'cutover'),
  })}${capacityFields(view, { form: fields, problems, shown: components, anyKind: true })}${radios(view, {
    name: 'state',
    label: { fr: 'État', en: 'State' },
    choices: Object.entries(openings).map(([value, label]) => ({ value, label })),
    value: fields?.get('state') ?? 'OPEN',
    problem: problemOf(problems, 'state'),
  })}${growthField(view, { form: fields, problems })}${reasonField(view, { form: fields, problems, optional: true })}${foreseen === undefined ? nothing : shownField(foreseen.wave)}`,
  buttons: [
    {
      label:
        foreseen === undefined
          ? { fr: 'Ajouter la vague', en: 'Add the wave' }
          : { fr: 'Confirmer', en: 'Confirm' },
    },
  ],
})}`,
    },
    status,
  );
}

function readWave({ platform }: WebDependencies, fields: FormFields) {
  const site = platform.sites.find(({ code }) => code === fields.get('site'))?.code;
  const kind = waveKinds.find((known) => known === fields.get('kind'));
  const cutover = readDate(fields.date('cutover') ?? '');
  const { capacity, problems: counted } = readCapacity(fields, kind);
  const problems: Problem[] = [];
  if (site === undefined) {
    problems.push({
      field: 'site',
      message: { fr: 'Site : choisissez un site.', en: 'Site: select a site.' },
    });
  }
  if (kind === undefined) {
    problems.push({
      field: 'kind',
      message: { fr: 'Type : choisissez un type.', en: 'Type: select a type.' },
    });
  }
  if (cutover === undefined) {
    const code = fields.date('cutover') === undefined ? 'missing' : 'not_a_date';
    problems.push(fieldProblem('cutover', cutoverLabel, code));
  }
  problems.push(...counted);
  const why = readReasons(fields, false);
  if ('problems' in why) return { problems: [...problems, ...why.problems] };
  if (site === undefined || kind === undefined || cutover === undefined || problems.length > 0) {
    return { problems };
  }
  const state = fields.get('state') === 'PLANNED' ? 'PLANNED' : 'OPEN';
  const wave: NewWave = { site, kind, state, cutover, capacity };
  return { wave, why };
}

/** The field to which a refusal is attached. */
function fieldOf(error: unknown): string {
  const [named] = error instanceof WaveChangeRefusedError ? error.problems : [];
  return named?.field ?? 'cutover';
}

/** The form that adds a wave to the calendar. */
export function registerNewWave(app: WebApp, deps: WebDependencies): void {
  app.get('/waves/new', (c) => newWavePage(c, deps, {}));

  app.post('/waves/new', async (c) => {
    const fields = formOf(c);
    const read = readWave(deps, fields);
    if (read.problems !== undefined) return newWavePage(c, deps, { fields, problems: read.problems });
    if (onlyAsksForLanguage(c)) return newWavePage(c, deps, { fields });
    try {
      if (fields.get('shown') !== JSON.stringify(read.wave)) {
        const { wave: after, growth } = await checkNewWave(deps, read.wave, read.why.growthReason);
        const impact = await impactOf(c.get('view'), deps, { after, growth });
        return await newWavePage(c, deps, { fields, foreseen: { wave: read.wave, impact } });
      }
      const { id } = await createWave(deps, read.wave, { actor: actorOf(c, 'operator'), ...read.why });
      return leadTo(c, deps.site, `/waves/${id}`, 'created');
    } catch (error) {
      const problems = refusedFields(error, fieldOf(error));
      return await newWavePage(c, deps, { fields, problems }, refusalStatus(error));
    }
  });
}
