import { describe, expect, it } from 'vitest';
import { NOW, open, saysOfItself, serve, settled } from '@/spec/node';
import ClockDialog from './ClockDialog.vue';

const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) as HTMLInputElement;

describe('the dialog that asks for the time', () => {
  it('begins each time with the time that the node takes it for', async () => {
    saysOfItself();
    const { page } = await open(ClockDialog, { props: { modelValue: false } });
    for (const later of [0, 3_600_000]) {
      saysOfItself({ now_ms: NOW + later });
      await page.setProps({ modelValue: true });
      await settled();
      expect(field('day').value).toBe('2026-03-05');
      expect(field('time').value).toBe(later === 0 ? '10:42' : '11:42');
      await page.setProps({ modelValue: false });
      await settled();
    }
  });

  it('says so when the node does not answer, and stays', async () => {
    saysOfItself();
    const { page } = await open(ClockDialog, { props: { modelValue: false } });
    await page.setProps({ modelValue: true });
    await settled();
    serve({});
    document.querySelector('.clock-form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settled();
    expect(document.body.textContent).toContain('本机没有回应');
    expect(page.emitted('update:modelValue')).toBeUndefined();
  });
});
