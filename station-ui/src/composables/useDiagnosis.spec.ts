import { beforeEach, describe, expect, it } from 'vitest';
import { NOW, Refusal, saysOfItself, serve } from '@/spec/node';
import { useSession } from '@/stores/session';
import { useDiagnosis } from './useDiagnosis';

const sync = {
  counts: { saved: 128, carried: 120, received: 91, pending: 8 }, to_city: 37, oldest_pending_ms: NOW, by_kind: [], routes: [],
  log: [{ at_ms: NOW, peer: '5f0c6d2a', event: 'sent', changes: 12, bytes: 0, detail: '张桂芳' }],
};
const health = { checked_at_ms: NOW, verified_at_ms: null, checks: [{ id: 'ST-02', verdict: 'warn', value: 7, note: '13812345678' }] };
beforeEach(() => saysOfItself({ version: '0.1.0', policy_version: '2026.1' }));

describe('what is copied for who helps', () => {
  it('tells of the node, its sending and its checks', async () => {
    serve({ 'GET /sync': sync, 'GET /health': health });
    const text = await useDiagnosis()();
    for (const part of ['name=荫营镇便民服务中心', 'version=0.1.0 policy=2026.1', 'connected=true', 'saved=128 carried=120 received=91 pending=8', 'event=sent changes=12', 'id=ST-02 verdict=warn value=7', 'at=2026-03-05T02:42:30.000Z']) {
      expect(text).toContain(part);
    }
  });

  it('holds nobody’s name, no number and no secret, whatever else was answered', async () => {
    serve({ 'GET /sync': sync, 'GET /health': health });
    useSession().who = { csrf: 'secret-of-the-page', staff: 'wangmin', display_name: '王敏', role: 'clerk', locked: false, expires_in_s: 1 };
    const text = await useDiagnosis()();
    for (const word of ['张桂芳', '13812345678', '王敏', 'wangmin', 'secret-of-the-page']) expect(text).not.toContain(word);
  });

  it('says what could not be read, and tells the rest', async () => {
    serve({ 'GET /sync': new Refusal(503, 'Busy'), 'GET /health': health });
    const text = await useDiagnosis()();
    expect(text).toContain('sending read=failed');
    expect(text).toContain('id=ST-02');
  });

  it('never says 0 for what is not known', async () => {
    serve({ 'GET /sync': { ...sync, counts: null, to_city: null, oldest_pending_ms: null, log: [] }, 'GET /health': health });
    expect(await useDiagnosis()()).toContain('saved=? carried=? received=? pending=? to_city=? oldest=-');
  });
});
