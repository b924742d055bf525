/**
 * What a later release may store that this one does not know, by item: new stages, waits, states and codes, and
 * attributes in another form. Recorded in words of its own, since it does not exist yet.
 */
export const unknownToThisRelease = {
  'a new stage': { sk: 'NOW#STATE', set: { stage: 'MIGRATING_BACK' } },
  'a new outcome': { sk: 'NOW#STATE', set: { outcome: 'MERGED' } },
  'a new kind of review': { sk: 'NOW#STATE', set: { reviewKind: 'contract' } },
  'a new language': { sk: 'NOW#STATE', set: { language: 'de' } },
  'a status of the run': { sk: 'NOW#STATE', set: { runStatus: 'paused' } },
  'an instant in another form': { sk: 'NOW#STATE', set: { stageSince: 1_795_000_000 } },
  'no number of changes': { sk: 'NOW#STATE', set: { version: null } },
  'a new kind of wait': { sk: 'NOW#WAIT', set: { kind: 'signature' } },
} as const;

/** What a later release may add to items that this one knows. */
export const addedToKnownItems = {
  ...{ invoicing: { reference: 'C-1', from: '2026-11-20' }, people: ['x'], milestones: new Set(['a']) },
} as const;
