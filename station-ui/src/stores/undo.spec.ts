import { afterEach, describe, expect, it, vi } from 'vitest';
import { useNotices } from './notices';
import { useUndo } from './undo';

afterEach(() => { vi.useRealTimers(); });

describe('undo', () => {
  it('is offered for 10 s, once', async () => {
    vi.useFakeTimers();
    const takeBack = vi.fn(() => Promise.resolve());
    const undo = useUndo();
    undo.offer('A013', takeBack);
    expect(undo.secondsLeft).toBe(10);
    vi.advanceTimersByTime(9_500);
    expect(undo.offered).toBe(true);
    expect(await undo.act()).toBe(true);
    expect(await undo.act()).toBe(false);
    expect(takeBack).toHaveBeenCalledOnce();
    undo.offer('A014', takeBack);
    vi.advanceTimersByTime(10_250);
    expect(undo.offered).toBe(false);
    expect(await undo.act()).toBe(false);
  });

  it('asks the node to take back what was done to a record, then looks anew', async () => {
    const asked = vi.fn<typeof fetch>(() => Promise.resolve(new Response(JSON.stringify({ id: 'a', undone: 'call' }))));
    vi.stubGlobal('fetch', asked);
    const again = vi.fn(() => Promise.resolve());
    const undo = useUndo();
    undo.offerRecord('A013', 'a', again);
    await undo.act();
    expect(asked.mock.calls[0]?.[0]).toBe('/api/v1/undo');
    expect(asked.mock.calls[0]?.[1]?.body).toBe(JSON.stringify({ id: 'a' }));
    expect(useNotices().notices.map((notice) => notice.text)).toEqual(['已撤销']);
    expect(again).toHaveBeenCalledOnce();
  });

  it('says why the node takes nothing back', async () => {
    const body = { type: '', title: '已不能撤销', status: 409, code: 'Expired', detail: '', field: 'id', hint: '没有撤销。' };
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status: 409 }))));
    const undo = useUndo();
    undo.offerRecord('A013', 'a', () => Promise.resolve());
    await undo.act();
    expect(useNotices().notices[0]?.failed).toBe(true);
    expect(useNotices().notices[0]?.text).toContain('已不能撤销');
  });
});
