import { mount } from '@vue/test-utils';
import { h } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import { settled } from '@/spec/node';
import YzBadge from './YzBadge.vue';
import YzBar from './YzBar.vue';
import YzCheck from './YzCheck.vue';
import YzChoice from './YzChoice.vue';
import YzDialog from './YzDialog.vue';
import YzDrawer from './YzDrawer.vue';
import YzEmpty from './YzEmpty.vue';
import YzText from './YzText.vue';

describe('a badge', () => {
  it('is shape and word, and its shape is not read out', () => {
    const badge = mount(YzBadge, { props: { icon: '○', text: '待上报', tone: 'wait', detail: '10:42 存于本机' } });
    expect(badge.text()).toBe('○ 待上报');
    expect(badge.find('[aria-hidden=true]').text()).toBe('○');
    expect(badge.attributes('title')).toBe('10:42 存于本机');
  });
});

describe('a bar', () => {
  it('of a fault is an alert, and of all else a state that can be closed', async () => {
    expect(mount(YzBar, { props: { tone: 'danger' }, slots: { default: '不能保存' } }).attributes('role')).toBe('alert');
    const bar = mount(YzBar, { props: { tone: 'wait', closable: true }, slots: { default: '未连通' } });
    expect(bar.attributes('role')).toBe('status');
    await bar.find('button').trigger('click');
    expect(bar.emitted('close')).toHaveLength(1);
  });
});

describe('a choice of a few', () => {
  it('shows all of them under its name, and gives the one that is taken', async () => {
    const choice = mount(YzChoice, { props: { label: '凭证', name: 'slip', modelValue: '80mm', options: [{ value: '80mm', text: '80mm' }, { value: 'none', text: '不打印' }] } });
    const group = choice.find('[role=radiogroup]');
    expect(choice.find(`[id="${group.attributes('aria-labelledby')}"]`).text()).toBe('凭证');
    expect(choice.findAll('label').map((each) => each.text())).toEqual(['80mm', '不打印']);
    expect(choice.findAll('input').map((each) => (each.element as HTMLInputElement).checked)).toEqual([true, false]);
    await choice.findAll('input')[1]?.setValue(true);
    expect(choice.emitted('update:modelValue')).toEqual([['none']]);
  });
});

describe('a box to tick and a text of lines', () => {
  it('give what was entered, and no more than fits', async () => {
    const box = mount(YzCheck, { props: { modelValue: false, label: '无手机' } });
    await box.find('input').setValue(true);
    expect(box.emitted('update:modelValue')).toEqual([[true]]);
    const text = mount(YzText, { props: { modelValue: '', maxlength: 500 }, attrs: { name: 'wish' }, attachTo: document.body });
    await text.setValue('两行\n字');
    expect(text.emitted('update:modelValue')).toEqual([['两行\n字']]);
    expect([text.attributes('name'), text.attributes('maxlength'), text.attributes('autocomplete')]).toEqual(['wish', '500', 'off']);
    (text.vm as unknown as { focus: () => void }).focus();
    expect(document.activeElement).toBe(text.element);
  });
});

describe('nothing to show', () => {
  it('says why, and offers the next act', () => {
    expect(mount(YzEmpty, { props: { text: '没有符合条件的记录。' }, slots: { default: () => h('button', '清除筛选') } }).text()).toBe('没有符合条件的记录。清除筛选');
  });
});

describe('a dialog and a drawer', () => {
  it.each([['dialog', YzDialog, '.el-dialog'], ['drawer', YzDrawer, '.el-drawer']] as const)('(%s) has a title and a foot of its own, and closes by Esc', async (_name, part, name) => {
    const page = mount(part as typeof YzDialog, { props: { modelValue: true, title: '转到哪个窗口' }, slots: { default: '正文', footer: '页脚' }, attachTo: document.body, global: { stubs: { transition: false } } });
    await settled();
    const shown = document.querySelector(name);
    expect(shown?.textContent).toContain('转到哪个窗口');
    expect(shown?.textContent).toContain('页脚');
    document.dispatchEvent(new KeyboardEvent('keydown', { code: 'Escape', key: 'Escape', bubbles: true }));
    await vi.waitFor(() => expect(page.emitted('update:modelValue')).toEqual([[false]]));
  });
});
