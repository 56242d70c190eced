// Nobody has touched this page for as long as the policy lets: the screen locks, and the node is told. Who types
// without asking the node for anything is not idle, and the node is told that, too.
// Times count from the start of the page: a step of the machine's clock neither locks nor keeps open.
import { onScopeDispose, watch } from 'vue';
import { call } from '@/api';
import { useSession } from '@/stores/session';

const USUAL_MIN = 5; // until the policy is known
const TELL_MS = 60_000;
const LOOK_MS = 1_000;
const TOUCHES = ['keydown', 'pointerdown', 'wheel'];

export function useIdleLock(): void {
  const session = useSession();
  let idleMs = USUAL_MIN * 60_000;
  let touchedMs = performance.now();
  let toldMs = touchedMs;

  async function learn(): Promise<void> {
    const policy = await call('policy', { background: true });
    const minutes = Number(policy.values.find((each) => each.key === 'station.idle_lock_min')?.value);
    if (minutes > 0) idleMs = minutes * 60_000;
  }

  function touch(): void {
    touchedMs = performance.now();
    if (!session.open || touchedMs - toldMs < TELL_MS) return;
    toldMs = touchedMs;
    void call('who_am_i').catch(() => {});
  }
  function look(): void {
    if (session.open && performance.now() - touchedMs >= idleMs) void session.lock();
  }

  watch(() => session.open, (open) => {
    if (!open) return;
    touchedMs = toldMs = performance.now();
    void learn().catch(() => {});
  }, { immediate: true });
  for (const name of TOUCHES) window.addEventListener(name, touch, true);
  const timer = setInterval(look, LOOK_MS);
  onScopeDispose(() => {
    for (const name of TOUCHES) window.removeEventListener(name, touch, true);
    clearInterval(timer);
  });
}
