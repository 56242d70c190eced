// A draft of a form: survives reload, lock and a power cut; gone after a save, or after 24 h.
// Encrypted in IndexedDB with a key that the browser made and does not give out. Without WebCrypto (a page
// that is not on this machine) it lives in sessionStorage, and does not survive the power cut.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { onScopeDispose, ref, watch, type Ref } from 'vue';

const LIFETIME_MS = 24 * 3_600_000;
const WRITE_DELAY_MS = 200;

interface Kept { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer; atMs: number }
interface DraftDb extends DBSchema {
  keys: { key: string; value: CryptoKey };
  drafts: { key: string; value: Kept };
}

const canEncrypt = (): boolean => typeof indexedDB !== 'undefined' && crypto.subtle !== undefined;

let opened: Promise<IDBPDatabase<DraftDb>> | null = null;
function database(): Promise<IDBPDatabase<DraftDb>> {
  opened ??= openDB<DraftDb>('yz-drafts', 1, {
    upgrade(db) {
      db.createObjectStore('keys');
      db.createObjectStore('drafts');
    },
  });
  return opened;
}

async function keyOf(db: IDBPDatabase<DraftDb>): Promise<CryptoKey> {
  const kept = await db.get('keys', 'draft');
  if (kept) return kept;
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await db.put('keys', made, 'draft');
  return made;
}

async function keep(name: string, value: unknown): Promise<void> {
  const text = JSON.stringify({ value, atMs: Date.now() });
  if (!canEncrypt()) return sessionStorage.setItem(`yz-draft-${name}`, text);
  const db = await database();
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await keyOf(db), new TextEncoder().encode(text));
  await db.put('drafts', { iv, data, atMs: Date.now() }, name);
}

async function read(name: string): Promise<unknown> {
  let text = sessionStorage.getItem(`yz-draft-${name}`);
  if (canEncrypt()) {
    const db = await database();
    const kept = await db.get('drafts', name);
    if (!kept) return undefined;
    const data = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: kept.iv }, await keyOf(db), kept.data);
    text = new TextDecoder().decode(data);
  }
  if (text === null) return undefined;
  const { value, atMs } = JSON.parse(text) as { value: unknown; atMs: number };
  if (Date.now() - atMs < LIFETIME_MS) return value;
  await drop(name); // what is too old is not kept for anybody to find
  return undefined;
}

async function drop(name: string): Promise<void> {
  sessionStorage.removeItem(`yz-draft-${name}`);
  if (canEncrypt()) await (await database()).delete('drafts', name);
}

// One after the other for each name: a draft that is still being encrypted must not be kept after the save that ends it.
const turns = new Map<string, Promise<unknown>>();
function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const mine = (turns.get(name) ?? Promise.resolve()).then(work, work);
  turns.set(name, mine);
  return mine;
}

export interface Draft { restored: Ref<boolean>; ready: Promise<void>; clear: () => Promise<void> }

// Keeps `form` under `name`; what was kept earlier is put back into it once `ready`.
export function useDraft<T extends object>(name: string, form: T, isEmpty: () => boolean): Draft {
  const restored = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): Promise<void> => inTurn(name, () => (isEmpty() ? drop(name) : keep(name, form))).catch(() => {});

  const ready = inTurn(name, () => read(name)).then((kept) => {
    if (kept === undefined || !isEmpty()) return;
    Object.assign(form, kept);
    restored.value = true;
  }).catch(() => drop(name).catch(() => {}));

  watch(form, () => {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), WRITE_DELAY_MS);
  }, { deep: true });
  onScopeDispose(() => {
    if (timer === undefined) return;
    clearTimeout(timer);
    void save();
  });

  async function clear(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    restored.value = false;
    await inTurn(name, () => drop(name)).catch(() => {});
  }
  return { restored, ready, clear };
}
