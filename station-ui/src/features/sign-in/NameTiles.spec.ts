import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NameTiles from './NameTiles.vue';

it('a name tile is picked by its login, and shows none', async () => {
  const page = mount(NameTiles, { props: { names: [{ staff: 'wangmin', display_name: '王敏', role: 'clerk' }, { staff: 'lizhan', display_name: '李站', role: 'lead' }] } });
  expect(page.text()).toBe('王敏窗口人员李站站长');
  await page.findAll('button')[1]?.trigger('click');
  expect(page.emitted('pick')).toEqual([['lizhan']]);
});
