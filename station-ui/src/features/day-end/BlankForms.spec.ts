import { describe, expect, it, vi } from 'vitest';
import type { Failure } from '@/composables/failure';
import { open } from '@/spec/node';
import BlankForms from './BlankForms.vue';

const lot = { first: '140311100-0305-0001-7', last: '140311100-0305-0020-4', given: 20, used: 2, spoiled: 1, left: 17 };
const drawn = async (spoil: (number: string, spoiled: boolean) => Promise<Failure | null>, forms = [lot]) => (await open(BlankForms, { props: { forms, busy: false, spoil } })).page;

describe('the blank hand-written forms', () => {
  it('are told lot by lot: what should be left, and where the others went', async () => {
    const page = await drawn(vi.fn());
    expect(page.find('li').text()).toBe(`${lot.first} 至 ${lot.last}应剩 17 张发出 20 · 已补录 2 · 作废 1`);
    expect((await drawn(vi.fn(), [])).text()).toBe('');
  });

  it('are thrown away by their number, which is asked for first', async () => {
    const spoil = vi.fn(() => Promise.resolve(null));
    const page = await drawn(spoil);
    await page.find('form').trigger('submit');
    expect([page.text().includes('请填写手写单编号。'), spoil.mock.calls.length]).toEqual([true, 0]);
    await page.find('input').setValue(` ${lot.last} `);
    await page.find('form').trigger('submit');
    expect(spoil.mock.calls).toEqual([[lot.last, true]]);
    expect([page.find('input').element.value, page.text().includes('请填写手写单编号。')]).toEqual(['', false]);
  });

  it('that were not thrown away after all come back, and a refusal keeps the number and says why', async () => {
    const spoil = vi.fn(() => Promise.resolve({ text: '这张手写单已经补录。' }));
    const page = await drawn(spoil);
    await page.find('input').setValue(lot.first);
    await page.findAll('button').find((each) => each.text().includes('取消作废'))?.trigger('click');
    await page.vm.$nextTick();
    expect(spoil.mock.calls).toEqual([[lot.first, false]]);
    expect([page.find('input').element.value, page.text().includes('这张手写单已经补录。')]).toEqual([lot.first, true]);
  });
});
