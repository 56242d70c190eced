import { describe, expect, it, vi } from 'vitest';
import { Refusal, serve } from '@/spec/node';
import { call, fileOf, urlOf } from './call';

describe('a call', () => {
  it('puts nothing into an address but what belongs there, and escapes it', () => {
    expect(urlOf('appointment', { path: { id: 'a/../b' } })).toBe('/api/v1/appointments/a%2F..%2Fb');
    expect(urlOf('appointments', { query: { date: '2026-03-05', after: undefined, limit: 50 } })).toBe('/api/v1/appointments?date=2026-03-05&limit=50');
  });

  it('carries its key, the revision it saw and that nobody pressed for it', async () => {
    const asked = serve({ 'PATCH /appointments/abc': {}, 'GET /status': {} });
    await call('edit', { path: { id: 'abc' }, body: { note: null }, key: 'k1', match: '6f' });
    await call('status', { background: true });
    expect([asked[0]?.headers.get('Idempotency-Key'), asked[0]?.headers.get('If-Match')]).toEqual(['k1', '"6f"']);
    expect(asked[0]?.headers.get('X-Background')).toBeNull();
    expect(asked[1]?.headers.get('X-Background')).toBe('1');
  });

  it('that reads all the node holds is waited for, and no other', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    serve({ 'POST /health/verify': { ok: true }, 'GET /items': {} });
    await call('verify_now');
    await call('items');
    expect(timeout.mock.calls).toEqual([[600_000], [15_000]]);
  });

  it('for a file gives it under the name that the node gives it, and a refusal is one', async () => {
    const headers = { 'Content-Disposition': 'attachment; filename="yizhan-1.zip"' };
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('PK', { headers }))));
    const { name, bytes } = await fileOf('health_package');
    expect([name, bytes.byteLength]).toEqual(['yizhan-1.zip', 2]);
    serve({ 'GET /health/package': new Refusal(403, 'Denied') });
    await expect(fileOf('health_package')).rejects.toMatchObject({ status: 403, code: 'Denied' });
    serve({});
    await expect(fileOf('health_package')).rejects.toMatchObject({ status: 0, code: 'NoAnswer' });
  });

  it('ends in a problem whatever goes wrong: refused, no answer, or no JSON', async () => {
    serve({ 'GET /items': new Refusal(409, 'NoCapacity', 'window') });
    await expect(call('items')).rejects.toMatchObject({ status: 409, code: 'NoCapacity', field: 'window' });
    serve({});
    await expect(call('items')).rejects.toMatchObject({ status: 0, code: 'NoAnswer' });
    vi.stubGlobal('fetch', vi.fn(() => Promise.resolve(new Response('<html>', { status: 502 }))));
    await expect(call('items')).rejects.toMatchObject({ status: 0, code: 'NoAnswer' });
  });
});
