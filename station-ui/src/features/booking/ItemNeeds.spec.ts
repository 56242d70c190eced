import { beforeEach, describe, expect, it } from 'vitest';
import { open, saysOfItself, serve, settled, type Page } from '@/spec/node';
import { useItems } from '@/stores/items';
import ItemNeeds from './ItemNeeds.vue';

const item = (code: string, more = {}) => ({ code, name: code, group: '社会保障', materials: ['身份证', '银行卡复印件'], upstream: false, ...more });
async function at(code: string): Promise<Page['page']> {
  serve({ 'GET /items': { items: [item('SB-0101'), item('SB-0103', { upstream: true }), item('XX-0001', { materials: [] })] } });
  await useItems().load();
  return (await open(ItemNeeds, { props: { item: code, modelValue: [] } })).page;
}
beforeEach(() => saysOfItself());

describe('what an item asks for', () => {
  it('is read out, and what is not there yet is marked by a press', async () => {
    const page = await at('SB-0101');
    expect(page.findAll('button').map((each) => each.text())).toEqual(['身份证', '银行卡复印件']);
    await page.findAll('button')[1]?.trigger('click');
    expect(page.emitted('update:modelValue')).toEqual([[['银行卡复印件']]]);
    await page.setProps({ modelValue: ['银行卡复印件'] });
    expect(page.find('[aria-pressed=true]').text()).toBe('银行卡复印件（待带）');
    await page.find('[aria-pressed=true]').trigger('click');
    expect(page.emitted('update:modelValue')?.[1]).toEqual([[]]);
  });

  it('is nothing before an item is chosen, nor of one without a list', async () => {
    expect((await at('')).find('button').exists()).toBe(false);
    expect((await at('XX-0001')).find('button').exists()).toBe(false);
  });

  it('says that it ends in a system above, but only while that is out of reach', async () => {
    const page = await at('SB-0103');
    expect(page.text()).not.toContain('上级业务系统');
    saysOfItself({ connected: false });
    await settled();
    expect(page.find('.tone-warn').text()).toContain('该事项办结需上级业务系统。断网时可先收件登记，恢复后再办结。');
    await page.setProps({ item: 'SB-0101' });
    expect(page.find('.tone-warn').exists()).toBe(false);
  });
});
