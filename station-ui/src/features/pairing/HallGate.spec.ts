import { mount } from '@vue/test-utils';
import { describe, expect, it, vi } from 'vitest';
import { Refusal, serve } from '@/spec/node';
import HallGate from './HallGate.vue';

const device = (kind: string) => ({ device: '5f0c6d2a9b1e4f77', kind, name: '大厅', window: null, paired: true, seen_at_ms: null });
const gate = () => mount(HallGate, { props: { kind: 'display' }, slots: { default: '<p>the page</p>' } });

describe('a surface of the hall', () => {
  it('shows its page to a device of its kind', async () => {
    serve({ 'GET /device': device('display') });
    const page = gate();
    await vi.waitFor(() => expect(page.text()).toBe('the page'));
    page.unmount();
  });

  it('asks a stranger for the code', async () => {
    serve({ 'GET /device': new Refusal(401, 'Denied', 'yz_dev') });
    const page = gate();
    expect(page.text()).toBe('正在等本站主机回应…');
    await vi.waitFor(() => expect(page.get('h1').text()).toBe('大厅显示屏尚未配对'));
    expect(page.findAll('.pairing-keys button')).toHaveLength(35);
    page.unmount();
  });

  it('sends a device of another kind to where it belongs', async () => {
    const replace = vi.fn();
    vi.stubGlobal('location', { ...location, replace });
    serve({ 'GET /device': device('ticket') });
    const page = gate();
    await vi.waitFor(() => expect(replace).toHaveBeenCalledWith('/ticket'));
    expect(page.text()).not.toContain('the page');
    page.unmount();
    vi.unstubAllGlobals();
  });
});
