// 交班: who was here goes, the window and its queue stay for the next. What is handed over stands at the sign-in.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { t } from '@/i18n';
import { useNode } from './node';
import { useQueue } from './queue';
import { useSession } from './session';

const KEPT = 'yz-hand-over';
// null: could not be read. It is never said to be 0.
export interface Handed { from: string; window: number | null; waiting: number | null; held: number | null; pending: number | null }

function kept(): Handed | null {
  const text = sessionStorage.getItem(KEPT);
  return text ? (JSON.parse(text) as Handed) : null;
}
const shown = (count: number | null): string => (count === null ? '?' : String(count));

export const useHandOver = defineStore('handOver', () => {
  const session = useSession();
  const queue = useQueue();
  const node = useNode();
  const handed = ref<Handed | null>(kept());
  const now = computed<Handed>(() => ({
    from: session.who?.display_name ?? '', window: queue.lost ? null : queue.number,
    waiting: queue.queue?.counts.waiting ?? null, held: queue.queue?.counts.held ?? null, pending: node.chip?.pending ?? null,
  }));
  const line = (of: Handed): string => t('hand_over.line', { waiting: shown(of.waiting), held: shown(of.held), pending: shown(of.pending) });

  function keep(value: Handed | null): void {
    handed.value = value;
    if (value) sessionStorage.setItem(KEPT, JSON.stringify(value));
    else sessionStorage.removeItem(KEPT);
  }

  // Signs out here; what was typed and the window stay on this page.
  async function give(): Promise<void> {
    const leaving = now.value;
    await session.signOut();
    keep(leaving);
  }

  // After the next has signed in: the window is theirs, with whoever stands at it.
  async function take(): Promise<void> {
    const taken = handed.value;
    keep(null);
    if (taken?.window !== null && taken?.window !== undefined) await queue.open(taken.window, true);
  }

  return { handed, now, line, give, take };
});
