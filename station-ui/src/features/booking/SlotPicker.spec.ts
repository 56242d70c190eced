import { beforeEach, describe, expect, it } from 'vitest';
import { open, saysOfItself, serve, settled } from '@/spec/node';
import { useItems } from '@/stores/items';
import { useSlots } from '@/stores/slots';
import ItemPicker from './ItemPicker.vue';
import SlotPicker from './SlotPicker.vue';

const slot = (window: string, free: number, more = {}) => ({ window, period: 'regular' as const, capacity: 10, taken: 0, free, cutoff_ms: null, over: false, ...more });
const day = (date: string, known = true) => ({ date, kind: 'workday' as const, name: '', known, weekday: 4, periods: [] });
beforeEach(() => {
  saysOfItself();
  const slots = useSlots();
  slots.days = [day('2026-03-05'), day('2026-03-06')] as never;
  slots.slotsOf = { '2026-03-05': [slot('08:30', 0), slot('09:00', 2), slot('12:10', 2, { period: 'noon', cutoff_ms: Date.UTC(2026, 2, 5, 3, 0) }), slot('09:30', 4)] } as never;
});
const at = (window = '09:00') => open(SlotPicker, { props: { date: '2026-03-05', window } });

describe('the places of a day', () => {
  it('say what is left, which is the soonest, and until when off hours are booked', async () => {
    const { page } = await at();
    expect(page.findAll('li').map((row) => row.text())).toEqual(['08:30余 0 已约满', '▶09:00余 2最近可约', '12:10余 2午间无休须于 3月5日 11:00 前约', '09:30余 4']);
  });

  it('are walked by keys, past those that are full, and Enter goes on', async () => {
    const { page } = await at();
    const list = page.find('[role=listbox]');
    await list.trigger('keydown', { code: 'ArrowUp' });
    expect(page.emitted('update:window')?.at(-1) ?? ['09:00']).toEqual(['09:00']);
    await list.trigger('keydown', { code: 'ArrowDown' });
    expect(page.emitted('update:window')?.at(-1)).toEqual(['12:10']);
    await list.trigger('keydown', { code: 'Enter' });
    expect(page.emitted('next')).toHaveLength(1);
    await page.findAll('li')[0]?.trigger('click');
    expect(page.emitted('update:window')?.at(-1)).toEqual(['12:10']); // a full one is not taken
  });

  it('go to another day with its first place that is certain', async () => {
    serve({ 'GET /slots': { slots: [slot('08:30', 0), slot('10:00', 1)] } });
    const { page } = await at();
    await page.find('[role=listbox]').trigger('keydown', { code: 'ArrowRight' });
    await page.setProps({ date: '2026-03-06' });
    await settled();
    expect(page.emitted('update:date')?.at(-1)).toEqual(['2026-03-06']);
    expect(useSlots().slotsOf['2026-03-06']?.[1]?.window).toBe('10:00');
  });

  it('of a day that is not announced are not offered', async () => {
    useSlots().days = [day('2027-01-04', false)] as never;
    const { page } = await open(SlotPicker, { props: { date: '2027-01-04', window: '' } });
    expect(page.text()).toContain('放假安排尚未公布，暂不能预约');
  });
});

describe('the item', () => {
  beforeEach(() => { useItems().items = [{ code: 'SB-0101', name: '城乡居民养老保险参保登记', group: '社会保障' }, { code: 'SB-0102', name: '社保卡申领', group: '社会保障' }] as never; });
  const picker = () => open(ItemPicker, { props: { modelValue: '', field: {} } });

  it('is found by two letters and taken by Enter, the second by one key more', async () => {
    const { page } = await picker();
    await page.find('input').setValue('sb');
    await page.find('.item-picker').trigger('keydown', { code: 'ArrowDown' });
    await page.find('.item-picker').trigger('keydown', { code: 'Enter' });
    expect(page.emitted('update:modelValue')?.at(-1)).toEqual(['SB-0102']);
    expect(page.emitted('next')).toHaveLength(1);
  });

  it('that was chosen gives way to what is typed over it, and goes with its form', async () => {
    const { page } = await picker();
    await page.setProps({ modelValue: 'SB-0101', 'onUpdate:modelValue': (modelValue: string) => page.setProps({ modelValue }) });
    expect(page.find('input').element.value).toBe('城乡居民养老保险参保登记');
    await page.find('input').setValue('sb');
    expect(page.find('input').element.value).toBe('sb');
    await page.find('.item-picker').trigger('keydown', { code: 'Enter' });
    await page.setProps({ modelValue: '' });
    expect(page.find('input').element.value).toBe('');
  });

  it('is not taken by the Enter of an input method', async () => {
    const { page } = await picker();
    await page.find('input').setValue('sb');
    await page.find('.item-picker').trigger('keydown', { code: 'Enter', isComposing: true });
    expect(page.emitted('update:modelValue')).toBeUndefined();
  });

  it('that is wanted before the items are here is taken when they come, unless one has gone on', async () => {
    const store = useItems();
    const { items } = store;
    store.items = [];
    const [waits, left] = [await picker(), await picker()].map(({ page }) => page);
    for (const page of [waits, left]) {
      await page?.find('input').setValue('sb');
      await page?.find('.item-picker').trigger('keydown', { code: 'Enter' });
      expect(page?.text()).not.toContain('本站不受理');
    }
    await left?.find('.item-picker').trigger('focusout');
    store.items = items;
    await settled();
    expect(waits?.emitted('update:modelValue')?.at(-1)).toEqual(['SB-0101']);
    expect(waits?.emitted('next')).toHaveLength(1);
    expect(left?.emitted('next')).toBeUndefined();
  });

  it('that is not served here is said to be so', async () => {
    const { page } = await picker();
    await page.find('input').setValue('不动产转移登记');
    expect(page.text()).toContain('本站不受理“不动产转移登记”');
  });
});
