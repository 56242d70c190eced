import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal, open, saysOfItself, serve, settled, written } from '@/spec/node';
import { useDevice } from '@/stores/device';
import PairingPage from './PairingPage.vue';

const device = { device: '5f0c6d2a9b1e4f77', kind: 'display', name: '大厅', window: null, paired: true, seen_at_ms: null };
const key = (name: string, more: KeyboardEventInit = {}): void => { dispatchEvent(new KeyboardEvent('keydown', { key: name, ...more })); };
beforeEach(() => saysOfItself());

describe('a device that is not paired', () => {
  it('is paired by the eight characters, typed or touched', async () => {
    const asked = serve({ 'POST /device/pair': device });
    const { page } = await open(PairingPage, { props: { kind: 'display' } });
    expect(page.find('h1').text()).toBe('大厅显示屏尚未配对');
    for (const sign of 'k7qm2xx') key(sign);
    key('Backspace');
    key('v');
    key('a', { ctrlKey: true });
    await settled();
    expect(page.findAll('.pairing-code li').map((each) => each.text()).join('')).toBe('K7QM2XV');
    expect(page.find('.is-next').element).toBe(page.findAll('.pairing-code li')[7]?.element);
    expect(written(asked)).toEqual([]);
    await page.findAll('.pairing-keys button').find((each) => each.text() === 'A')?.trigger('click');
    await settled();
    expect(written(asked)[0]?.body).toEqual({ code: 'K7QM2XVA' });
    expect(useDevice().device?.name).toBe('大厅');
  });

  it('that typed too often waits, and its keys with it', async () => {
    serve({ 'POST /device/pair': new Refusal(429, 'Throttled', 'code', '', '', 4) });
    const { page } = await open(PairingPage, { props: { kind: 'display' } });
    for (const sign of 'AAAAAAAA') key(sign);
    await settled();
    expect(page.find('[role=alert]').text()).toBe('试得太多了。 请等 4 秒再试。');
    expect(page.find('.pairing-keys button').attributes('disabled')).toBeDefined();
  });
});
