// One intention, one key: pressing again after no answer repeats the same wish, and is never saved twice.
import { newKey, type Problem } from '@/api';

export function useIntent() {
  let last = { wish: '', key: '' };

  function keyOf(wish: unknown): string {
    const text = JSON.stringify(wish);
    if (last.wish !== text) last = { wish: text, key: newKey() };
    return last.key;
  }
  const done = (): void => { last = { wish: '', key: '' }; };
  // Only an answer settles it: after none, the same wish keeps its key.
  const refused = (problem: Problem): void => { if (problem.status !== 0) done(); };
  return { keyOf, done, refused };
}
