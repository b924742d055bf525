import { optionCodes } from './option-codes.ts';
import { discussOffline, no, options, type Section, unknown, yes, yesNoUnknown } from './question.ts';

export const sectionA: Section = {
  id: 'A',
  title: { fr: 'Votre organisme', en: 'Your organisation' },
  owner: 'respondent',
  questions: [
    {
      id: 'A3',
      section: 'A',
      owner: 'respondent',
      label: { fr: 'Type d’organisme', en: 'Organisation type' },
      asks: { fr: 'Quel est le statut de votre organisme ?', en: 'What kind of organisation are you?' },
      help: {
        fr: 'Certaines règles ne visent que l’État et ses opérateurs, d’autres les établissements de santé ou les collectivités. Un « opérateur de l’État » est un organisme chargé d’une mission de service public de l’État et figurant comme tel en annexe du projet de loi de finances. Le registre public suggère une réponse : vous seul pouvez la confirmer.',
        en: 'Some rules apply only to the State and its operators, others to healthcare organisations or local authorities. A “State operator” carries out a public service mission for the State and is listed as such in an annex to the budget bill. The public register suggests an answer: only you can confirm it.',
      },
      legalReference: 'SREN law (2024-449) art. 31',
      input: {
        kind: 'one',
        options: options(optionCodes.A3, {
          state_administration: {
            fr: 'Administration de l’État (ministère, préfecture, service déconcentré)',
            en: 'State administration (ministry, prefecture, regional service)',
          },
          state_operator: { fr: 'Opérateur de l’État', en: 'State operator' },
          gip: { fr: 'Groupement d’intérêt public (GIP)', en: 'Public interest grouping (GIP)' },
          local_authority: {
            fr: 'Collectivité territoriale ou groupement de collectivités',
            en: 'Local authority or grouping of local authorities',
          },
          health_body: {
            fr: 'Établissement ou organisme de santé ou médico-social',
            en: 'Healthcare or social care organisation',
          },
          other_public: { fr: 'Autre organisme public', en: 'Other public body' },
          company: { fr: 'Entreprise', en: 'Company' },
        }),
      },
    },
    {
      id: 'A3b',
      section: 'A',
      owner: 'respondent',
      label: {
        fr: 'Votre GIP figure-t-il sur la liste du décret ?',
        en: 'Is your GIP on the decree’s list?',
      },
      asks: {
        fr: 'Votre GIP figure-t-il sur la liste fixée par décret ?',
        en: 'Is your GIP on the list set by decree?',
      },
      help: {
        fr: 'La loi ne soumet un GIP à l’obligation d’hébergement qualifié que s’il figure sur une liste fixée par décret. Si vous ne savez pas, indiquez-le : nous vérifierons ensemble, sans supposer que la réponse est « non ».',
        en: 'The law requires a GIP to use qualified hosting only if it is on a list set by decree. If you do not know, say so: we will check together and never assume “no”.',
      },
      legalReference: 'SREN law (2024-449) art. 31; decree 2026-272',
      visibleIf: { question: 'A3', holdsAnyOf: ['gip'] },
      input: { kind: 'one', options: options(optionCodes.A3b, yesNoUnknown) },
    },
    {
      id: 'A4',
      section: 'A',
      owner: 'respondent',
      label: { fr: 'Statut d’opérateur', en: 'Operator status' },
      asks: {
        fr: 'Êtes-vous un opérateur de services essentiels ou d’importance vitale ?',
        en: 'Are you an operator of essential services or of vital importance?',
      },
      help: {
        fr: 'Un opérateur de services essentiels (OSE) ou d’importance vitale (OIV) a des obligations de sécurité renforcées qui orientent vers un cloud qualifié. L’identité d’un OIV est elle-même protégée : si vous l’êtes, choisissez d’en parler de vive voix plutôt que de l’écrire ici.',
        en: 'An operator of essential services (OSE) or of vital importance (OIV) has stronger security obligations, which favour a qualified cloud. An OIV’s identity is itself protected: if you are one, choose to discuss this in person rather than writing it here.',
      },
      legalReference: 'Code de la défense L.1332-1; ANSSI',
      input: {
        kind: 'one',
        options: options(optionCodes.A4, {
          none: { fr: 'Aucun', en: 'None' },
          ose: { fr: 'Opérateur de services essentiels (OSE)', en: 'Operator of essential services (OSE)' },
          oiv: { fr: 'Opérateur d’importance vitale (OIV)', en: 'Operator of vital importance (OIV)' },
          discuss_offline: discussOffline,
          unknown,
        }),
      },
    },
    {
      id: 'A5',
      section: 'A',
      owner: 'respondent',
      label: { fr: 'NIS 2', en: 'NIS2' },
      asks: {
        fr: 'Êtes-vous une entité essentielle ou importante au sens de NIS 2 ?',
        en: 'Are you an essential or important entity under NIS2?',
      },
      help: {
        fr: 'La directive NIS 2 classe les organismes de certains secteurs en entités essentielles ou importantes, selon leur taille et leur activité, et leur impose de maîtriser la sécurité de leurs fournisseurs. Votre réponse détermine le niveau de protection que nous recommandons.',
        en: 'The NIS2 directive classifies organisations in certain sectors as essential or important entities, by size and activity, and requires them to manage the security of their suppliers. Your answer determines the level of protection we recommend.',
      },
      legalReference: 'Directive (EU) 2022/2555 (NIS2)',
      input: {
        kind: 'one',
        options: options(optionCodes.A5, {
          essential: { fr: 'Entité essentielle', en: 'Essential entity' },
          important: { fr: 'Entité importante', en: 'Important entity' },
          out_of_scope: { fr: 'Hors du champ de NIS 2', en: 'Outside the scope of NIS2' },
          unknown,
        }),
      },
    },
    {
      id: 'A6',
      section: 'A',
      owner: 'respondent',
      label: { fr: 'Entité financière soumise à DORA ?', en: 'Financial entity subject to DORA?' },
      asks: {
        fr: 'Êtes-vous une entité financière soumise à DORA ?',
        en: 'Are you a financial entity subject to DORA?',
      },
      help: {
        fr: 'Le règlement DORA impose aux banques, assureurs et autres entités financières des clauses précises dans leurs contrats informatiques. Si vous y êtes soumis, le contrat comprendra l’annexe correspondante.',
        en: 'The DORA regulation requires banks, insurers and other financial entities to include specific clauses in their IT contracts. If it applies to you, the contract will include the corresponding annex.',
      },
      legalReference: 'Regulation (EU) 2022/2554 (DORA) art. 2',
      input: { kind: 'one', options: options(optionCodes.A6, yesNoUnknown) },
    },
    {
      id: 'A6b',
      section: 'A',
      owner: 'respondent',
      label: { fr: 'Fonction critique ou importante ?', en: 'Critical or important function?' },
      asks: {
        fr: 'Confierez-vous à la plateforme une fonction critique ou importante ?',
        en: 'Will the platform support a critical or important function?',
      },
      help: {
        fr: 'Une fonction est « critique ou importante » lorsque son interruption nuirait gravement à vos résultats, à la continuité de vos services ou au respect de vos obligations d’agrément. DORA exige alors un plan de sortie (réversibilité) préparé avant la migration.',
        en: 'A function is “critical or important” if its disruption would seriously harm your results, the continuity of your services or your compliance with your licence. DORA then requires an exit plan to be prepared before the migration.',
      },
      legalReference: 'Regulation (EU) 2022/2554 (DORA) art. 28-30',
      visibleIf: { question: 'A6', holdsAnyOf: ['yes'] },
      input: { kind: 'one', options: options(optionCodes.A6b, yesNoUnknown) },
    },
    {
      id: 'A7',
      section: 'A',
      owner: 'respondent',
      label: {
        fr: 'Groupe contrôlé depuis un pays hors de l’Union européenne ?',
        en: 'Group controlled from outside the EU?',
      },
      asks: {
        fr: 'Votre groupe est-il contrôlé depuis un pays hors de l’Union européenne ?',
        en: 'Is your group controlled from a country outside the European Union?',
      },
      help: {
        fr: 'Un actionnaire de contrôle situé hors de l’Union peut être soumis à des lois qui atteignent vos propres données. Ce n’est jamais un motif de refus : les plafonds de détention du référentiel SecNumCloud s’appliquent au prestataire, non à ses clients. Nous examinons seulement les comptes et les accès à prévoir.',
        en: 'A controlling shareholder outside the Union may be subject to laws that reach your own data. It is never a ground for refusal: the ownership caps of SecNumCloud apply to the provider, not to its customers. We only examine which accounts and access rights to plan for.',
      },
      legalReference: 'SecNumCloud 3.2 ch. 19.6',
      input: { kind: 'one', options: options(optionCodes.A7, { yes, no, unknown }) },
    },
  ],
};
