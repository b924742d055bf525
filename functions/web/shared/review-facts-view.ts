import type { GoNoGoFacts, PlacementFacts, ShownFacts } from '../../application/review-facts.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { isOverdue } from '../../domain/classification/condition-tasks.ts';
import { inLanguage, type Language } from '../../domain/text.ts';
import { effortShareTexts } from '../../domain/waves/effort.ts';

function placementView({ users, effort, ...facts }: PlacementFacts, language: Language) {
  return {
    about: facts.about,
    users: users?.count ?? null,
    usersEstimated: users?.estimated ?? true,
    points: effort.points,
    complex: effort.complex,
    estimated: effort.estimated,
    shares: effort.shares.map(({ code, count, points, estimated }) => ({
      code,
      text: inLanguage(effortShareTexts[code].label, language),
      count,
      points,
      estimated,
    })),
    largestWave: facts.largestWave ?? null,
    deadline: facts.deadline ?? null,
    nearestWaves: facts.nearest.map(({ wave, lacks }) => ({
      id: wave.id,
      site: wave.site,
      kind: wave.kind,
      state: wave.state,
      cutover: wave.cutover,
      lacks: lacks.map(({ constraint, code, room, text }) => ({
        constraint,
        code,
        text: inLanguage(text, language),
        room: room ?? null,
      })),
    })),
  };
}

function goNoGoView(facts: GoNoGoFacts, today: CalendarDate) {
  const { about, conditions, contract, contacts, mailboxesOver200GB, remediation } = facts;
  return {
    about,
    conditions: conditions.map(({ code, againstGo, task }) => ({
      code,
      againstGo,
      owner: task?.owner ?? null,
      due: task?.due ?? null,
      overdue: task !== undefined && isOverdue(task, today),
    })),
    contract: {
      reference: contract.recorded?.reference ?? null,
      signedOn: contract.recorded?.signedOn ?? null,
      againstGo: contract.againstGo,
    },
    contacts,
    mailboxesOver200GB: mailboxesOver200GB.count,
    mailboxesEstimated: mailboxesOver200GB.estimated,
    remediation: remediation.map(({ task, extent, due }) => ({
      ...{ task, extent, due: due ?? null },
      overdue: due !== undefined && due < today,
    })),
  };
}

/** What a review is about, as the API says it; null for reviews that the result explains. */
export function reviewFactsView(facts: ShownFacts | undefined, language: Language, today: CalendarDate) {
  if (facts === undefined) return null;
  return facts.about === 'placement' ? placementView(facts, language) : goNoGoView(facts, today);
}
