/** Answers stay in the version they were given in; a change of ids or codes is a new version. */
export const questionnaireVersion = 2;
