import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Text } from '../../functions/domain/text.ts';
import { openFile, readNewestMail } from './acts.ts';
import { invite } from './invite.ts';
import { openPerson } from './person.ts';
import { prospect } from './staff-acts.ts';
import { openStage, type Stage, startSystemIn } from './system.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const goOn: Text = { fr: 'Continuer', en: 'Continue' };
const tryAgain: Text = { fr: 'Réessayer', en: 'Try again' };

describe.each([
  { language: 'fr', script: false },
  { language: 'fr', script: true },
  { language: 'en', script: true },
] as const)('in $language, with scripts: $script', (setup) => {
  test('a server that dies between two pages loses no accepted page, and the next one is sent again', async () => {
    const path = mkdtempSync(join(tmpdir(), 'onboarding-dead-server-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    const first = await startSystemIn(path, 0);
    const port = Number(new URL(first.origin).port);
    const person = await openPerson(stage, first, setup);
    await invite(first, setup.language);
    await readNewestMail(person, prospect.contact);
    await openFile(person);
    const { page } = person;
    await person.open('/questionnaire/A4');
    await page.locator('[name="A4"][value="ose"]').check();
    await person.press(goOn);
    expect(new URL(page.url()).pathname).toBe('/questionnaire/A5');
    await page.locator('[name="A5"][value="important"]').check();

    await first.close();
    const button = page.getByRole('button', { name: person.t(goOn), exact: true });
    if (setup.script) {
      await button.click();
      const again = page.getByRole('button', { name: person.t(tryAgain), exact: true });
      await again.waitFor();
      expect(await page.getByRole('alert').textContent()).toMatch(/ne répond pas|does not respond/);
      expect(await page.locator('[name="A5"][value="important"]').isChecked()).toBe(true);
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
      const second = await startSystemIn(path, port);
      onTestFinished(() => second.close());
      await person.go(again);
    } else {
      await button.click();
      await page.waitForURL('chrome-error://**');
      const second = await startSystemIn(path, port);
      onTestFinished(() => second.close());
      await page.reload();
    }
    expect(new URL(page.url()).pathname).toBe('/questionnaire/A6');
    for (const [question, answer] of [
      ['A4', 'ose'],
      ['A5', 'important'],
    ] as const) {
      await person.open(`/questionnaire/${question}`);
      expect(await page.locator(`[name="${question}"][value="${answer}"]`).isChecked()).toBe(true);
    }
    await person.leave();
  });
});
