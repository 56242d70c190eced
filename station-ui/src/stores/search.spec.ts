import { describe, expect, it, vi } from 'vitest';
import { useSearch } from './search';

const reply = (total: number) => new Response(JSON.stringify({ rows: [], next: null, total }), { status: 200 });

describe('a search', () => {
  it('shows the answer to the newest question only', async () => {
    const waiting: ((response: Response) => void)[] = [];
    vi.stubGlobal('fetch', vi.fn(() => new Promise<Response>((done) => waiting.push(done))));
    const search = useSearch();
    search.text = '张';
    const first = search.find();
    search.text = '张桂';
    const second = search.find();
    waiting[1]?.(reply(1));
    await second;
    waiting[0]?.(reply(9));
    await first;
    expect(search.total).toBe(1);
  });

  it('asks nothing of the node for an empty text, and shows nothing', async () => {
    const search = useSearch();
    search.text = '  ';
    await search.find();
    expect(search.total).toBeNull();
    expect(fetch).not.toHaveBeenCalled();
  });
});
