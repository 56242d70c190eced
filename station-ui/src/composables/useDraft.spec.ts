import { effectScope, reactive } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useDraft, type Draft } from './useDraft';

const HOUR_MS = 3_600_000;
afterEach(() => { vi.useRealTimers(); });

function page(start = { name: '', note: '' }): { form: typeof start; draft: Draft; leave: () => void } {
  const scope = effectScope();
  const form = reactive({ ...start });
  let draft: Draft | undefined;
  scope.run(() => { draft = useDraft('test', form, () => form.name === '' && form.note === ''); });
  return { form, draft: draft as Draft, leave: () => scope.stop() };
}
const tick = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
async function typed(name: string): Promise<void> {
  const first = page();
  await first.draft.ready;
  first.form.name = name;
  await tick();
  first.leave();
  await tick();
}

describe('a draft', () => {
  it('comes back when the page does', async () => {
    await typed('赵铁柱');
    const again = page();
    await again.draft.ready;
    expect(again.form.name).toBe('赵铁柱');
    expect(again.draft.restored.value).toBe(true);
    again.leave();
  });

  it('never overwrites what has been typed meanwhile', async () => {
    await typed('赵铁柱');
    const again = page({ name: '', note: '已在填写' });
    await again.draft.ready;
    expect(again.form).toEqual({ name: '', note: '已在填写' });
    again.leave();
  });

  it('is gone after a save', async () => {
    await typed('赵铁柱');
    const saved = page();
    await saved.draft.ready;
    Object.assign(saved.form, { name: '', note: '' });
    await saved.draft.clear();
    saved.leave();
    const again = page();
    await again.draft.ready;
    expect(again.form.name).toBe('');
    expect(again.draft.restored.value).toBe(false);
    again.leave();
  });

  it('lives 24 hours, not a moment longer', async () => {
    await typed('赵铁柱');
    const kept = JSON.parse(sessionStorage.getItem('yz-draft-test') ?? '{}') as { atMs: number };
    const at = async (ms: number): Promise<string> => {
      vi.spyOn(Date, 'now').mockReturnValue(kept.atMs + ms);
      const again = page();
      await again.draft.ready;
      const { name } = again.form;
      vi.restoreAllMocks();
      return name;
    };
    expect(await at(24 * HOUR_MS - 1)).toBe('赵铁柱');
    expect(await at(24 * HOUR_MS)).toBe('');
    expect(sessionStorage.getItem('yz-draft-test')).toBeNull();
  });
});
