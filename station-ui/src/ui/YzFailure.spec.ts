import { mount } from '@vue/test-utils';
import { h } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settled } from '@/spec/node';
import YzFailure from './YzFailure.vue';
import YzField from './YzField.vue';
import YzNotices from './YzNotices.vue';
import YzPrintBar from './YzPrintBar.vue';

const failure = { text: '没有保存（STO-01）', copy: 'STO-01 problem=StorageFull' };
const PLACES = {
  'on a page': () => mount(YzFailure, { props: { failure } }),
  'of a field': () => mount(YzField, { props: { label: '手机', error: failure }, slots: { default: () => h('input') } }),
  'of an act': () => mount(YzNotices, { props: { notices: [{ id: 1, failed: true, ...failure }] } }),
  'of a printer': () => mount(YzPrintBar, { props: { failure, pdf: null } }),
};
afterEach(() => vi.unstubAllGlobals());

describe('what failed', () => {
  it.each(Object.entries(PLACES))('%s is an alert, and its code can be copied', async (_, place) => {
    const written: string[] = [];
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: (text: string) => { written.push(text); return Promise.resolve(); } } });
    const page = place();
    expect(page.html()).toMatch(/role="alert"/);
    expect(page.text()).toContain('没有保存（STO-01）');
    expect(page.text()).not.toContain('错误代码已复制');
    await page.findAll('button').find((each) => each.text() === '复制错误代码')?.trigger('click');
    await settled();
    expect(written).toEqual([failure.copy]);
    expect(page.find('[role=status].yz-copied').text()).toBe('错误代码已复制');
  });

  it('without a code offers none, and while nothing failed nothing is there', () => {
    expect(mount(YzFailure, { props: { failure: { text: '请填写窗口号' } } }).find('button').exists()).toBe(false);
    expect(mount(YzFailure, { props: { failure: null } }).text()).toBe('');
  });

  it('by another failure is not copied yet', async () => {
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText: () => Promise.resolve() } });
    const page = mount(YzFailure, { props: { failure } });
    await page.find('button').trigger('click');
    await settled();
    expect(page.text()).toContain('错误代码已复制');
    await page.setProps({ failure: { text: '没有打印', copy: 'PRN-01' } });
    expect(page.text()).not.toContain('错误代码已复制');
  });
});
