import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settled } from '@/spec/node';
import YzCopyButton from './YzCopyButton.vue';

const clipboard = (writeText: (text: string) => Promise<void>): void => void vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
const pressed = async (): Promise<ReturnType<typeof mount>> => {
  const button = mount(YzCopyButton, { props: { title: '诊断信息', read: () => Promise.resolve('node=a') }, slots: { default: () => '复制' }, attachTo: document.body });
  await button.find('button').trigger('click');
  await settled();
  return button;
};
afterEach(() => vi.unstubAllGlobals());

describe('a button that copies', () => {
  it('copies, and says that it did', async () => {
    const written: string[] = [];
    clipboard((text) => { written.push(text); return Promise.resolve(); });
    const button = await pressed();
    expect(written).toEqual(['node=a']);
    expect(button.emitted('copied')).toHaveLength(1);
    expect(document.querySelector('textarea')).toBeNull();
  });

  it('shows the text, chosen, where the browser does not let the page copy, and claims nothing', async () => {
    clipboard(() => Promise.reject(new DOMException('no', 'NotAllowedError')));
    const button = await pressed();
    expect(button.emitted('copied')).toBeUndefined();
    const box = document.querySelector('textarea');
    expect(box?.value).toBe('node=a');
    expect([box?.selectionStart, box?.selectionEnd]).toEqual([0, 6]);
    expect(document.body.textContent).toContain('请按 Ctrl+C');
  });
});
