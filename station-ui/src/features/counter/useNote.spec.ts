import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal, saysOfItself, serve, settled, written } from '@/spec/node';
import { mounted } from '@/spec/mounted';
import { useNotices } from '@/stores/notices';
import { useQueue } from '@/stores/queue';
import { useNote } from './useNote';

const visit = { id: 'v', ticket: 'A013', state: 'in_service', note: null };
beforeEach(() => {
  saysOfItself();
  useQueue().queue = { next: null, waiting: [], current: { ...visit }, counts: {} } as never;
});

describe('the note about the person at the window', () => {
  it('is saved while one types, once, and stands there afterwards', async () => {
    vi.useFakeTimers();
    const asked = serve({ 'PATCH /visits/v': visit });
    const { result } = mounted(useNote);
    result.text.value = '行动';
    await vi.advanceTimersByTimeAsync(1_000);
    result.text.value = '行动不便';
    await vi.advanceTimersByTimeAsync(2_000);
    vi.useRealTimers();
    expect(written(asked).map((one) => one.body)).toEqual([{ note: '行动不便' }]);
    expect(result.text.value).toBe('行动不便');
    expect(await result.save()).toBe(true);
    expect(written(asked)).toHaveLength(1);
  });

  it('stays on the page when it was not saved, and says so', async () => {
    serve({ 'PATCH /visits/v': new Refusal(507, 'StorageFull') });
    const { result } = mounted(useNote);
    result.text.value = '子女陪同';
    expect(await result.save()).toBe(false);
    expect(useNotices().notices[0]?.failed).toBe(true);
    expect(result.text.value).toBe('子女陪同');
  });

  it('is not sent while the node cannot save, and is there again on the next page', async () => {
    saysOfItself({ can_save: false });
    const asked = serve({ 'PATCH /visits/v': visit });
    const { result, end } = mounted(useNote);
    result.text.value = '子女陪同';
    end();
    await settled();
    expect(written(asked)).toEqual([]);
    expect(mounted(useNote).result.text.value).toBe('子女陪同');
  });

  it('is saved when one goes to another page', async () => {
    const asked = serve({ 'PATCH /visits/v': visit });
    const { result, end } = mounted(useNote);
    result.text.value = '子女陪同';
    end();
    await settled();
    expect(written(asked)).toHaveLength(1);
  });
});
