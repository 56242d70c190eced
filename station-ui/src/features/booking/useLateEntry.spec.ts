import { effectScope, nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useLateEntry } from './useLateEntry';

const PAPER = '140311100-0305-0017-4';
const slots = [{ window: '09:30', period: 'regular', capacity: 10, taken: 1, free: 0, cutoff_ms: null, over: true }, { window: '11:00', period: 'regular', capacity: 10, taken: 1, free: 3, cutoff_ms: null, over: false }];
let scope = effectScope();
beforeEach(() => { saysOfItself(); scope = effectScope(); });
afterEach(() => scope.stop());

async function page(answers: Record<string, unknown> = {}): Promise<{ late: ReturnType<typeof useLateEntry>; asked: Asked[] }> {
  const asked = serve({ 'GET /items': { items: [] }, 'GET /slots': { date: '', slots }, 'POST /appointments': { number: PAPER }, ...answers });
  const late = scope.run(() => useLateEntry('late')) as ReturnType<typeof useLateEntry>;
  await late.start();
  await settled();
  return { late, asked };
}
async function fill(late: ReturnType<typeof useLateEntry>): Promise<void> {
  Object.assign(late.form, { paper: PAPER, time: '09:10', name: '张桂芳', number: '140399199003070013', phone: '13812345678', item: 'SB-0101', window: '09:30' });
  await nextTick();
}

describe('late entry', () => {
  it('begins with today, and offers also the windows that are past by now', async () => {
    const { late } = await page();
    expect([late.form.day, late.form.date]).toEqual(['2026-03-05', '2026-03-05']);
    expect(late.slots.value.map((slot) => slot.window)).toEqual(['09:30', '11:00']);
  });

  it('sends the time of the form, not that of the entry, and is ready for the next form of the day', async () => {
    const { late, asked } = await page();
    await fill(late);
    late.form.day = '2026-03-04';
    await nextTick();
    const told = vi.fn();
    expect(await late.save(told)).toBeUndefined();
    expect(told).toHaveBeenCalledWith({ paper: PAPER, atMs: Date.UTC(2026, 2, 4, 1, 10), ticket: '' });
    expect(written(asked)[0]?.body).toMatchObject({ occurred_at_ms: Date.UTC(2026, 2, 4, 1, 10), paper_number: PAPER, window: '09:30', date: '2026-03-05' });
    expect(late.form).toMatchObject({ paper: '', name: '', time: '', day: '2026-03-04', date: '2026-03-05' });
    expect(late.entered.value).toHaveLength(1);
  });

  it('enters a visit that was served by hand as served', async () => {
    const { late, asked } = await page({ 'POST /visits': { visit: { ticket: 'A007' } } });
    Object.assign(late.form, { what: 'walk_in', outcome: 'consulted', paper: PAPER, time: '09:10', item: 'SB-0101' });
    expect(await late.save()).toBeUndefined();
    expect(late.entered.value).toMatchObject([{ paper: PAPER, ticket: 'A007' }]);
    expect(written(asked)[0]?.body).toEqual({ item: 'SB-0101', outcome: 'consulted', paper_number: PAPER, occurred_at_ms: Date.UTC(2026, 2, 5, 1, 10) });
  });

  it('asks nothing of the node while a field is wrong, and names the first', async () => {
    const { late, asked } = await page();
    await fill(late);
    late.form.paper = '140311100-0305-0018-4';
    late.form.name = '';
    expect(await late.save()).toBe('paper');
    expect(written(asked)).toEqual([]);
    expect(late.form.phone).toBe('13812345678');
  });

  it('tells of a form that was entered before, beside its number, and keeps everything', async () => {
    const { late } = await page({ 'POST /appointments': new Refusal(409, 'Conflict', 'paper_number', '没有保存。请按编号查找原记录。', '该手写单已经补录过') });
    await fill(late);
    expect(await late.save()).toBe('paper');
    expect(late.errors.value.paper).toHaveProperty('text', '该手写单已经补录过。没有保存。请按编号查找原记录。（Conflict）');
    expect(late.form.name).toBe('张桂芳');
    late.form.paper = '';
    await nextTick();
    expect(late.errors.value.paper).toBeUndefined();
  });

  it('tells who may enter what lies further back, and what is in the way', async () => {
    const hint = '没有保存。发生时间不能晚于现在；太早的请站长补录。';
    const { late } = await page({ 'POST /appointments': new Refusal(400, 'LimitExceeded', 'occurred_at_ms', hint) });
    await fill(late);
    expect(await late.save()).toBe('when');
    expect(late.errors.value.when).toEqual({ text: hint });
    serve({ 'POST /appointments': new Refusal(409, 'Conflict', 'duplicate/mfzg') });
    await late.save();
    expect(late.duplicate.value).toBe('mfzg');
  });

  it('is one wish however often it is pressed without an answer', async () => {
    const { late } = await page({ 'POST /appointments': undefined });
    await fill(late);
    const asked = serve({});
    await late.save();
    await late.save();
    const keys = written(asked).map((one) => one.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    expect(late.failure.value?.text).toContain('不知道是否已保存');
  });
});
