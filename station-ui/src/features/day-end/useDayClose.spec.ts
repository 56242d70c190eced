import { beforeEach, describe, expect, it } from 'vitest';
import { mounted } from '@/spec/mounted';
import { NOW, Refusal, saysOfItself, serve, settled, written, type Asked } from '@/spec/node';
import { useDayClose } from './useDayClose';

const day = (more = {}) => ({ date: '2026-03-05', left: [], counts: { booked: 20, finished: 31 }, pending: 37, safe_to_power_off: true, closed_at_ms: null, ...more });
const slip = { slip: 'f'.repeat(32), pages: 1, copy: 1, printed: true, problem: null, numbers: [] };
beforeEach(() => saysOfItself());
async function at(answers: Record<string, unknown>): Promise<{ sheet: ReturnType<typeof useDayClose>; asked: Asked[] }> {
  const asked = serve({ 'POST /slips': slip, ...answers });
  const sheet = mounted(useDayClose).result;
  await settled();
  return { sheet, asked };
}

describe('the close of a day', () => {
  it('is sent once for two presses, and printed after it was saved', async () => {
    const { sheet, asked } = await at({ 'GET /day-close': day(), 'POST /day-close': day({ closed_at_ms: NOW }) });
    expect(sheet.counts.value).toEqual([{ name: 'booked', count: 20 }, { name: 'finished', count: 31 }]);
    const [first, second] = await Promise.all([sheet.close('carry_over'), sheet.close('carry_over')]);
    expect([first, second]).toEqual([true, false]);
    expect(written(asked).map((one) => one.path)).toEqual(['/day-close', '/slips']);
    expect(sheet.mayPowerOff.value).toBe(true);
  });

  it('that got no answer is sent again under the same key', async () => {
    const { sheet } = await at({ 'GET /day-close': day() });
    expect(await sheet.close('carry_over')).toBe(false);
    expect(sheet.refused.value?.text).toContain('NET-02');
    expect(sheet.isClosed.value).toBe(false);
    const again = serve({ 'POST /day-close': new Refusal(503, 'Busy') });
    await sheet.close('carry_over');
    await sheet.close('told_by_phone');
    const keys = written(again).map((one) => one.headers.get('Idempotency-Key'));
    expect(keys[0]).not.toBe(keys[1]);
  });

  it('keeps its key until the node has answered', async () => {
    const { sheet, asked } = await at({ 'GET /day-close': day() });
    await sheet.close('carry_over');
    await sheet.close('carry_over');
    const keys = written(asked).map((one) => one.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
  });

  it('is not sent while the day is not known, nor while the node cannot save', async () => {
    const unknown = await at({});
    expect(unknown.sheet.failure.value).not.toBeNull();
    expect(await unknown.sheet.close('carry_over')).toBe(false);
    expect(await unknown.sheet.print()).toBe(false);
    const { sheet, asked } = await at({ 'GET /day-close': day() });
    saysOfItself({ can_save: false });
    expect(await sheet.close('carry_over')).toBe(false);
    expect(written([...unknown.asked, ...asked])).toEqual([]);
  });

  it('says what is to be sent, that nothing is, or that nobody knows', async () => {
    const text = async (pending: number | null): Promise<string> => (await at({ 'GET /day-close': day({ pending }) })).sheet.pendingText.value;
    expect([await text(37), await text(0), await text(null)]).toEqual(['待上报 37 条', '没有待上报', '待上报数量读取失败，登记不受影响']);
  });
});
