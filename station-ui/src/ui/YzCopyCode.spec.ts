import { mount } from '@vue/test-utils';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settled } from '@/spec/node';
import YzCopyCode from './YzCopyCode.vue';

const clipboard = (writeText: (text: string) => Promise<void>) =>
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
afterEach(() => vi.unstubAllGlobals());

describe('复制错误代码', () => {
  it('copies what it was given, and says so', async () => {
    const written: string[] = [];
    clipboard((text) => { written.push(text); return Promise.resolve(); });
    const button = mount(YzCopyCode, { props: { copy: 'STO-01 problem=StorageFull' } });
    expect(button.get('[role=status]').text()).toBe('');
    await button.get('button').trigger('click');
    await settled();
    expect(written).toEqual(['STO-01 problem=StorageFull']);
    expect(button.get('[role=status]').text()).toBe('错误代码已复制');
  });

  it('says nothing of another code that was not copied', async () => {
    clipboard(() => Promise.resolve());
    const button = mount(YzCopyCode, { props: { copy: 'STO-01' } });
    await button.get('button').trigger('click');
    await settled();
    await button.setProps({ copy: 'NET-02' });
    expect(button.get('[role=status]').text()).toBe('');
  });
});
