/** Where the contact and its deputies ask for the whole file to be erased. */
export const erasurePath = '/status/erasure';
