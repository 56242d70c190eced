import { effectScope, reactive } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { useDraft, type Draft } from './useDraft';

const SLOW_MS = 30;
const pause = (ms: number): Promise<void> => new Promise((done) => { setTimeout(done, ms); });
const held = new Map<string, unknown>();
vi.mock('idb', () => ({
  openDB: () => Promise.resolve({
    get: (store: string, key: string) => Promise.resolve(held.get(`${store}/${key}`)),
    put: (store: string, value: unknown, key: string) => Promise.resolve(held.set(`${store}/${key}`, value)),
    delete: (store: string, key: string) => Promise.resolve(held.delete(`${store}/${key}`)),
  }),
}));
beforeEach(() => {
  held.clear();
  vi.stubGlobal('indexedDB', {});
  // A machine that is busy: to encrypt takes longer than to delete.
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...all) => { await pause(SLOW_MS); return encrypt(...all); });
});

function page(): { form: { name: string }; draft: Draft; leave: () => void } {
  const scope = effectScope();
  const form = reactive({ name: '' });
  const draft = scope.run(() => useDraft('test', form, () => form.name === '')) as Draft;
  return { form, draft, leave: () => scope.stop() };
}

describe('drafts that are written slowly', () => {
  it('are kept encrypted, and come back', async () => {
    const first = page();
    await first.draft.ready;
    first.form.name = '赵铁柱';
    await pause(0);
    first.leave();
    const again = page();
    await again.draft.ready;
    expect(again.form.name).toBe('赵铁柱');
    expect(JSON.stringify([...held])).not.toContain('赵铁柱');
    again.leave();
  });

  it('never outlive the save that ended them', async () => {
    const first = page();
    await first.draft.ready;
    first.form.name = '赵铁柱';
    await pause(210); // it is being written: the save comes in between
    first.form.name = '';
    await first.draft.clear();
    first.leave();
    const again = page();
    await again.draft.ready;
    await pause(2 * SLOW_MS);
    expect(again.form.name).toBe('');
    expect(held.has('drafts/test')).toBe(false);
    again.leave();
  });
});
