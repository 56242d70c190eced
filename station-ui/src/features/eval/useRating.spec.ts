import { nextTick, shallowRef } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mounted } from '@/spec/mounted';
import { NOW, Refusal, bodyOf, keysOf, serve } from '@/spec/node';
import { useNode } from '@/stores/node';
import { useRating, type Invitation } from './useRating';

const PATH = '/evaluations';
const POST = `POST ${PATH}`;
const invited = (visit = 'a7'): Invitation => ({ visit, invitation: '0'.repeat(32), until_ms: NOW + 60_000 });
const saves = () => () => ({ visit: 'a7', editable_until_ms: useNode().nowMs + 5_000 });

let stop = (): void => {};
const invitation = shallowRef<Invitation | null>(null);
const rating = (): ReturnType<typeof useRating> => mounted(() => useRating(invitation)).result;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  stop = useNode().start();
  useNode().keepTime(NOW);
  invitation.value = invited();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});
const after = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a rating', () => {
  it('asks with nothing chosen, and saves the tap at once', async () => {
    const asked = serve({ [POST]: saves() });
    const rate = rating();
    expect(rate.step.value).toBe('asking');
    expect(rate.level.value).toBeNull();
    rate.choose(5);
    await after(0);
    expect(rate.step.value).toBe('saved');
    expect(bodyOf(asked, PATH)).toEqual({ visit: 'a7', invitation: '0'.repeat(32), level: 5, reasons: [] });
    expect(rate.asksReasons.value).toBe(false);
  });

  it('ends by itself, unrated, when nobody taps', async () => {
    const asked = serve({ [POST]: saves() });
    const rate = rating();
    await after(60_000);
    expect(rate.step.value).toBe('idle');
    expect(asked.map((one) => one.path)).not.toContain(PATH);
    invitation.value = { ...invited() }; // told again of the same visit
    await nextTick();
    expect(rate.step.value).toBe('idle');
    invitation.value = invited('b8');
    await nextTick();
    expect(rate.step.value).toBe('asking');
  });

  it('can be changed while the node lets it, with a key of its own, and not afterwards', async () => {
    const asked = serve({ [POST]: saves() });
    const rate = rating();
    rate.choose(5);
    await after(2_000);
    rate.choose(3);
    await after(0);
    const [first, second] = keysOf(asked, PATH);
    expect(first).not.toBe(second);
    expect(rate.level.value).toBe(3);
    await after(6_000);
    expect(rate.mayChoose.value).toBe(false);
    rate.choose(1);
    await after(0);
    expect(keysOf(asked, PATH)).toHaveLength(2);
    await after(12_000);
    expect(rate.step.value).toBe('idle');
  });

  it('takes reasons for a low level, once, also when it can no longer be changed', async () => {
    const asked = serve({ [POST]: saves() });
    const rate = rating();
    rate.choose(2);
    await after(0);
    expect(rate.asksReasons.value).toBe(true);
    rate.toggle('long_wait');
    rate.toggle('attitude');
    rate.toggle('long_wait');
    await after(20_000);
    expect(rate.step.value).toBe('saved');
    expect(rate.mayChange.value).toBe(false);
    rate.sendReasons();
    await after(0);
    expect(bodyOf(asked, PATH)).toMatchObject({ level: 2, reasons: ['attitude'] });
    expect(rate.asksReasons.value).toBe(false);
    await after(13_000);
    expect(rate.step.value).toBe('idle');
  });

  it('counts as declined when somebody does not want to', async () => {
    const asked = serve({ [POST]: saves() });
    const rate = rating();
    rate.choose(0);
    await after(0);
    expect(rate.step.value).toBe('declined');
    expect(bodyOf(asked, PATH)).toMatchObject({ level: 0 });
  });

  it('is tried for ten seconds under one key, and never claimed before it is saved', async () => {
    let works = false;
    const asked = serve({ [POST]: () => (works ? saves()() : new TypeError('gone')) });
    const rate = rating();
    rate.choose(4);
    await after(3_500);
    expect(rate.step.value).toBe('saving');
    expect(rate.late.value).toBe(true);
    works = true;
    await after(1_000);
    expect(rate.step.value).toBe('saved');
    expect(new Set(keysOf(asked, PATH)).size).toBe(1);
  });

  it('gives up with the slip as the other way', async () => {
    serve({ [POST]: new TypeError('gone') });
    const rate = rating();
    rate.choose(4);
    await after(12_000);
    expect(rate.step.value).toBe('failed');
    await after(12_000);
    expect(rate.step.value).toBe('idle');
  });

  it('says so when the visit has been rated before', async () => {
    serve({ [POST]: new Refusal(409, 'Conflict', 'visit') });
    const rate = rating();
    rate.choose(4);
    await after(0);
    expect(rate.step.value).toBe('already');
  });

  it('ends when the invitation was taken up elsewhere', async () => {
    const rate = rating();
    invitation.value = null;
    await nextTick();
    expect(rate.step.value).toBe('idle');
  });
});
