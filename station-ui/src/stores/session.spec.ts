import { describe, expect, it, vi } from 'vitest';
import { call } from '@/api';
import { Refusal, serve, written } from '@/spec/node';
import { useSession } from './session';

const who = { csrf: 'token', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 28_800 };

describe('a session', () => {
  it('resumes who was signed in, and knows when nobody was', async () => {
    serve({ 'GET /sign-in': who });
    const session = useSession();
    await session.resume();
    expect(session.open).toBe(true);
    serve({ 'GET /sign-in': new Refusal(401, 'Denied', 'yz_sid') });
    await session.resume();
    expect(session.known).toBe(true);
    expect(session.who).toBeNull();
  });

  it('does not know anything while the node does not answer', async () => {
    serve({});
    const session = useSession();
    await session.resume();
    expect(session.known).toBe(false);
  });

  it('sends its token with each write, and none once it has ended', async () => {
    const asked = serve({ 'POST /sign-in': who, 'POST /sign-out': null });
    const session = useSession();
    await session.signIn('wangmin', '271828');
    await session.signOut();
    expect(session.who).toBeNull();
    await session.signIn('zhaolei', '271828');
    expect(written(asked).slice(1).map((one) => [one.path, one.headers.get('X-CSRF')])).toEqual([['/sign-out', 'token'], ['/sign-in', null]]);
  });

  it('is locked at the node too, and once: a reload does not open it', async () => {
    const asked = serve({ 'POST /sign-in': who, 'POST /sign-in/lock': null });
    const session = useSession();
    await session.lock();
    await session.signIn('wangmin', '271828');
    const locking = session.lock();
    expect(session.locked).toBe(true);
    await locking;
    await session.lock();
    expect(written(asked).map((one) => one.path)).toEqual(['/sign-in', '/sign-in/lock']);
    expect(vi.mocked(fetch).mock.calls.map(([, init]) => init?.keepalive)).toEqual([false, true]); // nor one that comes before its answer
  });

  it('is locked by a refusal, keeps who it was, and ends when the sign-in is gone', async () => {
    serve({ 'POST /sign-in': who, 'GET /items': new Refusal(403, 'Denied', 'lock') });
    const session = useSession();
    await session.signIn('wangmin', '271828');
    await call('items').catch(() => {});
    expect(session.locked).toBe(true);
    expect(session.who?.display_name).toBe('王敏');
    serve({ 'GET /items': new Refusal(401, 'Denied', 'yz_sid') });
    await call('items').catch(() => {});
    expect(session.who).toBeNull();
  });
});
