import type { Text } from '../text.ts';
import type { FailureClass } from './failures.ts';

/** What operators read of a failure, and what they do. */
export interface FailureText {
  readonly means: Text;
  readonly next: Text;
  /** Where to look, and when the cause is repaired. */
  readonly cause: Text;
  /** True where nothing has to be repaired before the run is resumed. */
  readonly resumesAtOnce: boolean;
}

export const failureTexts: Readonly<Record<FailureClass, FailureText>> = {
  busy: {
    means: {
      fr: 'Un service dont cette étape a besoin refusait les appels ou ne répondait pas ; les nouveaux essais automatiques n’ont pas suffi.',
      en: 'A service that this step needs refused calls or did not answer; the automatic retries were not enough.',
    },
    next: {
      fr: 'Reprenez l’exécution. Si elle échoue encore de la même façon, attendez une demi-heure et prévenez la personne d’astreinte.',
      en: 'Resume the run. If it fails again in the same way, wait for half an hour and tell the person on call.',
    },
    cause: {
      fr: 'Plusieurs dossiers en même temps : consultez les alarmes executions-throttled et table-writes-throttled. La cause est levée quand une exécution reprise passe l’étape.',
      en: 'Several onboardings at the same time: see the alarms executions-throttled and table-writes-throttled. The cause is gone when a run that is resumed passes the step.',
    },
    resumesAtOnce: true,
  },
  timed_out: {
    means: {
      fr: 'Une étape, ou l’exécution tout entière, a duré plus longtemps que permis.',
      en: 'A step, or the whole run, took longer than it may.',
    },
    next: {
      fr: 'Reprenez l’exécution : une nouvelle continue là où celle-ci s’est arrêtée. Si la même étape échoue encore, prévenez l’équipe technique.',
      en: 'Resume the run: a new one goes on where this one stopped. If the same step fails again, tell the engineers.',
    },
    cause: {
      fr: 'Une étape : le journal de la tâche à cette heure (alarme executions-failed). L’exécution entière : les alarmes executions-timed-out et sweeper-silent, car une attente aurait dû être renouvelée plus tôt. La cause est levée quand une exécution reprise passe l’étape.',
      en: 'A step: the log of the task at that time (alarm executions-failed). The whole run: the alarms executions-timed-out and sweeper-silent, since a wait should have been renewed earlier. The cause is gone when a run that is resumed passes the step.',
    },
    resumesAtOnce: true,
  },
  stopped: {
    means: {
      fr: 'Quelqu’un a arrêté cette exécution dans Step Functions ; la plateforme ne le fait jamais d’elle-même.',
      en: 'Someone stopped this run in Step Functions; the platform never does so by itself.',
    },
    next: {
      fr: 'Demandez qui l’a arrêtée et pourquoi. Reprenez ensuite l’exécution, ou retirez le dossier avec un motif.',
      en: 'Ask who stopped it and why. Then resume the run, or withdraw the onboarding with a reason.',
    },
    cause: {
      fr: 'CloudTrail nomme la personne sous StopExecution (alarme executions-aborted). Rien n’est à réparer.',
      en: 'CloudTrail names the person under StopExecution (alarm executions-aborted). Nothing has to be repaired.',
    },
    resumesAtOnce: true,
  },
  settings: {
    means: {
      fr: 'La plateforme n’a pas un droit, une clé ou un réglage dont cette étape a besoin.',
      en: 'The platform lacks a permission, a key or a setting that this step needs.',
    },
    next: {
      fr: 'Prévenez l’équipe technique : reprendre avant la réparation échouerait de nouveau. Reprenez l’exécution ensuite.',
      en: 'Tell the engineers: resuming before the repair would fail again. Resume the run afterwards.',
    },
    cause: {
      fr: 'Le plus souvent, un déploiement a changé un rôle, une clé ou un paramètre : comparez le dernier déploiement et le journal de la tâche à cette heure.',
      en: 'Most often a deployment has changed a role, a key or a parameter: compare the last deployment and the log of the task at that time.',
    },
    resumesAtOnce: false,
  },
  data: {
    means: {
      fr: 'L’étape a trouvé une donnée, ou l’état du dossier, qu’elle n’attendait pas : en général, deux versions du programme se sont croisées.',
      en: 'The step found data, or a state of the onboarding, that it did not expect: two releases of the program have usually met.',
    },
    next: {
      fr: 'Prévenez l’équipe technique avec la référence du dossier. Reprenez l’exécution une fois le déploiement, ou le retour arrière, terminé.',
      en: 'Tell the engineers the reference of the onboarding. Resume the run once the deployment, or the roll-back, is finished.',
    },
    cause: {
      fr: 'Le journal de la tâche à cette heure nomme ce qui ne convient pas. Rien de ce qui est enregistré n’est perdu ; ne modifiez pas la table à la main.',
      en: 'The log of the task at that time names what does not suit. Nothing that was recorded is lost; do not change the table by hand.',
    },
    resumesAtOnce: false,
  },
  limit: {
    means: {
      fr: 'Une donnée de cette étape dépasse la taille permise.',
      en: 'Data of this step is larger than it may be.',
    },
    next: {
      fr: 'Reprenez l’exécution. Si la même étape échoue encore, prévenez l’équipe technique.',
      en: 'Resume the run. If the same step fails again, tell the engineers.',
    },
    cause: {
      fr: 'Consultez l’alarme payload-near-limit, qui prévient avant la limite.',
      en: 'See the alarm payload-near-limit, which warns before the limit.',
    },
    resumesAtOnce: true,
  },
  program: {
    means: {
      fr: 'Le programme de cette étape s’est arrêté sur une erreur qu’il ne prévoit pas.',
      en: 'The program of this step stopped on an error that it does not foresee.',
    },
    next: {
      fr: 'Prévenez l’équipe technique avec le nom de l’erreur et l’heure. Reprenez l’exécution une fois la correction déployée.',
      en: 'Tell the engineers the name of the error and the time. Resume the run once the correction is deployed.',
    },
    cause: {
      fr: 'Le journal de la tâche à cette heure porte la référence du dossier et le nom de l’erreur (alarme executions-failed). States.Runtime après l’alarme history-near-limit : l’historique est plein, et il suffit de reprendre l’exécution.',
      en: 'The log of the task at that time bears the reference of the onboarding and the name of the error (alarm executions-failed). States.Runtime after the alarm history-near-limit: the history is full, and it is enough to resume the run.',
    },
    resumesAtOnce: false,
  },
  unknown: {
    means: {
      fr: 'L’exécution a échoué sans que la cause soit rapportée avec elle.',
      en: 'The run failed, and the cause was not reported with it.',
    },
    next: {
      fr: 'Reprenez l’exécution : si elle échoue encore, la cause sera nommée ici.',
      en: 'Resume the run: if it fails again, the cause will be named here.',
    },
    cause: {
      fr: 'Le journal de la tâche à cette heure porte la référence du dossier (alarme executions-failed).',
      en: 'The log of the task at that time bears the reference of the onboarding (alarm executions-failed).',
    },
    resumesAtOnce: true,
  },
};
