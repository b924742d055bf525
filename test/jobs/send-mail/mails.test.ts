import { describe, expect, it } from 'vitest';
import { outcomes, reviewKinds } from '../../../functions/domain/onboarding/lifecycle.ts';
import { type MailTemplate, mailTemplates } from '../../../functions/domain/onboarding/messages.ts';
import { afterIncident, silenceAboutPlace } from '../../../functions/domain/onboarding/silence.ts';
import { languages, typeset } from '../../../functions/domain/text.ts';
import { composeMail, type MailContext } from '../../../functions/jobs/send-mail/mails.ts';

const least: MailContext = {
  language: 'fr',
  platform: 'Nuage de confiance',
  organisation: 'Ville fictive de Montorge',
  reference: 'K7F4-M3XJ',
};
const most: MailContext = {
  ...least,
  contactName: 'Camille Martin',
  link: 'https://accueil.example/f/SECRET',
  statusUrl: 'https://accueil.example/status',
  staffUrl: 'https://accueil.example/operations/K7F4-M3XJ',
  mailSetupUrl: 'https://accueil.example/mail-setup',
  contact: 'dominique.petit@platform.example',
  answerBy: '2027-03-01',
  silenceEnd: 'searched_again',
  lost: { wave: 'vague du 9 mars 2027 (Paris)', by: 'silence' },
  instead: 'held',
  wave: 'vague du 6 avril 2027 (Paris)',
  stage: 'Vague confirmée',
  reviewKind: 'readiness',
  outcome: 'WITHDRAWN',
  reason: 'une raison donnée',
  conditions: [
    {
      label: 'Analyse d’impact (AIPD) à réaliser',
      owners: ['DPO'],
      due: '2027-03-01',
      againstGo: true,
      moved: { from: '2027-02-01', reason: 'comité reporté' },
    },
  ],
};

const isForStaff = (template: MailTemplate) => /^(?:owner|review)_/.test(template);
const staff = mailTemplates.filter(isForStaff);
const customer = mailTemplates.filter((template) => !isForStaff(template));
const withoutLink: readonly MailTemplate[] = [
  'erasure_granted',
  'erasure_refused',
  'go_no_go',
  'no_go_for_condition',
  'cutover_failed',
  'closed',
  'identity_code',
];
const askForAnswer = [
  'invitation',
  'reminder',
  'last_notice',
  'talk_ended',
  'owner_talk_asked',
  'preparation',
  'reassessment_reminder',
  'wave_offer',
  'wave_held',
  'wave_moved',
  'place_reminder',
  'place_lost',
  'condition_reminder',
  'no_go_for_condition',
  'owner_condition_due',
  'owner_stuck',
  'owner_mail_not_delivered',
  'owner_mail_unwanted',
  'review_requested',
  'review_go_no_go_due',
  'review_overdue',
  'review_approval_requested',
] as const;

describe.each(languages)('in %s', (language) => {
  it.each(mailTemplates)('%s is whole with everything known and with as little as can be', (template) => {
    for (const context of [least, most]) {
      const { subject, text } = composeMail(template, { ...context, language });
      expect(`${subject}\n${text}`).not.toMatch(/undefined|null|\[object|\n{3}| {2}/);
      expect(subject).toContain('K7F4-M3XJ');
      expect(subject).not.toMatch(/[\r\n]/);
      expect(text).toContain('Ville fictive de Montorge');
      expect(text.length).toBeGreaterThan(200);
      if (language === 'fr') expect(`${subject}\n${text}`).not.toMatch(/ [;?!:»%]|« /);
    }
  });

  it.each(customer)('%s has a subject that a list of mails shows whole', (template) => {
    expect(composeMail(template, { ...most, language }).subject.length).toBeLessThan(78);
  });

  it.each(staff.flatMap((template) => reviewKinds.map((reviewKind) => [template, reviewKind] as const)))(
    '%s about %s has a short subject before the name',
    (template, reviewKind) => {
      const { subject } = composeMail(template, { ...most, language, reviewKind, organisation: 'X' });
      expect(subject.length).toBeLessThan(60);
    },
  );

  it.each(askForAnswer)('%s says by when', (template) => {
    const date = language === 'fr' ? typeset('au plus tard le 1er mars 2027', 'fr') : 'by 1 March 2027';
    expect(composeMail(template, { ...most, language }).text).toContain(date);
  });

  it.each(customer)('%s says whom to ask and why it came', (template) => {
    const { text } = composeMail(template, { ...most, language });
    expect(text).toContain('dominique.petit@platform.example');
    expect(text).toContain('Camille Martin');
    expect(text).toMatch(
      language === 'fr' ? /Vous recevez ce message parce que/ : /You are receiving this email because/,
    );
  });

  it.each(staff)('%s holds no secret and no name of a person', (template) => {
    const { subject, text } = composeMail(template, { ...most, language });
    expect(`${subject}${text}`).not.toMatch(/SECRET|Camille|dominique/);
    expect(text).toContain('https://accueil.example/operations/K7F4-M3XJ');
  });

  it.each(outcomes)('a closed file says what %s means', (outcome) => {
    const text = composeMail('closed', { ...least, language, outcome }).text;
    const others = outcomes.filter((other) => other !== outcome);
    for (const other of others) {
      expect(composeMail('closed', { ...least, language, outcome: other }).text).not.toBe(text);
    }
  });
});

describe.each(languages)('in %s, to a customer who is asked again', (language) => {
  const words = language === 'fr' ? 'Données personnelles' : 'Personal data';
  const asked = { ...most, language, standstill: 'answers', asked: [words, 'NIS 2'] } as const;

  it.each(['invitation', 'reminder', 'last_notice'] as const)('%s speaks of these questions', (template) => {
    const { subject, text } = composeMail(template, asked);
    expect(text).toContain(typeset(`– ${words}\n– NIS 2`, language));
    expect(text).toContain(
      typeset(language === 'fr' ? 'au plus tard le 1er mars 2027' : 'by 1 March 2027', language),
    );
    expect(text).not.toMatch(
      /souhaite rejoindre|wishes to join|n’est pas terminé|not finished|sera clos|be closed/,
    );
    expect(text).toContain('SECRET');
    expect(subject.length).toBeLessThan(78);
    expect(composeMail(template, { ...most, language }).text).not.toContain(words);
  });

  it('tells sales that the review goes on, not that the onboarding may be closed', () => {
    expect(composeMail('owner_stuck', asked).text).not.toMatch(/clos|closed/);
  });
});

describe('the personal link', () => {
  it('is in the customer mails that lead somewhere, and in no other', () => {
    const withLink = mailTemplates.filter((template) => composeMail(template, most).text.includes('SECRET'));
    expect(withLink).toEqual(customer.filter((template) => !withoutLink.includes(template)));
  });

  it('is in no subject', () => {
    expect(mailTemplates.map((template) => composeMail(template, most).subject).join()).not.toContain('http');
  });

  it('gives way to the status page where there is none', () => {
    const { link: _link, ...context } = most;
    expect(composeMail('wave_confirmed', context).text).toContain('https://accueil.example/status');
    expect(composeMail('wave_confirmed', most).text).not.toContain('https://accueil.example/status');
  });

  it('that tells of the end names the page that is left, and asks only the refused to object', () => {
    const { link: _link, ...context } = most;
    const ended = composeMail('closed', { ...context, outcome: 'HANDED_OVER' }).text;
    expect(ended).toContain('ouvre encore le dossier en lecture');
    expect(ended).not.toMatch(/erreur|https:/);
    expect(composeMail('closed', { ...context, outcome: 'NOT_ELIGIBLE' }).text).toContain('erreur');
  });
});

describe('a mail', () => {
  it('names the place it is about', () => {
    expect(composeMail('wave_held', most).text).toContain(
      typeset(' : la vague du 6 avril 2027 (Paris).', 'fr'),
    );
    const english = { ...most, language: 'en', wave: 'wave of 6 April 2027 (Paris)' } as const;
    expect(composeMail('wave_held', english).text).toContain(': the wave of 6 April 2027 (Paris).');
  });

  it('says until which minute a place is held, and keeps numbers and punctuation unbroken', () => {
    const { text } = composeMail('wave_held', { ...most, answerBy: '2026-12-03T17:00:00.000Z' });
    expect(text).toContain(
      'au plus tard le 3\u00a0décembre 2026 à 18\u00a0h (heure de Paris), cette place sera rendue.',
    );
    expect(text).toContain('\u202f: la vague du 6\u00a0avril 2027 (Paris).');
    const english = composeMail('wave_held', {
      ...most,
      language: 'en',
      answerBy: '2026-12-03T17:00:00.000Z',
    });
    expect(english.text).toContain(
      'by 3 December 2026 at 18:00 (Paris time), this place will be given back.',
    );
  });

  it.each([
    ['held', 'Nous vous réservons une autre place : la vague du 6 avril 2027 (Paris).'],
    ['listed', 'sur la liste d’attente'],
    ['reviewed', 'Une personne de l’équipe examine maintenant votre dossier'],
  ] as const)('about a lost place says what there is instead: %s', (instead, words) => {
    const { text } = composeMail('place_lost', { ...most, instead });
    expect(text).toContain(typeset('dans la vague du 9 mars 2027 (Paris), a été rendue', 'fr'));
    expect(text).toContain(typeset(words, 'fr'));
    expect(text.includes('cette place sera rendue')).toBe(instead === 'held');
  });

  it('about a place held again in the same wave names no other', () => {
    const same = { ...most, lost: { wave: most.wave ?? '', by: 'silence' } } as const;
    expect(composeMail('place_lost', same).text).toContain('nous vous la réservons de nouveau');
    expect(composeMail('place_lost', same).text).not.toContain('autre place');
  });

  it.each([
    [1, 'nous chercherons une autre place'],
    [2, 'une personne de l’équipe examinera votre dossier'],
  ])('about a place lost while the run has failed says what follows silence number %i', (count, words) => {
    const { instead: _instead, ...context } = most;
    const afterwards = afterIncident({ stage: 'WAVE_HELD', confirmationTimeouts: count });
    const { text } = composeMail('place_lost', { ...context, failed: true, afterIncident: afterwards });
    expect(text).toContain(words);
    expect(text).toContain('Un incident technique a interrompu');
  });

  it.each([
    ['platform', 'nous n’avons pas pu tenir cette date'],
    ['wave_cancelled', 'nous avons annulé cette vague'],
    ['no_decision', 'nous n’avons pas décidé de la bascule à temps'],
    ['review_open', 'nous n’avons pas terminé la revue de votre dossier à temps'],
  ] as const)('about a place lost for %s, by the platform, blames no one else', (by, words) => {
    const { text } = composeMail('place_lost', {
      ...most,
      lost: { wave: 'vague du 9 mars 2027 (Paris)', by },
    });
    expect(text).not.toContain('votre réponse');
    expect(text).toContain(typeset(`${words}. Ce changement vient de nous`, 'fr'));
  });

  it.each([
    ['condition', 'une condition bloquante de votre dossier n’était pas levée'],
    ['no_go', 'la décision de bascule a été défavorable'],
    ['unsuited', 'cette vague ne convient plus à votre dossier'],
    ['answers_awaited', 'nous attendions encore vos nouvelles réponses'],
  ] as const)('about a place lost for %s takes no blame that is not ours, and says why', (by, words) => {
    const { text } = composeMail('place_lost', {
      ...most,
      lost: { wave: 'vague du 9 mars 2027 (Paris)', by },
    });
    expect(text).toContain(typeset(words, 'fr'));
    expect(text).not.toContain('vient de nous');
    expect(text).not.toContain('votre réponse à temps');
  });

  it.each([
    ['2027-02-15', 'sous 14 jours : Analyse d’impact (AIPD) à…', 'in 14 days: Analyse d’impact (AIPD) à…'],
    ['2027-02-22', 'sous 7 jours : Analyse', 'in 7 days: Analyse'],
    ['2027-02-28', 'demain : Analyse', 'tomorrow: Analyse'],
    ['2027-03-01', 'aujourd’hui : Analyse', 'today: Analyse'],
  ])('about a condition, written on %s, says in its subject which one and how soon', (today, fr, en) => {
    const of = (template: MailTemplate, language: 'fr' | 'en') =>
      composeMail(template, { ...most, language, today }).subject;
    for (const template of ['condition_reminder', 'owner_condition_due'] as const) {
      expect(of(template, 'fr')).toContain(typeset(fr, 'fr'));
      expect(of(template, 'en')).toContain(en);
    }
    expect(of('condition_reminder', 'fr').length).toBeLessThan(78);
  });

  it('about several conditions says how many, and when the first is due', () => {
    const [one] = most.conditions ?? [];
    const conditions = one === undefined ? [] : [{ ...one, due: '2027-03-08' }, one];
    const { subject, text } = composeMail('condition_reminder', { ...most, conditions, today: '2027-02-22' });
    expect(subject).toContain(typeset('2 conditions, la première sous 7 jours', 'fr'));
    expect(text).toContain('Des conditions restent à lever');
  });

  it.each(['place_reminder', 'wave_offer', 'wave_held', 'wave_moved', 'place_lost'] as const)(
    '%s promises the one thing that silence leads to, in the words of the page',
    (template) => {
      for (const language of languages) {
        for (const silenceEnd of ['stays_listed', 'searched_again', 'reviewed'] as const) {
          const { text } = composeMail(template, { ...most, language, silenceEnd });
          const sentence = silenceAboutPlace('2027-03-01', silenceEnd, undefined)[language];
          expect(text).toContain(typeset(sentence, language));
          expect(text).not.toMatch(/Sinon, elle|Otherwise it/);
        }
      }
    },
  );

  it.each(['wave_held', 'wave_moved', 'place_lost'] as const)(
    '%s offers another date only to who may still ask for one',
    (template) => {
      for (const [language, all, left] of [
        ['fr', 'Confirmer, voir les autres dates ou renoncer', 'Confirmer ou renoncer'],
        ['en', 'Confirm, see the other dates or decline', 'Confirm or decline'],
      ] as const) {
        const may = composeMail(template, { ...most, language }).text;
        const mayNot = composeMail(template, { ...most, language, noOtherDate: true }).text;
        expect([may.includes(all), may.includes(left)]).toEqual([true, false]);
        expect([mayNot.includes(all), mayNot.includes(left)]).toEqual([false, true]);
      }
    },
  );

  it('of a lost place does not name a new one', () => {
    const { wave: _wave, ...context } = most;
    expect(composeMail('wave_moved', context).text).toContain('Une nouvelle date est recherchée');
    expect(composeMail('wave_moved', most).text).toContain(typeset('Nouvelle place : la vague', 'fr'));
  });

  it.each([
    ['go', 'aura lieu comme prévu'],
    ['no_go', 'n’a pas lieu à cette date'],
    [undefined, 'avant 18 h'],
  ] as const)('of the go/no-go says what %s means', (goNoGo, words) => {
    const context = goNoGo === undefined ? most : { ...most, goNoGo };
    expect(composeMail('go_no_go', context).text).toContain(typeset(words, 'fr'));
  });

  it.each([
    ['no_decision', 'fr', 'n’a pas lieu à cette date, faute de décision de notre part.'],
    ['no_decision', 'en', 'because we did not decide in time'],
    ['no_go', 'fr', 'La décision est défavorable'],
    ['no_go', 'en', 'The decision is no-go'],
  ] as const)(
    'of a no-go by %s in %s names the lost date, and says that the next place follows',
    (by, language, words) => {
      const lost = { wave: 'vague du 9 mars 2027 (Paris)', by };
      const { text } = composeMail('go_no_go', { ...most, language, lost });
      for (const part of [
        words,
        lost.wave,
        { fr: 'Votre prochaine place', en: 'your next place' }[language],
      ]) {
        expect(text).toContain(typeset(part, language));
      }
      expect(text).not.toContain('6 avril');
    },
  );

  it.each(mailTemplates)('%s never takes the go/no-go for the day before the cutover', (template) => {
    for (const language of languages) {
      expect(composeMail(template, { ...most, language }).text).not.toMatch(/la veille|the day before/i);
    }
  });

  it('that asks for a go/no-go says when silence answers', () => {
    const { subject, text } = composeMail('review_requested', { ...most, reviewKind: 'go_no_go' });
    expect(subject).toContain('décision de bascule');
    const silence = typeset(
      'Sans décision le dernier jour ouvré avant la bascule à 18 h, heure de Paris',
      'fr',
    );
    expect(text).toContain(silence);
    expect(text).not.toContain('cinq jours ouvrés');
    const dated = composeMail('review_go_no_go_due', { ...most, goNoGoDay: '2027-04-05' }).text;
    expect(dated).toContain(typeset('Sans décision le 5 avril 2027 à 18 h, heure de Paris', 'fr'));
  });

  it('about a technical fault asks sales for nothing', () => {
    const { text } = composeMail('owner_stuck', { ...most, failed: true });
    expect(text).toContain('Une erreur technique');
    expect(text).not.toContain('À faire');
  });

  it.each([
    ['answers', 'pourra être clos faute de réponse'],
    ['preparation', 'n’a pas mis ses réponses à jour'],
    ['decision', 'attend une décision de l’équipe d’exploitation'],
    ['place', 'Une autre date est recherchée en priorité'],
  ] as const)('to sales says what follows when %s stops the onboarding', (standstill, words) => {
    const { text } = composeMail('owner_stuck', { ...most, standstill });
    expect(text).toContain(words);
    expect(/faute de réponse/.test(text)).toBe(standstill === 'answers');
  });

  it('of a closed file repeats no reason to those who left', () => {
    expect(composeMail('closed', { ...most, outcome: 'DECLINED' }).text).not.toContain('une raison donnée');
    expect(composeMail('closed', { ...most, outcome: 'NOT_ELIGIBLE' }).text).toContain('une raison donnée');
  });

  it('about a file that stopped outside a review does not speak of one', () => {
    const { reviewKind: _kind, ...context } = most;
    expect(composeMail('review_overdue', context).text).not.toContain('revue');
    expect(composeMail('review_overdue', most).text).toContain('niveau de préparation');
  });

  it('stays on its line whatever the name', () => {
    const mail = composeMail('owner_stuck', { ...least, organisation: 'A\r\nBcc: x@y.example\u2028' });
    expect(mail.subject).toBe('K7F4-M3XJ – dossier en attente d’une décision – A Bcc: x@y.example');
  });

  it('of a refusal says that the platform does not fit only where that was confirmed', () => {
    const refused = { ...most, outcome: 'NOT_ELIGIBLE' } as const;
    for (const [language, fits, decided] of [
      ['fr', 'la plateforme ne convient pas', 'a décidé de ne pas donner suite à votre demande'],
      ['en', 'the platform does not meet this need', 'decided not to go on with your request'],
    ] as const) {
      const { text } = composeMail('closed', { ...refused, language });
      expect([text.includes(fits), text.includes(decided)]).toEqual([false, true]);
      const confirmed = composeMail('closed', { ...refused, language, confirmedRefusal: true }).text;
      expect([confirmed.includes(fits), confirmed.includes(decided)]).toEqual([true, false]);
    }
  });

  it.each([
    [
      'closed',
      'n’a pas été envoyé malgré plusieurs rappels',
      'was not submitted despite',
      /aucune réponse|no answer/,
    ],
    ['condition_reminder', 'en principe défavorable', 'normally a no-go', /ne peut pas être|cannot be/],
    ['owner_condition_due', 'en principe défavorable', 'normally a no-go', /ne peut pas être|cannot be/],
  ] as const)('%s claims no more than is known', (template, fr, en, untrue) => {
    for (const [language, words] of [['fr', fr] as const, ['en', en] as const]) {
      const { text } = composeMail(template, { ...most, outcome: 'UNANSWERED', language });
      expect(text).toContain(words);
      expect(text).not.toMatch(untrue);
    }
  });

  it('writes French with typographic apostrophes only', () => {
    const all = mailTemplates.flatMap((template) => Object.values(composeMail(template, most)));
    expect(all.join('')).not.toContain("'");
  });
});

it.each(languages)(
  'sales whose mail was not delivered get the page for mail administrators, in %s',
  (language) => {
    const { text } = composeMail('owner_mail_not_delivered', { ...most, language });
    expect(text).toContain('\nhttps://accueil.example/mail-setup\n');
  },
);

it.each([
  [true, /condition bloquante reste ouverte/],
  [undefined, /Passé son échéance/],
] as const)(
  'a reminder of conditions speaks of a no-go only if one stands against it: %s',
  (against, words) => {
    const condition = { label: 'Dérogation à obtenir', owners: ['Commanditaire'], due: '2027-03-01' };
    const conditions = [{ ...condition, ...(against === undefined ? {} : { againstGo: against }) }];
    const { text } = composeMail('condition_reminder', { ...most, conditions });
    expect(text).toMatch(words);
    expect(text.includes('bascule, cette décision')).toBe(against === true);
  },
);

describe('a mail about a place while no contract is recorded', () => {
  const bare = { ...most, conditions: [] };
  const missing = { ...bare, contractMissing: true } as const;

  it.each(languages)('tells sales to record it instead of that there is nothing to do, in %s', (language) => {
    const nothingToDo = language === 'fr' ? 'Vous n’avez rien à faire.' : 'You do not need to do anything.';
    const toDo = language === 'fr' ? '– Enregistrer le contrat signé' : '– Record the signed contract';
    expect(composeMail('owner_booked', { ...bare, language }).text).toContain(nothingToDo);
    const { text } = composeMail('owner_booked', { ...missing, language });
    expect(text).toContain(toDo);
    expect(text).not.toContain(nothingToDo);
  });

  it.each(languages)('tells the customer what follows without it, in %s', (language) => {
    const idle = language === 'fr' ? 'rien à faire d’ici' : 'do anything until the first step';
    const words =
      language === 'fr' ? 'Le contrat signé n’est pas encore' : 'The signed contract is not recorded';
    expect(composeMail('wave_confirmed', { ...bare, language }).text).toContain(idle);
    const { text } = composeMail('wave_confirmed', { ...missing, language });
    expect(text).toContain(words);
    expect(text).not.toContain(idle);
  });
});
