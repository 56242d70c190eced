import { effectScope, nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useBooking } from './useBooking';

const slot = (window: string, free: number) => ({ window, period: 'regular', capacity: 10, taken: 0, free, cutoff_ms: null, over: false });
const day = (date: string) => ({ date, kind: 'workday', name: '', known: true, weekday: 4, periods: [{ kind: 'regular', begin: '08:30', end: '12:00', booking_only: false, bookable: true, cutoff_ms: null, over: false }] });
const saved = { id: 'a', number: '140311100-0305-0017-4', life: 'confirmed' };
let scope = effectScope();
beforeEach(() => { saysOfItself(); scope = effectScope(); });
afterEach(() => scope.stop());

async function page(more: Record<string, unknown> = {}): Promise<{ booking: ReturnType<typeof useBooking>; asked: Asked[] }> {
  const asked = serve({ 'GET /items': { items: [] }, 'GET /calendar': { days: [day('2026-03-05'), day('2026-03-06')] }, 'GET /slots': { slots: [slot('09:00', 0), slot('09:30', 4), slot('10:00', 1)] }, 'POST /appointments': saved, ...more });
  const booking = scope.run(() => useBooking('booking')) as ReturnType<typeof useBooking>;
  await booking.start();
  await settled();
  return { booking, asked };
}
async function fill(booking: ReturnType<typeof useBooking>): Promise<void> {
  Object.assign(booking.form, { name: '张桂芳', number: '140399199003070013', phone: '13812345678', item: 'SB-0101' });
  await nextTick();
}

describe('a booking', () => {
  it('begins with the soonest place that is certain', async () => {
    const { booking } = await page();
    expect(booking.form).toMatchObject({ date: '2026-03-05', window: '09:30' });
    expect(booking.firm.value).toBe(true);
  });

  it('that was saved leaves an empty form with the next soonest place', async () => {
    const { booking, asked } = await page();
    await fill(booking);
    const told = vi.fn();
    expect(await booking.save(told)).toBeUndefined();
    expect(told.mock.calls).toEqual([[saved]]);
    expect(booking.form).toMatchObject({ name: '', number: '', window: '09:30' });
    expect(written(asked)).toHaveLength(1);
  });

  it('is told as soon as it is saved: the next place is read afterwards', async () => {
    const { booking } = await page();
    await fill(booking);
    const asked = serve({ 'POST /appointments': saved, 'GET /slots': () => new Promise(() => {}) });
    let readBefore = -1;
    void booking.save(() => { readBefore = asked.length - written(asked).length; });
    await vi.waitFor(() => expect(asked.map((one) => one.path)).toEqual(['/appointments', '/slots']));
    expect(readBefore).toBe(0);
    expect(booking.busy.value).toBe(true);
    expect(booking.form).toMatchObject({ name: '', date: '2026-03-05', window: '' });
  });

  it('of a window that filled meanwhile keeps what was typed and names the nearest certain one', async () => {
    const { booking } = await page();
    await fill(booking);
    serve({ 'GET /slots': { slots: [slot('09:30', 0), slot('10:00', 1)] }, 'POST /appointments': new Refusal(409, 'NoCapacity', 'window') });
    expect(await booking.save()).toBe('window');
    expect(booking.errors.value.window).toMatchObject({ text: '刚才另一窗口用掉了最后一个余号。已填内容保留，请另选时段。最近可约 10:00（余 1），按 Alt+1 选用（CAP-02）。', copy: expect.stringMatching(/^CAP-02 problem=NoCapacity /) as string });
    expect(booking.form.name).toBe('张桂芳');
    expect(booking.alternative.value?.slot.window).toBe('10:00');
  });

  it('of a window that is known to be full names the nearest certain one, and asks nobody', async () => {
    const { booking, asked } = await page({ 'GET /slots': { slots: [slot('09:30', 0), slot('10:00', 1)] } });
    await fill(booking);
    booking.form.window = '09:30';
    await settled();
    expect(await booking.save()).toBe('window');
    expect(booking.errors.value.window).toMatchObject({ text: '09:30 本站余号已用完。最近可约 10:00（余 1），按 Alt+1 选用（CAP-01）。', copy: expect.stringMatching(/^CAP-01 problem=NoCapacity /) as string });
    expect(written(asked)).toEqual([]);
  });

  it('after its time limit says until when, and offers the next day of the same hours', async () => {
    const limit = Date.UTC(2026, 2, 5, 2, 0); // 10:00, and it is 10:42
    const noon = { ...slot('12:00', 2), period: 'noon', cutoff_ms: limit, over: true };
    const { booking, asked } = await page({ 'GET /slots': (one: Asked) => ({ slots: one.query.get('date') === '2026-03-05' ? [noon, slot('15:00', 3)] : [slot('09:00', 9), { ...noon, window: '12:30', over: false }] }) });
    await fill(booking);
    booking.form.window = '12:00';
    await settled();
    expect(await booking.save()).toBe('window');
    expect(booking.errors.value.window).toMatchObject({ text: '今日午间预约已于 10:00 截止，可约明日午间 12:30，按 Alt+1 选用（OFF-01）。', copy: expect.stringMatching(/^OFF-01 problem=Expired /) });
    expect(booking.alternative.value).toMatchObject({ date: '2026-03-06', slot: { window: '12:30' } });
    expect(written(asked)).toEqual([]);
  });

  it('of the same item twice names the record that is in the way', async () => {
    const { booking } = await page({ 'POST /appointments': new Refusal(409, 'Conflict', 'duplicate/mfzg') });
    await fill(booking);
    await booking.save();
    expect(booking.duplicate.value).toEqual({ id: 'mfzg', text: '该居民已约同一事项。没有保存。' });
    booking.form.item = 'SB-0102';
    await nextTick();
    expect(booking.duplicate.value).toBeNull();
  });

  it('draws nothing anew for a key in a field that was right, and mends one that was wrong', async () => {
    const { booking } = await page();
    await fill(booking);
    const before = booking.errors.value;
    booking.form.name = '张桂芳芳';
    await nextTick();
    expect(booking.errors.value).toBe(before);
    booking.form.phone = '1381234567';
    expect(await booking.save()).toBe('phone');
    booking.form.phone = '13812345678';
    await nextTick();
    expect(booking.errors.value.phone).toBeUndefined();
  });

  it('is not sent while a field is wrong, nor while nothing can be saved', async () => {
    const { booking, asked } = await page();
    await fill(booking);
    booking.form.phone = '1381234567';
    expect(await booking.save()).toBe('phone');
    booking.form.phone = '13812345678';
    saysOfItself({ can_save: false });
    await booking.save();
    expect(written(asked)).toEqual([]);
  });
});
