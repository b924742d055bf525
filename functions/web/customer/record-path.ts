/** Where the record of a submission is; that of the last one without a number. */
export const recordPath = '/status/record';
