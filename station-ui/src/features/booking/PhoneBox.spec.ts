import { describe, expect, it } from 'vitest';
import { open, type Page } from '@/spec/node';
import PhoneBox from './PhoneBox.vue';

const at = async (phone: string, more = {}): Promise<Page['page']> =>
  (await open(PhoneBox, { props: { field: { id: 'f' }, name: 'phone', modelValue: phone, ...more } })).page;
const shown = (page: Page['page']): string => (page.find('[name=phone]').element as HTMLInputElement).value;

describe('the box of a phone', () => {
  it('shows a mobile number in groups while nobody types it', async () => {
    const page = await at('13812345678');
    expect(shown(page)).toBe('138 1234 5678');
    await page.find('[name=phone]').trigger('focus');
    expect(shown(page)).toBe('13812345678');
    await page.find('[name=phone]').trigger('blur');
    expect(shown(page)).toBe('138 1234 5678');
    expect(shown(await at('0353-5151234'))).toBe('0353-5151234');
  });

  it('gives what was typed, tells of Enter, and may be closed', async () => {
    const page = await at('');
    await page.find('[name=phone]').setValue('13812345678');
    await page.find('[name=phone]').trigger('keydown', { key: 'Enter' });
    expect(page.emitted('update:modelValue')).toEqual([['13812345678']]);
    expect(page.emitted('enter')).toHaveLength(1);
    expect((await at('', { disabled: true })).find('[name=phone]').attributes('disabled')).toBeDefined();
  });
});
