// Runs before each test file of the stack: its modules, read once for all of them, could register this for one only.
import { afterAll } from 'vitest';
import { removeAssemblies } from './synthesised.ts';

afterAll(removeAssemblies);
