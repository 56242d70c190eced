import { beforeEach, describe, expect, it } from 'vitest';
import { open, serve, settled, type Page } from '@/spec/node';
import { useItems } from '@/stores/items';
import { useQueue } from '@/stores/queue';
import ItemPicker from './ItemPicker.vue';

const ITEMS = [
  { code: 'HJ-0101', name: '出生登记', group: '户籍与人口' },
  { code: 'SB-0101', name: '养老保险参保登记', group: '社会保障' },
  { code: 'SB-0102', name: '养老保险待遇申领', group: '社会保障' },
];
async function at(field = {}): Promise<Page['page']> {
  serve({ 'GET /items': { items: ITEMS } });
  await useItems().load();
  return (await open(ItemPicker, { props: { modelValue: '', field } })).page;
}
const shown = (page: Page['page']): boolean => page.find('[role=combobox]').attributes('aria-expanded') === 'true';
const names = (page: Page['page']): string[] => page.findAll('[role=option] span:first-child').map((each) => each.text());
const press = (page: Page['page'], code: string): Promise<void> => page.find('.item-picker').trigger('keydown', { code });
beforeEach(() => { sessionStorage.clear(); });

describe('the choice of an item', () => {
  it('begins with what this window serves, as soon as one gets there', async () => {
    useQueue().seat = { seat: 'a'.repeat(32), number: 2 };
    useQueue().windows = [{ number: 2, name: '社保', groups: ['社会保障'], closed: false, held_by: null, held_since_ms: null, ticket: null, state: 'open' }];
    const page = await at();
    expect(shown(page)).toBe(false);
    await page.find('input').trigger('focus');
    expect(shown(page)).toBe(true);
    expect(names(page)).toEqual(['养老保险参保登记', '养老保险待遇申领', '出生登记']);
  });

  it('takes nothing with Enter before somebody typed or moved', async () => {
    const page = await at();
    await page.find('input').trigger('focus');
    await press(page, 'Enter');
    expect(page.emitted('update:modelValue')).toBeUndefined();
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    await press(page, 'Enter');
    expect(page.emitted('update:modelValue')).toEqual([['SB-0101']]);
    expect(page.emitted('next')).toHaveLength(1);
  });

  it('takes the best of what was typed', async () => {
    const page = await at();
    await page.find('input').setValue('待遇');
    await press(page, 'Enter');
    await settled();
    expect(page.emitted('update:modelValue')?.at(-1)).toEqual(['SB-0102']);
  });

  it('is the same again when what a scanner put there is taken out', async () => {
    const page = await at();
    await page.setProps({ modelValue: 'SB-0101' });
    await page.find('input').setValue('养老保险参保登记张桂芳');
    await page.find('input').setValue('养老保险参保登记');
    expect(page.emitted('update:modelValue')).toEqual([[''], ['SB-0101']]);
    expect(shown(page)).toBe(false);
  });

  it('does not cover the error of its field, nor what is chosen', async () => {
    const wrong = await at({ 'aria-invalid': true });
    await wrong.find('input').trigger('focus');
    expect(shown(wrong)).toBe(false);
    const chosen = await at();
    await chosen.setProps({ modelValue: 'SB-0101' });
    await chosen.find('input').trigger('focus');
    expect(shown(chosen)).toBe(false);
  });
});
