// The queue of today as the node orders it, and this page's seat at a window.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { asProblem, call, listen, type Answer, type NodeEvent } from '@/api';

export type Queue = Answer<'queue'>;
export type Visit = Answer<'start_visit'>;
export type QueueRow = Queue['waiting'][number];
export type ServiceWindow = Answer<'windows'>['windows'][number];

const KEPT = 'yz-seat';
const TOLD_DIGITS = 8;
interface Kept { seat: string; number: number }

function kept(): Kept | null {
  const text = sessionStorage.getItem(KEPT);
  return text ? (JSON.parse(text) as Kept) : null;
}

export const useQueue = defineStore('queue', () => {
  const queue = ref<Queue | null>(null);
  const windows = ref<ServiceWindow[]>([]);
  const seat = ref<Kept | null>(kept());
  const notes = ref<Record<string, string>>({}); // typed about a person and not saved yet, by visit
  let asked = 0;
  let shown = 0; // the newest question whose answer is shown
  let told = 0; // how often the node said that something came further
  let seen = 0; // how often it had when what is shown was asked for
  const lost = ref(false); // somebody else sits at our window now
  const number = computed(() => seat.value?.number ?? null);
  // What our window serves; empty: everything, or not known here.
  const groups = computed(() => windows.value.find((each) => each.number === number.value)?.groups ?? []);
  const current = computed(() => queue.value?.current ?? null);
  const next = computed(() => queue.value?.waiting.find((row) => row.id === queue.value?.next));

  function keep(value: Kept | null): void {
    seat.value = value;
    if (value) sessionStorage.setItem(KEPT, JSON.stringify(value));
    else sessionStorage.removeItem(KEPT);
  }

  async function loadWindows(): Promise<void> {
    windows.value = (await call('windows', { background: true })).windows;
  }

  // Answers come back in any order: one that was asked for before an act must not hide what the act did. Once
  // this is over, what is shown is no older than its own question.
  async function load(): Promise<void> {
    const mine = ++asked;
    const before = told;
    const query = number.value === null ? {} : { window: number.value };
    const found = await call('queue', { query, background: true });
    if (mine < shown) return;
    shown = mine;
    queue.value = found;
    seen = before;
    followOn();
  }

  // A receipt changes no queue: only how far the person at the window has come. One that was told of while an older
  // answer was on its way is asked for once more.
  const isOnItsWay = (): boolean => current.value !== null && current.value.rung !== 'received';
  function followOn(): void {
    if (told !== seen && isOnItsWay()) void load().catch(() => {});
  }

  // What an act answered: who is at our window is known at once, before the others are read again. What was
  // asked for before it is older.
  function take(visit: Visit): void {
    asked += 1;
    if (!queue.value) return;
    shown = ++asked;
    const isHere = visit.window === number.value && (visit.state === 'called' || visit.state === 'in_service');
    if (isHere || current.value?.id === visit.id) queue.value = { ...queue.value, current: isHere ? visit : null };
    followOn();
  }

  async function open(wanted: number, takeOver = false): Promise<void> {
    const opened = await call('open_window', { path: { number: wanted }, body: { take_over: takeOver } });
    keep({ seat: opened.seat, number: wanted });
    lost.value = false;
    await load();
  }

  function leave(): void {
    keep(null);
    lost.value = false;
    shown = ++asked;
    queue.value = null;
  }

  async function close(): Promise<void> {
    if (seat.value && !lost.value) await call('close_window', { path: { number: seat.value.number }, body: { seat: seat.value.seat } });
    leave();
    await loadWindows();
  }

  // A refusal that means: this page no longer sits at the window.
  function noteRefusal(error: unknown): void {
    if (asProblem(error).field === 'seat') lost.value = true;
  }

  function hear(event: NodeEvent): void {
    if (event.name === 'window') {
      // The node tells the first digits of the seat that holds a window now; ours no longer being it, we stop.
      // A stream that was broken tells again who held it before us, and then that we do.
      const told = event.data as { window?: number; seat?: string | null } | null;
      if (seat.value && told?.window === seat.value.number) {
        if (told.seat) lost.value = told.seat !== seat.value.seat.slice(0, TOLD_DIGITS);
        else leave(); // nobody holds it: the day was closed
      }
      void loadWindows().catch(() => {});
    }
    if (event.name === 'status') told += 1;
    const cameFurther = event.name === 'status' && isOnItsWay();
    if (seat.value && (cameFurther || ['queue', 'window', 'reset', 'open'].includes(event.name))) void load().catch(() => {});
  }

  const start = (): (() => void) => listen(hear);
  return { queue, windows, seat, lost, notes, number, current, groups, next, loadWindows, load, take, open, close, leave, noteRefusal, hear, start };
});
