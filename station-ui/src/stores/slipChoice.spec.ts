import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { useSlipChoice } from './slipChoice';

const begin = (): ReturnType<typeof useSlipChoice> => {
  setActivePinia(createPinia());
  return useSlipChoice();
};
beforeEach(() => localStorage.clear());

describe('the slip of a booking', () => {
  it('is one of 80 mm until somebody chooses', () => {
    expect(begin()).toMatchObject({ choice: '80mm', prints: true, paper: '80mm' });
  });
  it('is remembered at this counter', async () => {
    begin().choice = 'a5';
    await nextTick();
    expect(begin()).toMatchObject({ choice: 'a5', prints: true, paper: 'a5' });
  });
  it('may be none; who asks for one all the same gets it on the roll', async () => {
    begin().choice = 'none';
    await nextTick();
    expect(begin()).toMatchObject({ choice: 'none', prints: false, paper: '80mm' });
  });
  it('is never what nobody could have chosen', () => {
    localStorage.setItem('yz-slip', 'a4');
    expect(begin().choice).toBe('80mm');
  });
});
