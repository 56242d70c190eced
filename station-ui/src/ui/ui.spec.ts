import { mount } from '@vue/test-utils';
import { h } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import { useKeys } from '@/composables/useKeys';
import { open, settled } from '@/spec/node';
import YzButton from './YzButton.vue';
import YzField from './YzField.vue';
import YzInput from './YzInput.vue';
import YzKeySheet from './YzKeySheet.vue';
import YzNotices from './YzNotices.vue';
import YzPrintBar from './YzPrintBar.vue';
import YzSelect from './YzSelect.vue';

describe('a field', () => {
  const field = (props: { label: string; error?: string; hint?: string; required?: boolean }) =>
    mount(YzField, { props, slots: { default: (slot: { field: Record<string, unknown> }) => h(YzInput, { modelValue: '', name: 'x', ...slot.field }) } });

  it('is tied to its label, and to its error while there is one', async () => {
    const wrong = field({ label: '手机', error: '手机号应为 11 位。', hint: '可以不填', required: true });
    await settled();
    const input = wrong.find('input');
    expect(wrong.find('label').attributes('for')).toBe(input.attributes('id'));
    expect(input.attributes('aria-invalid')).toBe('true');
    const told = (input.attributes('aria-describedby') ?? '').split(' ')[0];
    expect(wrong.find(`[id="${told}"]`).text()).toContain('手机号应为 11 位。');
    expect(wrong.find('[role=alert]').exists()).toBe(true);
    expect(wrong.text()).not.toContain('可以不填');
    expect(field({ label: '手机', hint: '可以不填' }).find('input').attributes('aria-invalid')).toBeUndefined();
  });
});

describe('a button', () => {
  it('prints its key on itself and tells it to a reader', async () => {
    const button = mount(YzButton, { props: { keys: 'F9' }, slots: { default: '保存' } });
    expect(button.text()).toBe('F9保存');
    expect(button.attributes('aria-keyshortcuts')).toBe('F9');
    await button.trigger('click');
    expect(button.emitted('press')).toHaveLength(1);
    await button.setProps({ busy: true });
    await button.trigger('click');
    expect(button.emitted('press')).toHaveLength(1);
  });
});

describe('the sheet of keys', () => {
  it('lists exactly those that work now, each once', async () => {
    const Page = {
      setup() {
        useKeys([{ code: 'F9', label: 'book.save_print', run: vi.fn() }, { code: 'F9', label: 'book.save_print', run: vi.fn() }, { code: 'KeyU', alt: true, label: 'undo.act', run: vi.fn() }]);
        return () => h(YzKeySheet, { modelValue: true });
      },
    };
    await open(Page);
    expect([...document.querySelectorAll('[data-testid=key-sheet] > div')].map((row) => row.textContent)).toEqual(['F9保存并打印', 'Alt+U撤销']);
  });
});

describe('notices', () => {
  it('of a save are polite, of a failure an alert that can be closed', async () => {
    const notices = mount(YzNotices, { props: { notices: [{ id: 1, text: '已存本机', failed: false }, { id: 2, text: '没有保存', failed: true }] } });
    expect(notices.find('[role=status]').text()).toContain('已存本机');
    expect(notices.find('[role=alert]').text()).toContain('没有保存');
    await notices.find('button').trigger('click');
    expect(notices.emitted('close')).toEqual([[2]]);
  });
});

describe('a slip that was not printed', () => {
  it('can be opened, and printed again unless it must not be made twice', () => {
    const bar = (props: { once?: boolean }) => mount(YzPrintBar, { props: { failure: { text: '没有打印', copy: 'PRN-01' }, pdf: '/api/v1/slips/1', ...props } }).text();
    expect(bar({})).toContain('补打');
    expect(bar({ once: true })).not.toContain('补打');
    expect(bar({ once: true })).toContain('打开凭证');
  });
});

describe('a choice', () => {
  it('is the browser’s own, with its attributes on itself', async () => {
    const select = mount(YzSelect, { props: { modelValue: 'a', options: [{ value: 'a', text: '甲' }, { value: 'b', text: '乙' }] }, attrs: { name: 'x', 'aria-label': '选' } });
    expect(select.element.tagName).toBe('SELECT');
    expect(select.attributes('aria-label')).toBe('选');
    await select.setValue('b');
    expect(select.emitted('update:modelValue')).toEqual([['b']]);
  });
});
