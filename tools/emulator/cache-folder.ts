import { resolve } from 'node:path';

/** Folder for all files of the emulator; ignored by git. */
export const cacheFolder = resolve(import.meta.dirname, '../../.cache/emulator');
