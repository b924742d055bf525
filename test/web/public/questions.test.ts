import { expect, it } from 'vitest';
import { citation } from '../../../functions/domain/questionnaire/legal-references.ts';
import { questions } from '../../../functions/domain/questionnaire/questionnaire.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { createApp } from '../../../functions/web/app.ts';
import { textOf } from '../../support/page-reader.ts';
import { startTrial } from '../../support/trial.ts';

/** The part of the page about one question. */
function partOf(html: string, id: string): string {
  const from = html.indexOf(`<h3 id="${id}"`);
  return textOf(html.slice(from, html.indexOf('<h', from + 3)));
}

/** Every label that an input has, however deep. */
function labelsIn(value: unknown, language: 'fr' | 'en'): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => labelsIn(each, language));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'label' ? [String(inner[language])] : labelsIn(inner, language),
  );
}

const plain = (text: string) => textOf(text).trim();

it.each(['fr', 'en'] as const)(
  'the questionnaire to read has every question whole, in %s',
  async (language) => {
    const trial = await startTrial();
    try {
      const html = await (await createApp(trial.deps).request(`/questions?lang=${language}`)).text();
      for (const { id, asks, help, legalReference, input } of questions) {
        const part = partOf(html, id);
        const said = [
          asks[language],
          help[language],
          ...(legalReference === undefined ? [] : [citation(legalReference)[language]]),
          ...labelsIn(input, language),
        ];
        for (const text of said) expect(part, id).toContain(plain(text));
      }
      for (const { label } of samplePlatform.sites) expect(partOf(html, 'C8')).toContain(label[language]);
      expect(html).not.toContain('<script');
      expect(html.slice(html.indexOf('<main'), html.indexOf('</main'))).not.toMatch(/<(?:input|button|form)/);
    } finally {
      await trial.close();
    }
  },
);

it('the questionnaire to read says when follow-ups are asked, and that answers are given elsewhere', async () => {
  const trial = await startTrial();
  try {
    const html = await (await createApp(trial.deps).request('/questions?lang=fr')).text();
    expect(partOf(html, 'A3b')).toContain(
      'Posée seulement si la réponse à A3 est « Groupement d’intérêt public',
    );
    expect(partOf(html, 'B9b')).toContain('Posée seulement si la réponse à B9 est « Données sensibles');
    expect(partOf(html, 'B7')).toContain('seulement avec « Oui »');
    for (const id of ['B4', 'B5', 'B6']) {
      expect(partOf(html, id)).toContain('Vade-mecum de la DINUM');
    }
    expect(textOf(html)).toContain('On y répond par le lien personnel');
  } finally {
    await trial.close();
  }
});
