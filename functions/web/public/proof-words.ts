import type { Text } from '../../domain/text.ts';

export const proofTitle: Text = { fr: 'Vérifier un relevé', en: 'Check a record' };

export const whatItDoes: Text = {
  fr: 'Chaque envoi du questionnaire donne un relevé, scellé par notre système. Cette page dit si un relevé vient bien de nous et s’il est resté tel quel.',
  en: 'Each submission of the questionnaire gives a record, sealed by our system. This page says whether a record came from us and is unaltered.',
};

export const keptNowhere: Text = {
  fr: 'Ce que vous collez ici sert au calcul et n’est conservé nulle part.',
  en: 'What you paste here is used for the calculation and kept nowhere.',
};

export const fieldLabel: Text = {
  fr: 'Empreinte du relevé, ou contenu du fichier JSON',
  en: 'Digest of the record, or content of the JSON file',
};

export const fieldHint: Text = {
  fr: 'L’empreinte (64 caractères) montre seulement qu’un relevé portant cette empreinte a été délivré. Le fichier JSON montre aussi que son contenu n’a pas changé.',
  en: 'The digest (64 characters) only shows that a record with this digest was issued. The JSON file also shows that its content has not changed.',
};

export const unreadable: Text = {
  fr: 'Collez une empreinte de 64 caractères (chiffres et lettres de a à f) ou le fichier JSON entier.',
  en: 'Paste a digest of 64 characters (digits and letters from a to f) or the whole JSON file.',
};

export const tooLong: Text = {
  fr: 'Ce texte est trop long pour un de nos relevés.',
  en: 'This text is too long to be one of our records.',
};

export const tooMany: Text = {
  fr: 'Trop de vérifications à la fois. Attendez quelques secondes, puis recommencez.',
  en: 'Too many checks at once. Wait a few seconds, then try again.',
};

export const issuedOnDigest = (on: string): Text => ({
  fr: `Un relevé portant cette empreinte a été délivré par nous le ${on}. Pour vérifier aussi ce qu’il dit, collez le fichier JSON.`,
  en: `We issued a record with this digest on ${on}. To check what it says as well, paste the JSON file.`,
});

export const issuedUnaltered = (on: string): Text => ({
  fr: `Ce relevé a été délivré par nous le ${on} ; il est inchangé.`,
  en: `We issued this record on ${on}; it is unaltered.`,
});

export const notOurs: Text = {
  fr: 'Ce relevé n’est pas de nous, ou il a été modifié.',
  en: 'This record is not ours, or it has been altered.',
};

export const keysTitle: Text = { fr: 'Clés publiques', en: 'Public keys' };

export const keysUse: Text = {
  fr: 'Avec la clé publique, chacun peut vérifier un relevé sans nous. Une clé remplacée reste ici : ses sceaux restent valables.',
  en: 'With the public key, anyone can verify a record without us. A key that was replaced stays here: its seals stay valid.',
};

export const noKeys: Text = {
  fr: 'Aucun relevé n’a encore été scellé.',
  en: 'No record has been sealed yet.',
};
