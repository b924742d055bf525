import type { Page } from 'playwright-core';
import type { Answers, QuestionId } from '../../functions/domain/questionnaire/answers.ts';
import { fieldsFor } from '../support/visitor.ts';

type Entries = ReadonlyMap<string, readonly string[]>;

function byName(fields: readonly (readonly [string, string])[]): Entries {
  return new Map(
    Object.entries(Object.groupBy(fields, ([name]) => name)).map(([name, given = []]) => [
      name,
      given.map(([, value]) => value),
    ]),
  );
}

/** Fills in controls as a person does, by the names of the fields: types, chooses, ticks and unticks. */
export async function fillIn(page: Page, fields: readonly (readonly [string, string])[]): Promise<void> {
  for (const [name, values] of byName(fields)) {
    const controls = page.locator(`main [name="${name}"]`);
    const first = controls.first();
    const type = await first.getAttribute('type');
    const [value = ''] = values;
    if (type === 'radio') {
      await page.locator(`main [name="${name}"][value="${value}"]`).check();
    } else if (type === 'checkbox') {
      for (const box of await controls.all()) {
        await box.setChecked(values.includes((await box.getAttribute('value')) ?? ''));
      }
    } else if ((await page.locator(`main select[name="${name}"]`).count()) > 0) {
      await first.selectOption(value);
    } else {
      await first.fill(value);
    }
  }
}

/** Fills in one question of the questionnaire. */
export function fillQuestion(page: Page, id: QuestionId, answers: Answers): Promise<void> {
  return fillIn(page, fieldsFor(id, answers));
}
