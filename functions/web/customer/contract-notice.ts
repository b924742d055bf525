import type { CalendarDate } from '../../domain/calendar-date.ts';
import { isContractDue } from '../../domain/onboarding/overdue-conditions.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';

/** In the last four weeks before the cutover: that the contract is missing, who must act, and what follows without it. */
export function contractNotice(
  view: View,
  state: OnboardingState,
  platform: PlatformConfiguration,
  today: CalendarDate,
): Html {
  if (!isContractDue(platform, state, today)) return nothing;
  const title = {
    fr: 'Le contrat signé n’est pas encore enregistré.',
    en: 'The signed contract is not recorded yet.',
  };
  const text = {
    fr: 'Pour le contrat, c’est à l’équipe commerciale d’agir : elle l’enregistre dès qu’il est signé, avec l’accord sur le traitement des données. Si vous ne l’avez pas encore signé, écrivez à votre interlocuteur. S’il manque encore au moment de la décision de bascule, elle est en principe défavorable, et nous cherchons alors une autre date pour vous, en priorité.',
    en: 'For the contract, sales must act: they record it as soon as it is signed, with the agreement on data processing. If you have not signed it yet, write to your contact. If it is still missing at the go/no-go decision, that is normally a no-go, and we then look for another date for you, with priority.',
  };
  return html`<p><strong>${view.t(title)}</strong> ${view.t(text)}</p>`;
}
