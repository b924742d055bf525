/** The beginning of the names of all cookies about ProConnect. */
export const proConnectCookie = 'proconnect-';
/** What is to come back with the browser. */
export const attemptCookie = `${proConnectCookie}attempt`;
/** Which organisation was presented. */
export const presentedCookie = `${proConnectCookie}presented`;
/** Holds what ProConnect wants to see at the sign-out there: an ID token, which names no one and opens nothing. */
export const signOutCookie = `${proConnectCookie}sign-out`;
/** As long as a session at ProConnect. */
export const signOutSeconds = 12 * 3_600;
