import { canonical, digestOf } from '../domain/onboarding/audit-chain.ts';
import type { IntakeRecord } from '../domain/onboarding/records.ts';
import { erasedText } from '../domain/onboarding/transitions/erasure.ts';
import { indexKeys, type Key, keys, linkHash } from './keys.ts';
import type { Item, Table, Write } from './table.ts';

/**
 * Items that an erasure keeps: the final state, the history, and the intake without the person. A request for a second
 * person holds a text that someone typed.
 */
const kept = /^(?:NOW#(?!APPROVAL$)|EVENT#|INTAKE$)/;
const itemsAtOnce = 50;

/**
 * The intake without data that identifies a person: what remains are codes and counts for statistics, and the
 * SIREN, under which the next onboarding of the organisation finds this one. The legal name goes too: that of a sole
 * trader is a person's; and so does the scope, which may name one.
 */
export function withoutPersons(intake: IntakeRecord): IntakeRecord {
  const { siren, bodyType, language, services, usersInScope, serversInScope, ...rest } = intake;
  const { earliestDate, latestDate, deadlineReason, team, parentSiren } = rest;
  return {
    ...{ siren, bodyType, language, services, deadlineReason, team },
    ...{ legalName: erasedText, contactName: erasedText, contactEmail: erasedText, owner: erasedText },
    ...(usersInScope === undefined ? {} : { usersInScope }),
    ...(serversInScope === undefined ? {} : { serversInScope }),
    ...(earliestDate === undefined ? {} : { earliestDate }),
    ...(latestDate === undefined ? {} : { latestDate }),
    ...(parentSiren === undefined ? {} : { parentSiren }),
  };
}

/** The hash of the remaining data in the proof of an erasure: it can be computed again. */
export function erasureDigest(reference: string, doneAt: string, intake: IntakeRecord): string {
  return digestOf(canonical({ reference, doneAt, intake }));
}

/** The parts of an onboarding that may hold personal data and have items of their own. */
export interface Erasures {
  /** Kinds of items that are not erased yet; `REASON` for texts typed into the history. */
  remaining(reference: string): Promise<readonly string[]>;
  /** Deletes them; safe to repeat after an interruption. */
  clear(reference: string): Promise<void>;
  /** Deletes a personal link; nothing happens when it is gone. */
  deleteLink(token: string): Promise<void>;
}

function kindOf(item: Item): string | undefined {
  const sk = String(item['sk']);
  if (!kept.test(sk)) return sk.replace(/^NOW#/, '').replace(/#.*$/, '');
  return sk.startsWith('EVENT#') && item['why'] !== undefined ? 'REASON' : undefined;
}

function removal(item: Item): Write {
  const Key = { pk: item['pk'], sk: item['sk'] };
  if (kindOf(item) !== 'REASON') return { guards: 'unconditional', item: { Delete: { TableName: '', Key } } };
  return {
    guards: 'event',
    item: {
      Update: {
        TableName: '',
        Key,
        // An event without the digest of its text would break the chain.
        ConditionExpression: 'attribute_exists(whyDigest)',
        UpdateExpression: 'REMOVE why, whySalt',
      },
    },
  };
}

/** A repeat of the request is still answered, by whom no one can tell: the digest and the way to it are gone. */
function forgetBody({ pk, sk }: Key): Write {
  return {
    guards: 'unconditional',
    item: { Update: { TableName: '', Key: { pk, sk }, UpdateExpression: 'REMOVE body, ownerPk, ownerSk' } },
  };
}

export function createErasures(table: Table): Erasures {
  async function found(reference: string): Promise<readonly Item[]> {
    const items = await table.queryAll(keys.state(reference).pk, { consistent: true });
    return items.filter((item) => kindOf(item) !== undefined);
  }

  const requestsOf = (reference: string) =>
    table.queryWholeIndex('byOwner', indexKeys.request(reference, '').ownerPk);

  return {
    remaining: async (reference) => {
      const kinds = (await found(reference)).flatMap((item) => kindOf(item) ?? []);
      const requests = await requestsOf(reference);
      return [...new Set([...kinds, ...(requests.length === 0 ? [] : ['REQUEST_DIGEST'])])];
    },
    clear: async (reference) => {
      for (const key of await requestsOf(reference)) await table.write([forgetBody(key)]);
      const items = await found(reference);
      for (let from = 0; from < items.length; from += itemsAtOnce) {
        await table.write(items.slice(from, from + itemsAtOnce).map(removal));
      }
    },
    deleteLink: (token) => table.delete(keys.link(linkHash(token))),
  };
}
