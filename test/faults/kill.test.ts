import { expect, it } from 'vitest';
import { killAndRestart } from './kill-and-restart.ts';

const killsAStory = 5;
const points = Number(process.env['FAULT_POINTS'] ?? 50);
const stories = Array.from({ length: Math.ceil(points / killsAStory) }, (_, index) => index + 1);

it.each(stories)(
  'loses nothing in story %i, killed at five moments of its own',
  async (story) => {
    await expect(killAndRestart(story, killsAStory)).resolves.toBeUndefined();
  },
  300_000,
);
