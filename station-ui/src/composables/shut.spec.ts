import { effectScope } from 'vue';
import { expect, it } from 'vitest';
import { isShut, shutWhile } from './shut';

it('is what the frame of the page says, and open once the frame is gone', () => {
  const scope = effectScope();
  let locked = true;
  scope.run(() => shutWhile(() => locked));
  expect(isShut()).toBe(true);
  locked = false;
  expect(isShut()).toBe(false);
  locked = true;
  scope.stop();
  expect(isShut()).toBe(false);
});
