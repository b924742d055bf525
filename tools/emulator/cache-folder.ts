import { resolve } from 'node:path';

/** Where everything of the emulator is kept; ignored by git. */
export const cacheFolder = resolve(import.meta.dirname, '../../.cache/emulator');
