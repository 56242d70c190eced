import { mount } from '@vue/test-utils';
import { defineComponent, h } from 'vue';
import { describe, expect, it } from 'vitest';
import { call } from '@/api';
import { tellEvent } from '@/spec/events';
import { Refusal, serve, settled } from '@/spec/node';
import { useFresh } from './useFresh';

const Page = defineComponent({
  setup() {
    const { value, failure } = useFresh(() => call('items', { background: true }), ['status']);
    return () => h('p', `${value.value?.items.length ?? 'none'} ${failure.value?.text ?? ''}`);
  },
});
const gathered = async (): Promise<void> => { await new Promise((done) => setTimeout(done, 350)); await settled(); };

describe('what a page reads', () => {
  it('is read at once, again when the node says so, and kept when it cannot be read', async () => {
    let asked = serve({ 'GET /items': { items: [1, 2] } });
    const page = mount(Page);
    await settled();
    expect(page.text()).toBe('2');
    asked = serve({ 'GET /items': { items: [1, 2, 3] } });
    for (let time = 0; time < 3; time += 1) tellEvent('status');
    tellEvent('queue');
    await gathered();
    expect(page.text()).toBe('3');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers.get('X-Background')).toBe('1');
    serve({ 'GET /items': new Refusal(503, 'Busy', '', '没有保存。稍等片刻再试。', '本机正忙') });
    tellEvent('status');
    await gathered();
    expect(page.text()).toBe('3 本机正忙。没有保存。稍等片刻再试。（Busy）');
  });

  it('is what was asked for last, in whatever order the answers come', async () => {
    const answers: ((value: unknown) => void)[] = [];
    serve({ 'GET /items': () => new Promise((answer) => { answers.push(answer); }) });
    const page = mount(Page);
    tellEvent('status');
    await gathered();
    answers[1]?.({ items: [1, 2] });
    answers[0]?.({ items: [1] });
    await settled();
    expect(page.text()).toBe('2');
  });

  it('is no longer read once the page is left', async () => {
    serve({ 'GET /items': { items: [] } });
    const page = mount(Page);
    await settled();
    page.unmount();
    const asked = serve({ 'GET /items': { items: [] } });
    tellEvent('status');
    await gathered();
    expect(asked).toEqual([]);
  });
});
