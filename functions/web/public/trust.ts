import type { PlatformConfiguration, Service } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import {
  type Claim,
  criteria,
  criterionCodes,
  type Evidence,
  milestoneCodes,
  milestoneLabels,
  objectiveCodes,
  objectives,
  qualifiedUntil,
  sovereigntyFramework,
  type TrustRecord,
  weakestLevel,
} from '../../domain/trust/trust-record.ts';
import { table, tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { Page } from '../shared/layout/page.ts';
import type { View } from '../shared/layout/view.ts';

const notClaimed: Text = { fr: 'Non revendiqué', en: 'Not claimed' };

function evidenceText(view: View, { title, source, date }: Evidence): Html {
  return html`${view.t(title)} (${view.t(source)}), ${dayText(view, date)}`;
}

function claimText(view: View, claim: Claim): Html {
  return claim.kind === 'claimed'
    ? html`${view.t(claim.statement)}`
    : html`${tag(view, notClaimed)} ${view.t(claim.note)}`;
}

function proof(view: View, claim: Claim): Html | string {
  if (claim.kind === 'not_claimed') return view.t({ fr: 'Aucune preuve', en: 'No evidence' });
  return html`${claim.evidence.map((each, index) => html`${index === 0 ? nothing : html`<br>`}${evidenceText(view, each)}`)}`;
}

const proofColumn: Text = { fr: 'Preuve, source et date', en: 'Evidence, source and date' };

function criterionTable(view: View, record: TrustRecord): Html {
  return table(view, {
    caption: { fr: 'Critères de la plateforme', en: 'Criteria of the platform' },
    rows: criterionCodes,
    columns: [
      { name: { fr: 'Critère', en: 'Criterion' }, cell: (code) => view.t(criteria[code].label) },
      {
        name: { fr: 'Ce qu’il exige', en: 'What it demands' },
        cell: (code) =>
          html`${view.t(criteria[code].demands)} <span class="soft">(${view.t(criteria[code].reference)})</span>`,
      },
      {
        name: { fr: 'Ce qui est revendiqué', en: 'What is claimed' },
        cell: (code) => claimText(view, record.criteria[code]),
      },
      { name: proofColumn, cell: (code) => proof(view, record.criteria[code]) },
    ],
  });
}

/** The milestones of a service: those reached, with what proves them, and those that are not claimed. */
function milestones(view: View, record: TrustRecord, { code }: Service): Html {
  const reached = record.services.find((each) => each.code === code)?.milestones ?? [];
  const missing = milestoneCodes.filter((each) => !reached.some((milestone) => milestone.code === each));
  return html`${reached.map(({ code: milestone, evidence }) => {
    const until =
      milestone === 'J3'
        ? view.t({
            fr: `, valable jusqu’au ${dayText(view, qualifiedUntil(evidence.date))}`,
            en: `, valid until ${dayText(view, qualifiedUntil(evidence.date))}`,
          })
        : '';
    return html`${milestone}, ${view.t(milestoneLabels[milestone])}${until}<br><span class="soft">${evidenceText(view, evidence)}</span><br>`;
  })}${missing.length === 0 ? nothing : html`${tag(view, notClaimed)} ${missing.join(', ')}`}`;
}

function healthData(view: View, record: TrustRecord, { code }: Service): Html {
  const claim = record.services.find((each) => each.code === code)?.healthData;
  if (claim?.kind !== 'claimed') return tag(view, notClaimed);
  return html`${view.t(claim.statement)}<br><span class="soft">${proof(view, claim)}</span>`;
}

function serviceTable(view: View, { services, version }: PlatformConfiguration, record: TrustRecord): Html {
  return html`${table(view, {
    caption: {
      fr: 'Ouverture et qualification, service par service',
      en: 'Opening and qualification, service by service',
    },
    rows: services,
    columns: [
      { name: { fr: 'Service', en: 'Service' }, cell: ({ label }) => view.t(label) },
      { name: { fr: 'Ouverture', en: 'Opening' }, cell: ({ opens }) => dayText(view, opens) },
      {
        name: { fr: 'Jalons SecNumCloud', en: 'SecNumCloud milestones' },
        cell: (service) => milestones(view, record, service),
      },
      {
        name: { fr: 'Données de santé (HDS)', en: 'Health data (HDS)' },
        cell: (service) => healthData(view, record, service),
      },
    ],
  })}
<p class="hint">${view.t({
    fr: `Les dates d’ouverture sont celles du catalogue de la plateforme, version ${version}.`,
    en: `Opening dates are those of the platform’s catalogue, version ${version}.`,
  })}</p>`;
}

function objectiveTable(view: View, record: TrustRecord): Html {
  const { name, publisher, version, published } = sovereigntyFramework;
  return html`<p>${view.t({
    fr: `${publisher.fr}, ${name.fr}, version ${version} (${published.fr}) : huit objectifs, chacun avec son poids dans la note de souveraineté et un niveau d’assurance, de SEAL-0 (aucun) à SEAL-4 (complet). Un appel d’offres fixe le niveau minimal ; l’objectif le plus faible décide s’il est atteint.`,
    en: `${publisher.en}, ${name.en}, version ${version} (${published.en}): eight objectives, each with its weight in the sovereignty score and an assurance level from SEAL-0 (none) to SEAL-4 (full). A tender sets the minimum level; the weakest objective decides whether it is met.`,
  })}</p>
<p><strong>${view.t({
    fr: 'Les niveaux indiqués sont ceux que l’exploitant déclare lui-même : aucun tiers ne les a vérifiés.',
    en: 'The levels below are the operator’s own claims: no third party has verified them.',
  })}</strong> ${view.t({
    fr: `Niveau le plus faible : ${weakestLevel(record.objectives)} (un objectif non revendiqué compte pour SEAL-0).`,
    en: `Weakest level: ${weakestLevel(record.objectives)} (an objective that is not claimed counts as SEAL-0).`,
  })}</p>
${table(view, {
  caption: { fr: 'Objectifs de souveraineté', en: 'Sovereignty objectives' },
  rows: objectiveCodes,
  columns: [
    {
      name: { fr: 'Objectif', en: 'Objective' },
      cell: (code) => `${code} ${view.t(objectives[code].label)}`,
    },
    {
      name: { fr: 'Poids', en: 'Weight' },
      cell: (code) => view.t({ fr: `${objectives[code].weight} %`, en: `${objectives[code].weight}%` }),
    },
    {
      name: { fr: 'Niveau déclaré', en: 'Claimed level' },
      cell: (code) => {
        const claim = record.objectives[code];
        return claim.kind === 'claimed'
          ? html`${claim.level}<br>${view.t(claim.statement)}`
          : claimText(view, claim);
      },
    },
    { name: proofColumn, cell: (code) => proof(view, record.objectives[code]) },
  ],
})}`;
}

function publicFacts(view: View, { publicFacts: facts }: TrustRecord): Html {
  if (facts.length === 0) return nothing;
  return html`<h2>${view.t({ fr: 'Faits publics, pour comparaison', en: 'Public facts, for comparison' })}</h2>
<ul>${facts.map(({ date, statement, source }) => html`<li>${dayText(view, date)}${view.t({ fr: ' : ', en: ': ' })}${view.t(statement)} <span class="soft">${view.t({ fr: 'Source : ', en: 'Source: ' })}${view.t(source)}</span></li>`)}</ul>`;
}

/** The laws that matter to customers: how each stands, since when, who says so; what lies ahead is told with its day. */
function lawTable(view: View, { laws = [] }: PlatformConfiguration): Html {
  const rows = laws.flatMap(({ code, name, statuses }) =>
    statuses.map((status) => ({ code, name, ...status })),
  );
  if (rows.length === 0) return nothing;
  const holds = (row: (typeof rows)[number]) =>
    view.laws.some(({ code, from }) => code === row.code && from === row.from);
  return html`<h2>${view.t({ fr: 'Où en sont les textes', en: 'How the laws stand' })}</h2>
${table(view, {
  caption: { fr: 'Textes dont l’état change', en: 'Laws whose status changes' },
  rows,
  columns: [
    { name: { fr: 'Texte', en: 'Law' }, cell: ({ name }) => view.t(name) },
    {
      name: { fr: 'État', en: 'Status' },
      cell: (row) =>
        html`${view.t(row.statement)}${holds(row) ? html` ${tag(view, { fr: 'Aujourd’hui', en: 'Today' }, 'good')}` : nothing}`,
    },
    { name: { fr: 'À compter du', en: 'From' }, cell: ({ from }) => dayText(view, from) },
    {
      name: { fr: 'Source, vérifiée le', en: 'Source, checked on' },
      cell: ({ source, checked }) => html`${view.t(source)}, ${dayText(view, checked)}`,
    },
  ],
})}`;
}

/** The trust record: criterion by criterion what is claimed, on what evidence, and what is not claimed. */
export function trustPage(view: View, platform: PlatformConfiguration, record: TrustRecord): Page {
  const title: Text = { fr: 'Dossier de confiance', en: 'Trust record' };
  return {
    title,
    body: html`<h1>${view.t(title)}</h1>
<p>${view.t({
      fr: `Ce que la plateforme ${platform.name} revendique, critère par critère, avec la preuve, sa source et sa date. Ce qui n’est pas revendiqué est indiqué comme tel.`,
      en: `What ${platform.name} claims, criterion by criterion, with the evidence, its source and its date. What is not claimed is shown as such.`,
    })}</p>
<p>${view.t({ fr: `Version ${record.version}, du ${dayText(view, record.date)}.`, en: `Version ${record.version}, of ${dayText(view, record.date)}.` })} <a href="${view.href('/api/trust-record')}">${view.t({ fr: 'Le même dossier en JSON', en: 'The same record as JSON' })}</a></p>
${record.notice === undefined ? nothing : html`<p class="next">${view.t(record.notice)}</p>`}
<h2>${view.t({ fr: 'L’exploitant et ses sites', en: 'The operator and its sites' })}</h2>
${criterionTable(view, record)}
<h2>${view.t({ fr: 'Les services', en: 'The services' })}</h2>
<p>${view.t({
      fr: 'La qualification SecNumCloud de l’ANSSI se franchit en quatre jalons, de J0 à J3, service par service ; la décision (J3) vaut trois ans.',
      en: 'The SecNumCloud qualification of ANSSI has four milestones, J0 to J3, service by service; the decision (J3) is valid for three years.',
    })}</p>
${serviceTable(view, platform, record)}
<h2>${view.t({ fr: 'Souveraineté : le cadre européen', en: 'Sovereignty: the European framework' })}</h2>
${objectiveTable(view, record)}
${lawTable(view, platform)}
${publicFacts(view, record)}
<h2>${view.t({ fr: 'Ce site', en: 'This site' })}</h2>
<p>${view.t({
      fr: 'Le site que vous consultez prépare votre arrivée sur la plateforme ; il n’est pas hébergé par elle, et son hébergement n’est pas qualifié SecNumCloud.',
      en: 'The site you are reading prepares your move to the platform; it is not hosted on it, and its own hosting is not SecNumCloud qualified.',
    })} <a href="${view.href('/legal-notices')}">${view.t({ fr: 'Mentions légales', en: 'Legal notices' })}</a></p>`,
  };
}
