import type { Effect } from '../domain/onboarding/effects.ts';
import { approvalWrite } from './approvals.ts';
import { correctionWrite } from './corrections.ts';
import { dossierWrites } from './dossiers.ts';
import { dropDraft } from './drafts.ts';
import { erasureRequestWrite } from './erasure-requests.ts';
import { identityCodeWrite } from './identity-codes.ts';
import { interviewWrite } from './interviews.ts';
import { keys } from './keys.ts';
import { linkWrite } from './link-owners.ts';
import { freeSiren, moveAssignment, moveMailLookUp, nameKeys, takeSiren } from './look-ups.ts';
import { personWrite } from './people.ts';
import { bookingItem } from './places.ts';
import type { Condition, Write } from './table.ts';
import { forgetDemand, joinWaitingList, leaveWaitingList } from './waiting-list.ts';
import { countFailedCutover, giveRoomBack, requireWave, takeRoom } from './waves.ts';
import { putIf, removeAnyway, removeIf } from './writes.ts';

/** The condition that an item with a wave has not changed since it was read. */
function unchanged(before: { readonly wave: string } | undefined): Condition {
  return before === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : { ConditionExpression: 'wave = :wave', ExpressionAttributeValues: { ':wave': before.wave } };
}

/** The writes of an effect, in the transaction of its change. */
export function writesOf(reference: string, effect: Effect, at: Date): readonly Write[] {
  switch (effect.kind) {
    case 'take_room':
      return [takeRoom(effect)];
    case 'give_room_back':
      return [giveRoomBack(effect)];
    case 'count_failed_cutover':
      return [countFailedCutover(effect.wave)];
    case 'put_booking': {
      const { booking, before } = effect;
      return [putIf('booking', bookingItem(reference, booking), unchanged(before))];
    }
    case 'remove_booking':
      return [removeIf('booking', keys.booking(reference), unchanged(effect.booking))];
    case 'put_preparation': {
      const { preparation, before } = effect;
      return [putIf('preparation', { ...keys.preparation(reference), ...preparation }, unchanged(before))];
    }
    case 'remove_preparation':
      return [removeIf('preparation', keys.preparation(reference), unchanged(effect.preparation))];
    case 'join_waiting_list':
      return [joinWaitingList(reference, effect, at)];
    case 'forget_listed_demand':
      return [forgetDemand(effect.rank, reference)];
    case 'leave_waiting_list':
      return [leaveWaitingList(effect.rank, reference)];
    case 'require_wave':
      return [requireWave(effect.wave, effect.states)];
    case 'reserve_scopes':
      return effect.parts.map((part) => takeSiren(effect.siren, part));
    case 'free_siren':
      return freeSiren(effect, reference);
    case 'put_approval':
      return [approvalWrite(reference, effect.approval)];
    case 'put_intake':
      return [dossierWrites.intake(reference, effect.intake)];
    case 'put_submission':
      return dossierWrites.submission(reference, effect);
    case 'drop_draft':
      return dropDraft(reference, effect);
    case 'put_correction':
      return [correctionWrite(reference, effect.correction)];
    case 'remove_correction':
      return [removeAnyway(keys.correction(reference))];
    case 'put_declarations':
      return [dossierWrites.declarations(reference, effect.submission)];
    case 'redact_submissions':
      return dossierWrites.redacted(reference, effect);
    case 'put_result':
      return [dossierWrites.result(reference, effect.result, effect.lookAgainOn)];
    case 'put_request':
      return [dossierWrites.request(reference, effect.request)];
    case 'put_matter':
      return [dossierWrites.matter(reference, effect.matter)];
    case 'remove_matter':
      return [removeAnyway(keys.talk(reference))];
    case 'put_link': {
      const { token, generation, person } = effect;
      return [linkWrite(token, { reference, generation, ...(person === undefined ? {} : { person }) })];
    }
    case 'put_person':
      return [personWrite(reference, effect.person)];
    case 'put_identity_code':
      return [identityCodeWrite(reference, effect.person, effect.code)];
    case 'put_erasure_request':
      return [erasureRequestWrite(reference, effect.request)];
    case 'put_interview':
      return [interviewWrite(reference, effect.interview)];
    case 'move_assignment':
      return moveAssignment(effect, reference);
    case 'move_mail_lookup':
      return moveMailLookUp(effect.from, effect.to, reference);
    case 'remove_lookups':
      return [keys.mail(effect.mail, reference), ...nameKeys(effect.name, reference)].map(removeAnyway);
  }
}
