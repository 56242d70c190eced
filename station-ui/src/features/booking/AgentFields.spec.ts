import { reactive } from 'vue';
import { describe, expect, it } from 'vitest';
import { open, type Page } from '@/spec/node';
import AgentFields from './AgentFields.vue';
import { emptyAgent } from './bookingForm';

const ID = '140399195001010019';
async function at(agent = {}, more = {}): Promise<Page & { agent: ReturnType<typeof emptyAgent> }> {
  const model = reactive({ ...emptyAgent(), ...agent });
  return { ...(await open(AgentFields, { props: { modelValue: model, errors: {}, hidden: true, ...more } })), agent: model };
}
const valueOf = (page: Page['page'], name: string): string => (page.find(`[name=${name}]`).element as HTMLInputElement).value;

describe('who acts for the resident', () => {
  it('has a name, a document or a phone, and a ground that may end', async () => {
    const { page, agent } = await at();
    await page.find('[name=agent-name]').setValue('李明');
    await page.find('[name=agent-number]').setValue(ID);
    await page.find('[name=agent-phone]').setValue('13900005679');
    await page.find('[name=agent-until]').setValue('2026-03-31');
    expect(agent).toEqual({ name: '李明', kind: 'resident_id', number: ID, phone: '13900005679', basis: 'power_of_attorney', until: '2026-03-31' });
    await page.find('[name=agent-basis]').setValue('legal_guardian');
    expect(agent.basis).toBe('legal_guardian');
    expect(page.find('[name=agent-until]').exists()).toBe(false);
  });

  it('is masked and grouped as the resident is', async () => {
    const { page } = await at({ number: ID, phone: '13900005679' });
    expect(valueOf(page, 'agent-number')).toBe('1403**********0019');
    expect(valueOf(page, 'agent-phone')).toBe('139 0000 5679');
    await page.setProps({ hidden: false });
    expect(valueOf(page, 'agent-number')).toBe(ID);
  });

  it('goes on with Enter, but not with the Enter that takes a candidate', async () => {
    const { page } = await at();
    await page.find('[name=agent-name]').trigger('keydown', { key: 'Enter', code: 'Enter', isComposing: true });
    for (const name of ['name', 'number', 'phone', 'until']) await page.find(`[name=agent-${name}]`).trigger('keydown', { key: 'Enter', code: 'Enter' });
    expect(page.emitted('next')).toEqual([['agent.name'], ['agent.number'], ['agent.phone'], ['agent.until']]);
  });

  it('is told at each field what is wrong there', async () => {
    const { page } = await at({}, { errors: { 'agent.until': '请按委托书填写有效期至哪一天。' } });
    expect(page.find('.yz-field-error').text()).toContain('请按委托书填写有效期至哪一天。');
    expect(page.find('[name=agent-until]').attributes('aria-invalid')).toBe('true');
    expect(page.find('[name=agent-name]').attributes('aria-invalid')).toBeUndefined();
  });
});
