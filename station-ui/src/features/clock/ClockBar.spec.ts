import { describe, expect, it } from 'vitest';
import { NOW, bodyOf, open, Refusal, saysOfItself, serve, settled, type Page } from '@/spec/node';
import { useNode } from '@/stores/node';
import { useSession } from '@/stores/session';
import ClockBar from './ClockBar.vue';

const who = { csrf: 'c', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
const doubted = { clock_suspect: true, clock_asks: true, clock_off_ms: null } as const;
const SAID = Date.UTC(2026, 2, 9, 1, 5); // 9 March 2026, 09:05 there

async function shown(more: object = doubted): Promise<Page['page']> {
  serve({ 'GET /sign-in': who });
  await useSession().resume();
  saysOfItself(more);
  return (await open(ClockBar)).page;
}
const field = (name: string): HTMLInputElement => document.querySelector(`[name=${name}]`) as HTMLInputElement;
async function type(name: string, value: string): Promise<void> {
  field(name).value = value;
  field(name).dispatchEvent(new Event('input', { bubbles: true }));
  await settled();
}
async function submit(): Promise<void> {
  document.querySelector('.clock-form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await settled();
}

describe('the question what time it is', () => {
  it('is asked only while the node cannot know, and of nobody who is not signed in', async () => {
    expect((await shown({ clock_asks: false })).find('.clock-bar').exists()).toBe(false);
    expect((await shown()).find('.clock-bar').text()).toContain('本机时间可能不准（3月5日 10:42）');
    useSession().who = null;
    await settled();
    expect(document.querySelector('.clock-bar')).toBeNull();
  });

  it('takes a day and a time, shows the weekday, and lives by them', async () => {
    const page = await shown();
    await page.find('button').trigger('click');
    await settled();
    expect(field('day').value).toBe('2026-03-05');
    await type('day', '2026-03-09');
    await type('time', '09:05');
    expect(document.body.textContent).toContain('星期一');
    const asked = serve({ 'POST /clock': { ...useNode().status, now_ms: SAID, clock_asks: false } });
    await submit();
    expect(bodyOf(asked, '/clock')).toEqual({ time_ms: SAID });
    expect(useNode().nowMs).toBe(SAID);
    expect(page.find('.clock-bar').exists()).toBe(false);
  });

  it('says what is missing, and what cannot be, beside the field', async () => {
    const page = await shown();
    await page.find('button').trigger('click');
    await settled();
    await type('day', '');
    await submit();
    expect(document.body.textContent).toContain('请填日期和时间');
    await type('day', '1999-03-09');
    serve({ 'POST /clock': new Refusal(400, 'BadFormat', 'time_ms') });
    await submit();
    expect(document.body.textContent).toContain('这个时间不可能');
    expect(useNode().nowMs).toBeLessThan(NOW + 60_000);
  });
});
