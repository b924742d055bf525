import { askToTalk } from '../../application/talk.ts';
import { isPlainText, repaired, showsNothing } from '../../domain/input/plain-text.ts';
import { fieldProblem, longestReason } from '../../domain/input/problem-texts.ts';
import { noTalkBecause } from '../../domain/onboarding/talk.ts';
import { AlreadyTalkingError, TalksUsedUpError } from '../../domain/onboarding/transitions/talk.ts';
import { formatNumber } from '../../domain/text.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { customerOf, requireCustomer } from '../shared/session/access.ts';
import { actOrExplain, refusalPage } from './refusal.ts';
import { matterLabel, talkFirst, talkPath } from './talk-words.ts';

/** The page is opened by few, so its code is loaded then. */
async function showForm(
  c: WebContext,
  deps: WebDependencies,
  typed: { readonly matter: string; readonly problems: readonly Problem[] },
  status?: 409,
) {
  const { talkPage } = await import('./talk-page.ts');
  return answerPage(c, talkPage(c.get('view'), customerOf(c).now, deps.clock.now(), typed), status);
}

function problemsOf(matter: string): readonly Problem[] {
  if (matter.length > longestReason) {
    return [
      {
        field: 'matter',
        message: {
          fr: `${matterLabel.fr} Le texte dépasse ${formatNumber(longestReason, 'fr')} caractères ; raccourcissez-le.`,
          en: `${matterLabel.en} The text exceeds ${formatNumber(longestReason, 'en')} characters; shorten it.`,
        },
      },
    ];
  }
  return isPlainText(matter) ? [] : [fieldProblem('matter', matterLabel, 'not_plain_text')];
}

/** What is typed, with one character a line break: browsers send two. */
function matterIn(c: WebContext): string {
  return repaired((formOf(c).get('matter') ?? '').replace(/\r\n?/g, '\n')).trim();
}

async function sendForm(c: WebContext, deps: WebDependencies): Promise<Response> {
  const { reference, who, acting } = customerOf(c);
  const matter = matterIn(c);
  const problems = problemsOf(matter);
  if (problems.length > 0 || onlyAsksForLanguage(c)) return showForm(c, deps, { matter, problems });
  return actOrExplain(c, talkFirst, async () => {
    try {
      await askToTalk(deps, reference, showsNothing(matter) ? undefined : matter, who, acting);
    } catch (error) {
      if (!(error instanceof AlreadyTalkingError)) throw error;
      // What was typed is not lost with the refusal.
      return showForm(c, deps, { matter, problems: [{ field: 'matter', message: error.text }] }, 409);
    }
    return leadTo(c, deps.site, '/status', 'talk-asked');
  });
}

/** "Talk first": the turn passes to sales, and the time to answer is paused. */
export function registerTalk(app: WebApp, deps: WebDependencies): void {
  app.get(talkPath, requireCustomer, (c) => {
    const refusal = noTalkBecause(customerOf(c).now);
    if (refusal === 'too_often') return refusalPage(c, talkFirst, [new TalksUsedUpError().text]);
    if (refusal !== undefined) return leadTo(c, deps.site, '/status');
    return showForm(c, deps, { matter: '', problems: [] });
  });
  app.post(talkPath, requireCustomer, (c) => sendForm(c, deps));
}
