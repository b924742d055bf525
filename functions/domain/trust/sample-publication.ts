import type { Publication } from './publication.ts';
import { sampleTrustRecord } from './sample-trust-record.ts';

/** What the fictional operator of the demonstration publishes: replace every value with your own. */
export const samplePublication: Publication = {
  trust: sampleTrustRecord,
  publisher: {
    name: 'Nuage de confiance SAS (société fictive)',
    address: '1 place de l’Exemple, 75000 Paris, France',
    registration: {
      fr: 'société par actions simplifiée au capital de 1 000 000 €, RCS Paris 999 000 003 (exemple)',
      en: 'simplified joint-stock company, share capital €1,000,000, Paris register 999 000 003 (example)',
    },
    phone: '+33 1 99 00 00 00 (exemple)',
    director: 'Camille Exemple',
  },
  dataProtectionOfficer: 'dpo@platform.example',
  host: {
    name: 'Amazon Web Services EMEA SARL',
    address: '38 avenue John F. Kennedy, L-1855 Luxembourg',
    phone: '+33 1 99 00 00 01 (exemple)',
    place: { fr: 'Région de Paris (eu-west-3), France', en: 'Paris region (eu-west-3), France' },
    law: {
      fr: 'Cet hébergeur relève du droit luxembourgeois et européen ; il appartient à un groupe américain, que des lois des États-Unis peuvent atteindre.',
      en: 'This host is subject to Luxembourg and EU law; it belongs to a US group, which laws of the United States may reach.',
    },
  },
  processors: [
    {
      name: 'Amazon Web Services EMEA SARL',
      purpose: {
        fr: 'hébergement du site, de la base et de l’envoi des courriels',
        en: 'hosting of the site, the database and the sending of email',
      },
      place: { fr: 'France', en: 'France' },
    },
  ],
};
