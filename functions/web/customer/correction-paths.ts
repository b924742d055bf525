export const correctionPath = '/status/correction';
export const discardPath = '/status/correction/discard';
