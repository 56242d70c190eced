import { reactive } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import { open, saysOfItself, type Page } from '@/spec/node';
import { emptyForm } from './bookingForm';
import PersonFields from './PersonFields.vue';

const ID = '140399195001010019';
beforeEach(() => saysOfItself());
async function at(form = {}, more = {}): Promise<Page & { form: ReturnType<typeof emptyForm> }> {
  const model = reactive({ ...emptyForm(), ...form });
  return { ...(await open(PersonFields, { props: { modelValue: model, errors: {}, today: '2026-03-05', ...more } })), form: model };
}
const number = (page: Page['page']): HTMLInputElement => page.find('[name=number]').element as HTMLInputElement;

describe('who comes', () => {
  it('has a document number that is masked as soon as one leaves it', async () => {
    const { page } = await at({ number: ID });
    expect(number(page).value).toBe('1403**********0019');
    await page.find('[name=number]').trigger('focus');
    expect(number(page).value).toBe(ID);
    await page.find('[name=number]').trigger('blur');
    expect(number(page).value).not.toContain(ID);
  });

  it('has a button beside a whole number that shows it', async () => {
    const { page } = await at({ number: ID });
    const button = page.findAll('button').find((each) => each.text() === 'Alt+V显示');
    await button?.trigger('click');
    expect(number(page).value).toBe(ID);
    expect(button?.text()).toBe('Alt+V隐藏');
    expect((await at({ number: ID.slice(0, 6) })).page.text()).not.toContain('Alt+V');
  });

  it('has a phone that stands in groups while nobody types it', async () => {
    const { page, form } = await at({ phone: '13812345678' });
    const phone = page.find('[name=phone]');
    expect((phone.element as HTMLInputElement).value).toBe('138 1234 5678');
    await phone.trigger('focus');
    expect((phone.element as HTMLInputElement).value).toBe('13812345678');
    expect(form.phone).toBe('13812345678');
  });

  it('is told to be an elder by the number, not by a question', async () => {
    expect((await at({ number: ID })).page.text()).toContain('长者 76岁');
    expect((await at({ number: '140399199003070013' })).page.text()).not.toContain('长者');
  });

  it('goes on with Enter, but not with the Enter that takes a candidate', async () => {
    const { page } = await at();
    await page.find('[name=name]').trigger('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
    expect(page.emitted('next')).toBeUndefined();
    await page.find('[name=name]').trigger('keydown', { key: 'Enter', code: 'Enter' });
    expect(page.emitted('next')).toEqual([['name']]);
  });

  it('may have no phone', async () => {
    const { page, form } = await at();
    await page.find('input[type=checkbox]').setValue(true);
    expect(form.noPhone).toBe(true);
    expect(page.find('[name=phone]').attributes('disabled')).toBeDefined();
  });

  it('is told at each field what is wrong there', async () => {
    const { page } = await at({}, { errors: { name: '请按证件填写姓名。', phone: '手机号应为 11 位，现为 10 位；没有手机请勾选“无手机”。' } });
    expect(page.findAll('.yz-field-error').map((each) => each.text())).toEqual(['✕ 请按证件填写姓名。', '✕ 手机号应为 11 位，现为 10 位；没有手机请勾选“无手机”。']);
    expect(page.find('[name=name]').attributes('aria-invalid')).toBe('true');
    expect(page.find('[name=number]').attributes('aria-invalid')).toBeUndefined();
  });
});
